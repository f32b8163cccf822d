"""Labels on people and places, given from a card."""

from collections.abc import Sequence
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.conversation import Card
from engagement.dataclass import dataclass
from engagement.digest.voices import Person
from engagement.team.labels import LabelsHere, labels_after, problem_of
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    entered,
    number_of,
    pressed_value,
    team_of,
    ticked,
    user_of,
)
from handlers.sending.outbox import Outbox
from handlers.views.blocks import Message, View, modal, only, section
from handlers.views.refusals import say_gone
from handlers.views.team.labels import (
    DROPPED,
    NEW_PERSON,
    NEW_PLACE,
    PERSON,
    PLACE,
    UNNAMED,
    drop_modal,
    labels_modal,
    no_labels_modal,
    nothing_to_drop_modal,
    say_no_label,
)
from storage.conversations.cards import find_card
from storage.database import Database, Tx
from storage.digest.unlisted import is_unlisted, list_again, unlist
from storage.sending.redraws import redraw_labelled, redraw_person
from storage.team.labels import drop_label, find_label, label_person, label_source, labels_of, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a form said: the labels of who opened a conversation, and of a place (0: none was asked for).

    `drawn` are those that it was drawn with. `unnamed`: digests are not to name that person; `drawn_unnamed`: they were
    not when the form was drawn.
    """

    conversation_id: int
    source_id: int
    person: tuple[str, ...]
    place: tuple[str, ...]
    drawn: LabelsHere
    unnamed: bool
    drawn_unnamed: bool


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button and its form."""
    app.action("labels.edit")(open_form)
    app.view("labels.save")(save)
    app.action("labels.choose")(ask_which)
    app.view("labels.drop")(drop)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask for the labels, on top of the form that was pressed if it was one."""
    await ack()
    conversation_id, team = number_of(pressed_value(body)), team_of(body)
    view = await db.read(lambda tx: form_of(tx, conversation_id, team))
    show = client.views_push if body.get("view", {}).get("type") == "modal" else client.views_open
    await show(trigger_id=body["trigger_id"], view=view)


def form_of(tx: Tx, conversation_id: int, workspace_id: str) -> View:
    """Return the form of a conversation as the rows stand, or why there is none."""
    card = find_card(tx, conversation_id)
    if card is None or card.conversation.workspace_id != workspace_id:
        return modal("Labels", [section(say_gone())])
    post = card.opening.stored
    place = place_of(tx, workspace_id, post.id)
    if not post.post.author and place is None:
        return no_labels_modal()
    return labels_modal(
        conversation_id,
        place.source_id if place else 0,
        [each.name for each in labels_of(tx, workspace_id)],
        LabelsHere(person=card.labels.person, place=place.labels if place else ()),
        author=post.post.author,
        place=place.name if place else "",
        is_unnamed=is_unlisted(tx, workspace_id, Person(post.post.community, post.post.author)),
    )


def known_label(tx: Tx, workspace_id: str, asked: Sequence[str]) -> int | Message | None:
    """Return the number of the label that somebody asked for, None where they asked for none; or why there is none."""
    if not asked:
        return None
    if len(asked) > 1:
        return only("One label at a time, please.")
    label = find_label(tx, workspace_id, asked[0])
    return say_no_label(asked[0], [each.name for each in labels_of(tx, workspace_id)]) if label is None else label


async def save(ack: AsyncAck, body: Payload, db: Database, outbox: Outbox, now: datetime) -> None:
    """Keep the labels, and redraw the cards that show them."""
    given, team, by = read_given(body), team_of(body), user_of(body)
    problems = {NEW_PERSON: problem_of(given.person), NEW_PLACE: problem_of(given.place)}
    if any(problems.values()):
        await ack(response_action="errors", errors={name: words for name, words in problems.items() if words})
        return
    await ack()

    def keep(tx: Tx) -> None:
        card = find_card(tx, given.conversation_id)
        if card is None or card.conversation.workspace_id != team:
            raise BadPayloadError("the form names no conversation of this workspace")
        _label(tx, card, given, by=by, at=now)

    await db.transact(keep)
    await outbox.redraw(now)


async def ask_which(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask which label to drop."""
    await ack()
    labels = await db.read(lambda tx: labels_of(tx, team_of(body)))
    view = drop_modal(labels) if labels else nothing_to_drop_modal()
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def drop(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Take the chosen label from everybody and from every place, and from the cards that show it."""
    label_id, team, by = number_of(entered(body, DROPPED)), team_of(body), user_of(body)
    await ack()

    def go(tx: Tx) -> bool:
        redraw_labelled(tx, team, label_id)
        return drop_label(tx, team, label_id, by=by, at=now)

    dropped = await db.transact(go)
    notice = "" if dropped else "Somebody else dropped that label before."
    await show_home(client, db, visit_of(body, now), notice=notice)
    await outbox.redraw(now)


def _label(tx: Tx, card: Card, given: Given, *, by: str, at: datetime) -> None:
    team, post = card.conversation.workspace_id, card.opening.stored.post
    place = place_of(tx, team, card.opening.stored.id)
    if post.author:
        person = labels_after(given.drawn.person, given.person, now=card.labels.person)
        label_person(tx, team, person, community=post.community, author=post.author, by=by, at=at)
        if given.unnamed != given.drawn_unnamed:
            change = unlist if given.unnamed else list_again
            change(tx, team, Person(post.community, post.author), by=by, at=at)
    if place and place.source_id == given.source_id:
        labels = labels_after(given.drawn.place, given.place, now=place.labels)
        label_source(tx, team, labels, source_id=place.source_id, by=by, at=at)
    redraw_person(tx, team, community=post.community, author=post.author)


def read_given(body: Payload) -> Given:
    """Return what a submitted form said. Raises BadPayloadError."""
    about = carried(body)
    return Given(
        conversation_id=number_of(about.get("conversation")),
        source_id=number_of(about.get("source")),
        person=(*ticked(body, PERSON), *entered(body, NEW_PERSON).split(",")),
        place=(*ticked(body, PLACE), *entered(body, NEW_PLACE).split(",")),
        drawn=LabelsHere(person=_names(about.get("person")), place=_names(about.get("place"))),
        unnamed=UNNAMED in ticked(body, UNNAMED),
        drawn_unnamed=about.get("unnamed") is True,
    )


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadPayloadError("the form does not say which labels it was drawn with")
    return tuple(map(str, value))
