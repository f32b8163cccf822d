"""Which improvement a mention is counted for: asked for on its card, chosen or described in a form."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.conversation import Card
from engagement.conversations.press import Act, Gone, Outdated, PressResult
from engagement.improvements.improvement import SUGGESTED_BY, ImprovementKind, Wanted
from handlers.conversations.buttons import answer_form, why_not
from handlers.improvements.forms import find_problems, read_wanted
from handlers.improvements.seeking import show_found, sought_words
from handlers.open_or_say import open_or_say
from handlers.payload import (
    Payload,
    carried,
    channel_of,
    channel_of_form,
    entered,
    number_of,
    pressed_value,
    read_submitted,
    read_value,
    team_of,
    user_of,
)
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View
from handlers.views.conversations.quoting import heading
from handlers.views.improvements import forms as form
from handlers.views.improvements.forms import OFFERED_AT_MOST, SEARCH, choose_modal
from storage.conversations.cards import find_card
from storage.conversations.decided import latest_decision
from storage.database import Database, Tx
from storage.improvements.improvements import improvements_to_choose, latest_department
from storage.improvements.improving import count_for, count_for_new


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button on the card of a mention, and its form."""
    app.action("improvement.choose")(open_choice)
    app.action(SEARCH)(search)
    app.view("improvement.choose_submit")(choose)


async def open_choice(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Ask which improvement a mention is counted for, or say why that cannot be asked."""
    await ack()
    value, channel = pressed_value(body), channel_of(body)
    opened = await db.read(lambda tx: _choice(tx, value, team_of(body), user_of(body), channel=channel))
    await open_or_say(client, db, body, opened, now)


async def search(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Offer the improvements with these words in their names."""
    await ack()
    value, channel, words = carried(body).get("value"), channel_of_form(body), sought_words(body)
    opened = await db.read(lambda tx: _choice(tx, value, team_of(body), user_of(body), channel=channel, words=words))
    await show_found(client, body, opened)


async def choose(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Count a mention for the improvement that was chosen, or for the new one that was described."""
    existing, title = entered(body, form.EXISTING), entered(body, form.TITLE)
    # What the select was drawn with is no choice beside a new name.
    chosen = "" if existing == str(carried(body).get("counted_for")) else existing
    if problems := await find_problems_of_choice(body, client, title=title, chosen=chosen, keeps=bool(existing)):
        await ack(response_action="errors", errors=problems)
        return
    await ack()
    if not title and not chosen:
        return
    team, press = team_of(body), read_submitted(body, Act.IMPROVE, improvement_id=0 if title else number_of(chosen))

    def record(tx: Tx) -> PressResult:
        if title:
            return count_for_new(tx, press, read_wanted(body), workspace_id=team, at=now)
        return count_for(tx, press, workspace_id=team, at=now)

    await answer_form(client, db, body, await db.transact(record), now)
    await outbox.redraw(now)


async def find_problems_of_choice(
    body: Payload, client: AsyncWebClient, *, title: str, chosen: str, keeps: bool = False
) -> dict[str, str]:
    """Return what is wrong with choosing an improvement or giving a new one a title; `keeps`: nothing is to change."""
    if title and chosen:
        return {form.TITLE: form.ONE_OF_BOTH}
    if title:
        return await find_problems(body, client)
    return {} if chosen or keeps else {form.TITLE: form.CHOOSE_ONE}


def _choice(tx: Tx, value: object, team: str, reader: str, *, channel: str, words: str = "") -> View | str:
    conversation_id, drawn = read_value(value)
    card = find_card(tx, conversation_id)
    if card is None or card.conversation.workspace_id != team:
        return why_not(Gone(), presser=reader)
    if drawn != card.conversation.version:
        first = latest_decision(tx, conversation_id)
        return why_not(Outdated(conversation=card.conversation, first=first), presser=reader)
    offered = improvements_to_choose(tx, team, words, limit=OFFERED_AT_MOST)
    current = card.counted_for.improvement if card.counted_for else None
    proposed = card.offered.improvement if card.offered and not words else None
    chosen = current or proposed
    if chosen is not None and chosen.id not in {each.id for each in offered}:
        offered = [chosen, *offered][:OFFERED_AT_MOST]
    return choose_modal(
        heading(card.opening.stored.post),
        f"{conversation_id}:{drawn}",
        offered,
        counted_for=current.id if current else 0,
        channel_id=channel,
        wanted=_proposed(tx, card),
        words=words,
        proposed=proposed.id if proposed else 0,
    )


def _proposed(tx: Tx, card: Card) -> Wanted:
    """Return what a new improvement is at first: of the sort that the mention suggests, for the latest department."""
    kind = SUGGESTED_BY.get(card.opening.reading.kind, ImprovementKind.FIX)
    conversation = card.conversation
    department = latest_department(tx, conversation.workspace_id) or conversation.channel
    return Wanted(title="", kind=kind, channel=department)
