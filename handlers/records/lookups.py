"""History, wherever it is asked for: who changed what, a page at a time."""

import re
from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.conversation import Card
from engagement.improvements.improvement import Improvement
from engagement.records.lookup import OF_TOPIC, About, Topic, Turn
from handlers.in_place import show_in_place
from handlers.payload import NUMBER, BadPayloadError, Payload, choice_of, pressed_value, read_turn, team_of, user_of
from handlers.views.blocks import View
from handlers.views.conversations.past import history_modal
from handlers.views.conversations.quoting import heading
from handlers.views.improvements.history import improvement_history_modal
from handlers.views.records.history import gone_modal, lines_modal
from handlers.views.records.turning import OPEN, TURN
from storage.conversations.cards import find_card
from storage.conversations.past import past_of
from storage.database import Database, Tx
from storage.improvements.improvements import find_improvement, presses_on, titles_of
from storage.records.lookups import find_lines

VALUE: Final = re.compile(rf"(?P<topic>[a-z ]+):(?P<number>{NUMBER.pattern})", re.ASCII)


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons that open a history, and those that turn its pages."""
    app.action(OPEN)(open_history)
    app.action(re.compile(rf"^{re.escape(TURN)}\.\w+$"))(turn)


async def open_history(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Show the newest page, on top of the form that was pressed if it was one."""
    await ack()
    about, team, reader = about_of(pressed_value(body)), team_of(body), user_of(body)
    view = await db.read(lambda tx: history_of(tx, team, about, None, reader=reader, now=now))
    show = client.views_push if (body.get("view") or {}).get("type") == "modal" else client.views_open
    await show(trigger_id=body["trigger_id"], view=view)


async def turn(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Show the page before or behind, in place of the one that was pressed."""
    await ack()
    about, turned = turn_of(pressed_value(body))
    team, reader = team_of(body), user_of(body)
    view = await db.read(lambda tx: history_of(tx, team, about, turned, reader=reader, now=now))
    await show_in_place(client, body, view)


def history_of(tx: Tx, team: str, about: About, turned: Turn | None, *, reader: str, now: datetime) -> View:
    """Return a page of a history, or the word that its thing is not there, or not this team's."""
    match about.topic:
        case Topic.CONVERSATION:
            card = find_card(tx, about.number)
            is_ours = card is not None and card.conversation.workspace_id == team
            return of_card(tx, card, turned, reader=reader, now=now) if card and is_ours else gone_modal()
        case Topic.IMPROVEMENT:
            improvement = find_improvement(tx, about.number)
            is_ours = improvement is not None and improvement.workspace_id == team
            return of_improvement(tx, improvement, turned, reader=reader) if improvement and is_ours else gone_modal()
        case _:
            return lines_modal(about, find_lines(tx, team, about, turned), reader=reader)


def of_card(tx: Tx, card: Card, turned: Turn | None = None, *, reader: str, now: datetime) -> View:
    """Return a page of what happened to a card's conversation."""
    page = past_of(tx, card, turned, now=now)
    title = heading(card.opening.stored.post)
    return history_modal(title, page, reader=reader, conversation_id=card.conversation.id)


def of_improvement(tx: Tx, improvement: Improvement, turned: Turn | None = None, *, reader: str) -> View:
    """Return a page of what was done to an improvement."""
    page, turns = presses_on(tx, improvement.id, turned)
    titles = titles_of(tx, {each.other for each in page if each.other})
    return improvement_history_modal(improvement, page, titles, reader=reader, turns=turns)


def about_of(value: str) -> About:
    """Return whose history a button opens. Raises BadPayloadError."""
    found = VALUE.fullmatch(value)
    if found is None:
        raise BadPayloadError("a button opens no history")
    about = About(topic=choice_of(Topic, found["topic"]), number=int(found["number"]))
    if about.number and about.topic in OF_TOPIC:
        raise BadPayloadError("a topic of the settings has no number")
    return about


def turn_of(value: str) -> tuple[About, Turn]:
    """Return whose history a button turns, and which way. Raises BadPayloadError."""
    about, turned = read_turn(value)
    return about_of(about), turned
