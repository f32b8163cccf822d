"""The buttons of cards and digests: read the press, decide in one transaction, redraw from the rows."""

import re
from datetime import datetime
from typing import assert_never

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.brake import Shown, ShownBefore, ShowResult
from engagement.conversations.press import Act, Decided, Gone, MayNotAnswer, Outdated, PressResult
from engagement.sending.outbox import DIGEST_FOLLOWS
from feeds.links import is_web
from handlers.commands.digest import draw_digest_now
from handlers.commands.lists import LISTS
from handlers.conversations.waiting import is_in_list, redraw_list
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.listening.scouts import Scouts
from handlers.open_or_say import open_or_say
from handlers.payload import (
    ACTS,
    Payload,
    channel_of,
    channel_of_form,
    entered,
    is_in_home,
    pressed_value,
    read_press,
    read_submitted,
    read_value,
    sent_at_of,
    shown_hash,
    team_of,
    user_of,
)
from handlers.sending.outbox import Outbox
from handlers.team.naming import ask_for_their_name, ask_if_theirs
from handlers.team.people import meet
from handlers.views.blocks import View
from handlers.views.conversations.answer import LINK, answered_modal
from handlers.views.conversations.quoting import heading
from handlers.views.digest.digest import OF_LABEL
from handlers.views.refusals import WHOLE_ADDRESS, say_gone, say_it_is_yours, say_who_showed, say_who_was_first
from handlers.views.voice.draft import say_may_not_answer
from handlers.whisper import whisper
from storage.calm.brakes import release_brake
from storage.calm.muting import unmute_from_card
from storage.conversations.cards import find_card
from storage.conversations.decisions import record_press
from storage.conversations.stories import put_together, take_apart
from storage.database import Database
from storage.improvements.theme_decisions import react_from_card
from storage.understanding.answers import say_not_us, take_back

LONGEST_LINK = 3000
# What changes more than the conversation.
RECORDED_BY = {
    Act.NOT_US: say_not_us,
    Act.UNDO: take_back,
    Act.UNMUTE: unmute_from_card,
    Act.REACT: react_from_card,
    Act.TOGETHER: put_together,
    Act.APART: take_apart,
}


def register(app: AsyncApp) -> None:
    """Tell Bolt which button goes where."""
    app.action(re.compile(f"^({'|'.join(map(re.escape, ACTS))})$"))(press_button)
    app.action("reply.answered")(ask_for_the_answer)
    app.view("reply.answered_submit")(take_the_answer)
    app.action("brake.show_all")(show_all)


async def press_button(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    outbox: Outbox,
    scouts: Scouts,
    now: datetime,
) -> None:
    """Record the decision and redraw everything that shows the conversation."""
    await ack()
    press = read_press(body)
    if press.act is Act.CLAIM:
        await meet(client, db, team_of(body), press.by, now)
    record = RECORDED_BY.get(press.act, record_press)
    outcome = await db.transact(lambda tx: record(tx, press, workspace_id=team_of(body), at=now))
    if is_in_home(body):
        notice = why_not(outcome, presser=press.by)
        await show_home(client, db, visit_of(body, now), notice=notice, drawn=shown_hash(body))
    elif is_in_list(body):
        await redraw_list(client, db, body, now, notice=why_not(outcome, presser=press.by))
    else:
        await tell(client, body, outcome)
        if isinstance(outcome, Decided) and follows_no_more(body, now):
            await whisper(client, body, say_it_is_yours())
    await outbox.redraw(now)
    if press.act is Act.CLAIM:
        await ask_for_their_name(client, db, scouts, body, outcome, now)
    if (body.get("container") or {}).get("is_ephemeral"):
        await _redraw_ephemeral(respond, db, body, now)


def follows_no_more(body: Payload, now: datetime) -> bool:
    """Return whether a digest was pressed that is too old to show what came of it."""
    sent_at = sent_at_of(body)
    return body["actions"][0]["action_id"] == "digest.claim" and sent_at is not None and now - sent_at >= DIGEST_FOLLOWS


async def ask_for_the_answer(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Open the form of *We answered…*."""
    await ack()
    value = pressed_value(body)
    conversation_id, _ = read_value(value)
    card = await db.read(lambda tx: find_card(tx, conversation_id))
    if card is None or card.conversation.workspace_id != team_of(body):
        opened: View | str = say_gone()
    else:
        opened = answered_modal(heading(card.opening.stored.post), value, channel_id=channel_of(body))
    await open_or_say(client, db, body, opened, now)


async def take_the_answer(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Record that we answered, with the link as evidence."""
    link = entered(body, LINK)
    if link and not (is_web(link) and len(link) <= LONGEST_LINK):
        await ack(response_action="errors", errors={LINK: WHOLE_ADDRESS})
        return
    await ack()
    press = read_submitted(body, Act.ANSWERED, link=link)
    outcome = await db.transact(lambda tx: record_press(tx, press, workspace_id=team_of(body), at=now))
    await answer_form(client, db, body, outcome, now)
    await outbox.redraw(now)
    await ask_if_theirs(client, db, body, outcome, link, now)


async def answer_form(client: AsyncWebClient, db: Database, body: Payload, outcome: PressResult, now: datetime) -> None:
    """Tell the person who submitted a form why it changed nothing, where they opened it: a channel, or the Home."""
    if channel_of_form(body):
        await tell(client, body, outcome)
    else:
        await show_home(client, db, visit_of(body, now), notice=why_not(outcome, presser=user_of(body)))


async def show_all(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Let out what the brake holds, or say who did so before."""
    await ack()
    brake_id, drawn = read_value(pressed_value(body))
    by, team = user_of(body), team_of(body)
    result = await db.transact(lambda tx: release_brake(tx, brake_id, workspace_id=team, drawn=drawn, by=by, at=now))
    await tell(client, body, result)
    await outbox.redraw(now)


async def tell(client: AsyncWebClient, body: Payload, outcome: PressResult | ShowResult) -> None:
    """Tell the person, and only them, why their press changed nothing; say nothing when it counted."""
    text = why_not(outcome, presser=user_of(body))
    if text:
        await whisper(client, body, text)


def why_not(outcome: PressResult | ShowResult, *, presser: str) -> str:
    """Return why a press changed nothing, empty when it counted."""
    match outcome:
        case Decided() | Shown():
            return ""
        case Outdated():
            return say_who_was_first(outcome, presser=presser)
        case ShownBefore(brake=brake):
            return say_who_showed(brake.released_by, brake.released_at)
        case MayNotAnswer(people=people):
            return say_may_not_answer(people)
        case Gone() | None:
            return say_gone()
        case _:
            assert_never(outcome)


async def _redraw_ephemeral(respond: AsyncRespond, db: Database, body: Payload, now: datetime) -> None:
    """Redraw a list that only one person sees: Slack lets nobody but the click's own response change it.

    The block that was pressed says which list it stands in; the digest's say nothing.
    """
    name, _, rest = str(body["actions"][0].get("block_id") or "").partition(".")
    draw = LISTS.get(name)
    team = team_of(body)
    labels = (rest.partition(".")[2],) if name == OF_LABEL else ()
    message = await (draw(db, team, user_of(body), now) if draw else draw_digest_now(db, team, now, labels))
    await respond(text=message.text, blocks=message.blocks, replace_original=True, unfurl_links=False)
