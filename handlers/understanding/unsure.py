"""What the bot is not sure about: the day's question to each channel, and the answers to it."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calendar import day_begun
from engagement.calm.brake import BrakeLimits
from engagement.understanding.unsure import NextShown
from engagement.workspace import Workspace
from handlers.conversations.buttons import tell
from handlers.payload import Payload, number_of, pressed_value, read_press, team_of, user_of
from handlers.polling.same_story import TELLING
from handlers.sending.outbox import Outbox
from handlers.views.refusals import say_gone, say_who_asked
from handlers.whisper import whisper
from storage.database import Database, Tx
from storage.understanding.answers import say_us
from storage.understanding.unsure import ask_channel, channels_to_ask, show_next
from storage.workspaces import listening_workspaces


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons that have no card; *Not us* and *Undo* go where those of cards go."""
    app.action("unsure.us")(take_for_ours)
    app.action("unsure.next")(show_more)


async def ask_what_is_unsure(db: Database, now: datetime) -> None:
    """Ask each channel about what is unsure there: once a day, at the hour of the digest, if there is something."""
    if await db.read(lambda tx: _due(tx, now)):
        await db.transact(lambda tx: _ask(tx, now))


def _due(tx: Tx, now: datetime) -> list[tuple[Workspace, str, str, datetime]]:
    due = []
    for workspace in listening_workspaces(tx):
        until = day_begun(workspace.schedule, now)
        day = until.astimezone(workspace.schedule.zone).date().isoformat()
        due += [(workspace, each, day, until) for each in channels_to_ask(tx, workspace, day=day, until=until)]
    return due


def _ask(tx: Tx, now: datetime) -> None:
    for workspace, channel, day, until in _due(tx, now):
        ask_channel(tx, workspace, channel, day=day, until=until, at=now)


async def take_for_ours(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    db: Database,
    outbox: Outbox,
    limits: BrakeLimits,
    now: datetime,
) -> None:
    """Record that it is about us, and have its card posted."""
    await ack()
    press, team = read_press(body), team_of(body)
    outcome = await db.transact(lambda tx: say_us(tx, press, workspace_id=team, limits=limits, telling=TELLING, at=now))
    await tell(client, body, outcome)
    await outbox.redraw(now)


async def show_more(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Ask about the next ones, in the thread; or say who did so before."""
    await ack()
    list_id, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    result = await db.transact(lambda tx: show_next(tx, list_id, workspace_id=team, by=by, at=now))
    if not isinstance(result, NextShown):
        text = say_who_asked(result.by, result.at) if result else say_gone()
        await whisper(client, body, text)
    await outbox.redraw(now)
