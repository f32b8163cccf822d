"""The buttons of a roll-up: show a card, take a reply and show its card, show all."""

from datetime import datetime
from typing import assert_never

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.rollup import RollupShown, RollupShownBefore
from engagement.conversations.press import Act, Decided, Press, PressResult
from handlers.conversations.buttons import tell
from handlers.listening.scouts import Scouts
from handlers.payload import Payload, pressed_value, read_value, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.team.naming import ask_for_their_name
from handlers.team.people import meet
from handlers.views.refusals import say_gone, say_posted, say_who_showed
from handlers.whisper import whisper
from storage.calm.rollups import post_card, show_rollup
from storage.conversations.decisions import record_press
from storage.database import Database, Tx


def register(app: AsyncApp) -> None:
    """Tell Bolt which button goes where."""
    app.action("rollup.claim")(claim)
    app.action("rollup.open")(open_card)
    app.action("rollup.show_all")(show_all)


async def claim(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    db: Database,
    outbox: Outbox,
    scouts: Scouts,
    now: datetime,
) -> None:
    """Record the promise, and have the card posted on which it is kept."""
    await ack()
    conversation_id, drawn = read_value(pressed_value(body))
    by, team = user_of(body), team_of(body)
    await meet(client, db, team, by, now)
    press = Press(act=Act.CLAIM, conversation_id=conversation_id, by=by, drawn=drawn)

    def take(tx: Tx) -> PressResult:
        outcome = record_press(tx, press, workspace_id=team, at=now)
        if isinstance(outcome, Decided):
            post_card(tx, conversation_id, workspace_id=team, at=now)
        return outcome

    outcome = await db.transact(take)
    await tell(client, body, outcome)
    await outbox.redraw(now)
    await ask_for_their_name(client, db, scouts, body, outcome, now)


async def open_card(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have the card posted, whatever was decided since the row was drawn: to see it decides nothing."""
    await ack()
    conversation_id, _ = read_value(pressed_value(body))
    team = team_of(body)
    posted = await db.transact(lambda tx: post_card(tx, conversation_id, workspace_id=team, at=now))
    if not posted:
        await whisper(client, body, say_posted())
    await outbox.redraw(now)


async def show_all(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have every card posted that nobody has settled, or say who did so before."""
    await ack()
    rollup_id, drawn = read_value(pressed_value(body))
    by, team = user_of(body), team_of(body)
    result = await db.transact(lambda tx: show_rollup(tx, rollup_id, workspace_id=team, drawn=drawn, by=by, at=now))
    match result:
        case RollupShown():
            text = ""
        case RollupShownBefore(rollup=rollup):
            text = say_who_showed(rollup.shown_by, rollup.shown_at)
        case None:
            text = say_gone()
        case _:
            assert_never(result)
    if text:
        await whisper(client, body, text)
    await outbox.redraw(now)
