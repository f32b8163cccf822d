"""What people entered into the forms of a card's menu: checked, decided in one transaction, redrawn from the rows."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.mute import MuteFor, MuteScope, muted_until
from engagement.conversations.correct import NOT_US
from engagement.conversations.press import Act, PressResult
from engagement.conversations.snooze import Until, may_be_until, moment_of
from engagement.understanding.reading import Kind, Mood, Pillar
from handlers.conversations.buttons import answer_form
from handlers.payload import (
    Payload,
    choice_of,
    entered,
    moment_entered,
    read_submitted,
    team_of,
    user_of,
)
from handlers.sending.outbox import Outbox
from handlers.team.people import meet
from handlers.views.calm.mute import HOW_LONG, WHAT
from handlers.views.conversations import correct as correcting
from handlers.views.conversations.assign import LEFT, NOT_ME, TO
from handlers.views.conversations.snooze import MOMENT, REASON, REASON_LENGTH, TOO_FAR, UNTIL
from handlers.views.team.away import say_away
from storage.calm.muting import mute_from_card
from storage.conversations.assigning import assign as assign_reply
from storage.conversations.cards import find_card
from storage.conversations.decisions import correct, record_press
from storage.database import Database, Tx
from storage.team.availability import availability_of, zone_of_person


def register(app: AsyncApp) -> None:
    """Tell Bolt which form goes where."""
    app.view("mention.assign_submit")(assign)
    app.view("mention.snooze_submit")(snooze)
    app.view("mention.correct_submit")(correct_reading)
    app.view("mention.mute_submit")(mute)


async def assign(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, bot_user: str, now: datetime
) -> None:
    """Give the reply to whoever was chosen, who is told."""
    to = entered(body, TO)
    if to == bot_user:
        await ack(response_action="errors", errors={TO: NOT_ME})
        return
    await meet(client, db, team_of(body), to, now)
    person = await db.read(lambda tx: availability_of(tx, team_of(body), to))
    if person.has_left or person.is_away(now):
        await ack(response_action="errors", errors={TO: LEFT if person.has_left else say_away(person)})
        return
    await ack()
    press = read_submitted(body, Act.ASSIGN, to=to)
    outcome = await db.transact(lambda tx: assign_reply(tx, press, workspace_id=team_of(body), at=now))
    await _show(client, db, body, outcome, outbox, now)


async def snooze(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Put the conversation aside until the moment that was picked, else until the one that was proposed."""
    picked, proposed = moment_entered(body, MOMENT), choice_of(Until, entered(body, UNTIL))
    if picked and not may_be_until(picked, now=now):
        await ack(response_action="errors", errors={MOMENT: TOO_FAR})
        return
    await ack()
    team, reason = team_of(body), entered(body, REASON)[:REASON_LENGTH]

    def put_aside(tx: Tx) -> PressResult:
        zone = zone_of_person(tx, team, user_of(body))
        until = picked or moment_of(proposed, now=now, zone=zone)
        press = read_submitted(body, Act.SNOOZE, until=until, reason=reason)
        return record_press(tx, press, workspace_id=team, at=now)

    await _show(client, db, body, await db.transact(put_aside), outbox, now)


async def correct_reading(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have the post read as it was corrected; one that is not about us is taken out as by its button."""
    await ack()
    outcome = await db.transact(lambda tx: _correct(tx, body, at=now))
    await _show(client, db, body, outcome, outbox, now)


def _correct(tx: Tx, body: Payload, *, at: datetime) -> PressResult:
    from triage.read import corrected  # noqa: PLC0415 - as in intake: what reads a post is loaded when one is read

    if entered(body, correcting.US) == NOT_US:
        return record_press(tx, read_submitted(body, Act.NOT_US), workspace_id=team_of(body), at=at)
    press = read_submitted(body, Act.CORRECT)
    card = find_card(tx, press.conversation_id)
    if card is None:
        return record_press(tx, press, workspace_id=team_of(body), at=at)
    reading = corrected(
        card.opening.reading,
        kind=choice_of(Kind, entered(body, correcting.KIND)),
        mood=choice_of(Mood, entered(body, correcting.MOOD)),
        pillar=choice_of(Pillar, entered(body, correcting.PILLAR)),
    )
    return correct(tx, press, reading, workspace_id=team_of(body), at=at)


async def mute(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Mute what was chosen, and the card with it."""
    await ack()
    press, scope = read_submitted(body, Act.MUTE), choice_of(MuteScope, entered(body, WHAT))
    until = muted_until(choice_of(MuteFor, entered(body, HOW_LONG)), now=now)
    outcome = await db.transact(
        lambda tx: mute_from_card(tx, press, scope, until=until, workspace_id=team_of(body), at=now)
    )
    await _show(client, db, body, outcome, outbox, now)


async def _show(
    client: AsyncWebClient, db: Database, body: Payload, outcome: PressResult, outbox: Outbox, now: datetime
) -> None:
    await answer_form(client, db, body, outcome, now)
    await outbox.redraw(now)
