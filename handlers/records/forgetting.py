"""Forgetting a person who asks for it: from a card's labels, and `bot.py forget`."""

from datetime import datetime
from functools import partial

import click
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.digest.voices import Person
from engagement.prose import times
from engagement.records.still_named import StillNamed
from handlers.clock import utc_now
from handlers.logs import complain
from handlers.payload import Payload, carried, number_of, pressed_value, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View, modal, section
from handlers.views.records.forgetting import NOT_THEIRS, forget_modal, say_forgotten, say_named_in_settings
from handlers.views.refusals import say_gone
from handlers.whisper import whisper
from settings import Settings
from storage.conversations.cards import find_card
from storage.database import CannotOpenError, Database, Tx, opened
from storage.records.forgetting import begin_to_forget, count_posts_of, forget_on, is_forgetting, people_called
from storage.records.still_named import settings_naming, teams_whose_history_names
from storage.workspaces import listening_workspaces


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button and its form."""
    app.action("forget.ask")(ask)
    app.view("forget.person")(forget)


async def forget_the_rest(db: Database) -> None:
    """Forget whoever is being forgotten until nobody is; broken off, it goes on where it was."""
    while await db.read(is_forgetting):
        await db.transact(forget_on)


async def ask(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask whether whoever opened the conversation is really to be forgotten."""
    await ack()
    conversation_id, team = number_of(pressed_value(body)), team_of(body)
    view = await db.read(lambda tx: _form_of(tx, conversation_id, team))
    await client.views_push(trigger_id=body["trigger_id"], view=view)


async def forget(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Forget them, if the conversation is still theirs, and say so; the forms below show them, and close."""
    await ack(response_action="clear")
    about, team, by = carried(body), team_of(body), user_of(body)
    conversation_id = number_of(about.get("conversation"))

    def begin(tx: Tx) -> list[StillNamed] | None:
        person = _who_opened(tx, conversation_id, team)
        if person is None or (person.community, person.author) != (about.get("community"), about.get("author")):
            return None
        begin_to_forget(tx, team, person, by=by, at=now)
        return settings_naming(tx, person, workspace_id=team)

    left = await db.transact(begin)
    await forget_the_rest(db)
    await whisper(client, body, NOT_THEIRS if left is None else say_forgotten(left))
    await outbox.redraw(now)


async def forget_from_outside(settings: Settings, community: str, name: str, *, is_sure: bool) -> int:
    """Forget somebody by the name they have in a community; return the exit code.

    Asks before, unless whoever types it `is_sure`. A bot that runs beside draws again what it posted.
    """
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            return await _forget_all(db, community, name, is_sure=is_sure)
    except CannotOpenError as error:
        return complain(str(error))


async def _forget_all(db: Database, community: str, name: str, *, is_sure: bool) -> int:
    found = await db.read(lambda tx: _called(tx, community, name))
    if not found:
        return complain("Nobody of that name wrote there, as far as I have kept it.")
    for _, person, posts in found:
        click.echo(f"{person.author} on {person.community}: {times(posts, 'post')}")
        if left := await db.read(partial(settings_naming, person=person)):
            click.echo(say_named_in_settings(left))
    if not is_sure and not click.confirm("Forget them for good?"):
        return 1
    for workspace_id, person, _ in found:
        await db.transact(partial(begin_to_forget, workspace_id=workspace_id, person=person, by="", at=utc_now()))
        await forget_the_rest(db)
    click.echo("Forgotten. A bot that runs draws again what it posted; else it does when it starts.")
    return 0


def _called(tx: Tx, community: str, name: str) -> list[tuple[str, Person, int]]:
    """Return whom somebody means, each with a workspace that heard of them and how many posts we have.

    Of whom nothing is left but a name in what was changed of settings, as it was typed.
    """
    heard_by: dict[Person, str] = {}
    for workspace in listening_workspaces(tx):
        for person in people_called(tx, workspace.id, community, name):
            heard_by.setdefault(person, workspace.id)
    typed = Person(community, name)
    if not heard_by and (teams := teams_whose_history_names(tx, typed)):
        heard_by = {typed: teams[0]}
    return [(workspace_id, person, count_posts_of(tx, person)) for person, workspace_id in heard_by.items()]


def _form_of(tx: Tx, conversation_id: int, team: str) -> View:
    person = _who_opened(tx, conversation_id, team)
    if person is None:
        return modal("Forget a person", [section(say_gone())])
    return forget_modal(
        conversation_id,
        community=person.community,
        author=person.author,
        posts=count_posts_of(tx, person),
        named_in=settings_naming(tx, person, workspace_id=team),
    )


def _who_opened(tx: Tx, conversation_id: int, team: str) -> Person | None:
    card = find_card(tx, conversation_id)
    if card is None or card.conversation.workspace_id != team:
        return None
    post = card.opening.stored.post
    return Person(post.community, post.author) if post.author else None
