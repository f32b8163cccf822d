"""*Write with the voice guide…*: open the form, look at the draft, keep it in the thread of the card."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.press import Gone, MayNotAnswer
from engagement.dataclass import dataclass
from engagement.voice.check import Finding, Sound, check_draft, walls
from engagement.voice.draft import Role
from engagement.voice.guide import DRAFT_LENGTH
from engagement.voice.writing import Writing
from handlers.conversations.buttons import tell, why_not
from handlers.open_or_say import open_or_say
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    channel_of,
    entered,
    pressed_value,
    read_value,
    team_of,
    user_of,
)
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View
from handlers.views.voice.writing import (
    TEXT,
    Entered,
    marks_of,
    say_answered,
    say_other_draft,
    say_walls,
    warning_of,
    writing_modal,
)
from storage.conversations.cards import find_card
from storage.database import Database, Tx
from storage.voice.drafts import DraftChangedBefore, DraftKept, NewDraft, save_draft
from storage.voice.guide import find_roles
from storage.voice.writing import writing_of

EMPTY = f"Please write something, at most {DRAFT_LENGTH:,} characters."
CHANGED = "Your draft is another one since you opened this. Copy what you wrote, close the form and open it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What the form says: the card's `value` (id:version), and what was drawn on it."""

    value: str
    conversation_id: int
    text: str
    drawn: tuple[int, int]
    others: int
    passed: frozenset[str]
    channel: str


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button and its form."""
    app.action("reply.write")(open_form)
    app.view("reply.write_submit")(save)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Open the form with what was said, how we sound, and what they have written so far."""
    await ack()
    value, by = pressed_value(body), user_of(body)
    conversation_id, _ = read_value(value)
    writing = await db.read(lambda tx: look_up(tx, team_of(body), conversation_id, by=by))
    if isinstance(writing, Writing):
        opened: View | str = writing_modal(writing, value=value, channel_id=channel_of(body))
    else:
        opened = why_not(writing, presser=by)
    await open_or_say(client, db, body, opened, now)


async def save(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Keep the draft, unless there is something to mind: a wall refuses, a warning asks once."""
    form, team, by = read_form(body), team_of(body), user_of(body)
    writing = await db.read(lambda tx: look_up(tx, team, form.conversation_id, by=by))
    if not isinstance(writing, Writing):
        await _refuse(ack, body, client, writing)
        return
    if not form.text or len(form.text) > DRAFT_LENGTH:
        await ack(response_action="errors", errors={TEXT: EMPTY})
        return
    findings = check_draft(form.text, writing.guide, writing.occasion, await sound_of(form.text))
    if answer := what_to_mind(form, writing, findings):
        await ack(**answer)
        return
    new = NewDraft(
        conversation_id=form.conversation_id,
        text=form.text,
        by=by,
        passed=tuple(dict.fromkeys(finding.reason for finding in findings)),
        drawn=form.drawn,
        asks=writing.asks,
    )
    result = await db.transact(lambda tx: save_draft(tx, team, new, at=now))
    if isinstance(result, DraftChangedBefore):
        await ack(response_action="errors", errors={TEXT: CHANGED})
        return
    await ack()
    if not isinstance(result, DraftKept):
        await tell(client, body, Gone())
    await outbox.redraw(now)


def what_to_mind(form: Submitted, writing: Writing, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the answer to a form that is not kept: why not, or what to look at again; empty where it can be kept."""
    if stop := walls(findings):
        return {"response_action": "errors", "errors": {TEXT: say_walls(stop)}}
    warnings = warnings_of(writing, findings, form)
    if form.passed.issuperset(marks_of(warnings)):
        return {}
    again = Entered(text=form.text, warnings=warnings, drawn=form.drawn)
    view = writing_modal(writing, value=form.value, channel_id=form.channel, entered=again)
    return {"response_action": "update", "view": view}


async def _refuse(ack: AsyncAck, body: Payload, client: AsyncWebClient, why: MayNotAnswer | None) -> None:
    """Say why nothing is kept: who may not answer loses no word, and of what is gone nothing is left to answer."""
    if why is None:
        await ack()
        await tell(client, body, Gone())
        return
    await ack(response_action="errors", errors={TEXT: "Only those who may answer for us can save a draft."})


def look_up(tx: Tx, workspace_id: str, conversation_id: int, *, by: str) -> Writing | MayNotAnswer | None:
    """Return what somebody sees beside their draft; who may speak instead of them; None for what is not there."""
    card, roles = find_card(tx, conversation_id), find_roles(tx, workspace_id)
    if card is None or card.conversation.workspace_id != workspace_id:
        return None
    if not roles.lets(by, Role.SPEAK):
        return MayNotAnswer(people=roles.speak)
    return writing_of(tx, card, by=by)


async def sound_of(text: str) -> Sound:
    """Return how a text sounds; beside the loop, which the lexicon would hold up when it is loaded."""
    from triage.mood import mood_of  # noqa: PLC0415 - as in intake: what reads a text is loaded when one is read

    found = await asyncio.to_thread(mood_of, text)
    return Sound(mood=found.mood, words=found.words)


def warnings_of(writing: Writing, findings: Sequence[Finding], form: Submitted) -> tuple[str, ...]:
    """Return what to mind, a line each: what the guide says, an answer, and drafts of others that it did not show."""
    unseen = [draft for draft in writing.others if draft.id > form.others]
    lines = [
        *(warning_of(finding) for finding in findings),
        say_answered(writing.card.conversation.reply),
        *(say_other_draft(draft) for draft in unseen),
    ]
    return tuple(dict.fromkeys(line for line in lines if line))


def read_form(body: Payload) -> Submitted:
    """Return what the form says. Raises BadPayloadError."""
    offer = carried(body)
    conversation_id, _ = read_value(offer.get("value"))
    passed, others, channel = offer.get("passed"), offer.get("others"), offer.get("channel")
    if not isinstance(passed, list) or not isinstance(others, int) or not isinstance(channel, str):
        raise BadPayloadError("the form does not say what it showed")
    return Submitted(
        value=str(offer["value"]),
        conversation_id=conversation_id,
        text=entered(body, TEXT),
        drawn=read_value(offer.get("draft")),
        others=others,
        passed=frozenset(map(str, passed)),
        channel=channel,
    )
