"""The names of the team: asked once for each community after a promise, and about the author of a pasted answer."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.press import Decided, PressResult
from engagement.listening.source import NewSource
from engagement.team.handles import network_of
from engagement.team.team import Handle, Teammate, is_named
from feeds.identity.spots import spot_of
from feeds.places.authors import NotHeard, author_feed, find_author, is_heard_by_name
from handlers.home.team import name_of, with_handle
from handlers.listening.scouts import Scouts
from handlers.payload import (
    Payload,
    carried,
    channel_of,
    entered,
    number_of,
    pressed_value,
    team_of,
    user_of,
)
from handlers.views.blocks import Message
from handlers.views.team.naming import NAME, ask_for_name, ask_if_you, name_form, say_not_asked, say_remembered
from handlers.whisper import whisper
from storage.conversations.cards import find_card
from storage.database import Database, Tx
from storage.team.name_questions import NameQuestion, ask, author_of_post, find_question, settle_question
from storage.team.teammates import save_teammate, teammates_of


def register(app: AsyncApp) -> None:
    """Tell Bolt about the questions, and the form."""
    app.action("name.tell")(open_form)
    app.action("name.none")(take_no)
    app.action("name.remember")(remember)
    app.view("name.submit")(take_name)


async def ask_for_their_name(
    client: AsyncWebClient, db: Database, scouts: Scouts, body: Payload, outcome: PressResult, now: datetime
) -> None:
    """Ask who has just promised a reply what they are called there; once for each community, and only they see it."""
    team, by = team_of(body), user_of(body)
    if not isinstance(outcome, Decided):
        return
    number = outcome.conversation.id
    message = await db.transact(lambda tx: _ask_for_name(tx, scouts, team, by, number, at=now))
    if message:
        await whisper(client, body, message)


async def ask_if_theirs(
    client: AsyncWebClient, db: Database, body: Payload, outcome: PressResult, link: str, now: datetime
) -> None:
    """Ask who pasted the `link` of an answer whether they are its author, where we know nobody of that name."""
    team, by = team_of(body), user_of(body)
    if not isinstance(outcome, Decided) or not link:
        return
    message = await db.transact(lambda tx: _ask_if_you(tx, team, by, link, at=now))
    if message:
        await whisper(client, body, message)


def _ask_for_name(tx: Tx, scouts: Scouts, team: str, by: str, conversation_id: int, *, at: datetime) -> Message | None:
    card = find_card(tx, conversation_id)
    community = network_of(card.opening.stored.post.community) if card else ""
    if not is_heard_by_name(community, scouts.catalogue.authors) or _names(teammates_of(tx, team), by, community):
        return None
    number = ask(tx, team, by, community=community, at=at)
    return ask_for_name(number, community) if number else None


def _ask_if_you(tx: Tx, team: str, by: str, link: str, *, at: datetime) -> Message | None:
    spot = spot_of(link)
    community, author = author_of_post(tx, spot.post_key) or (spot.community, spot.author)
    community = network_of(community)
    if not author or any(is_named(mate, community, author) for mate in teammates_of(tx, team)):
        return None
    number = ask(tx, team, by, community=community, name=author, at=at)
    return ask_if_you(number, community, author) if number else None


def _names(team: list[Teammate], slack_user: str, community: str) -> list[Handle]:
    return [
        handle
        for mate in team
        for handle in mate.handles
        if mate.slack_user == slack_user and network_of(handle.community) == community
    ]


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond, db: Database) -> None:
    """Open the form that takes the name."""
    await ack()
    asked = await _asked(db, body, pressed_value(body))
    if asked is None:
        await respond(text=say_not_asked(), replace_original=True)
        return
    view = name_form(asked.id, asked.community, channel_id=channel_of(body))
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def take_no(ack: AsyncAck, body: Payload, respond: AsyncRespond, db: Database, now: datetime) -> None:
    """Ask no more."""
    await ack()
    asked = await _asked(db, body, pressed_value(body))
    if asked:
        await db.transact(lambda tx: settle_question(tx, asked.id, at=now))
    await respond(delete_original=True)


async def remember(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    scouts: Scouts,
    now: datetime,
) -> None:
    """Keep the author of the pasted answer as a name of whoever pasted it."""
    await ack()
    asked = await _asked(db, body, pressed_value(body))
    if asked is None or not asked.name:
        await respond(text=say_not_asked(), replace_original=True)
        return
    said = await _keep(client, db, scouts, team_of(body), asked, asked.name, now)
    await respond(text=said, replace_original=True)


async def take_name(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts, now: datetime
) -> None:
    """Keep the name that was entered, and say that we listen to it; one that cannot be one is refused in the form."""
    asked = await _asked(db, body, carried(body).get("question"))
    name = entered(body, NAME)
    if asked is not None:
        feed = author_feed(asked.community, name, scouts.catalogue.authors)
        if isinstance(feed, NotHeard):
            await ack(response_action="errors", errors={NAME: f"{feed.reason[:1].upper()}{feed.reason[1:]}."})
            return
    await ack()
    said = await _keep(client, db, scouts, team_of(body), asked, name, now) if asked else say_not_asked()
    await whisper(client, body, said)


async def _asked(db: Database, body: Payload, value: object) -> NameQuestion | None:
    team, by, number = team_of(body), user_of(body), number_of(value)
    return await db.read(lambda tx: find_question(tx, team, by, number))


async def _keep(
    client: AsyncWebClient, db: Database, scouts: Scouts, team: str, asked: NameQuestion, name: str, now: datetime
) -> str:
    """Store the name with the feed of its posts, and return what to say of it."""
    found = await find_author(scouts.visitor(db), asked.community, name, scouts.catalogue.authors)
    called = await name_of(client, asked.slack_user)
    handle = Handle(community=asked.community, name=name, feed=found if isinstance(found, NewSource) else None)

    def keep(tx: Tx) -> None:
        mate = with_handle(teammates_of(tx, team), asked.slack_user, called, handle)
        save_teammate(tx, team, mate, by=asked.slack_user, interval_seconds=scouts.poll_every_seconds, at=now)
        settle_question(tx, asked.id, at=now)

    await db.transact(keep)
    return say_remembered(asked.community, name, reason=found.reason if isinstance(found, NotHeard) else "")
