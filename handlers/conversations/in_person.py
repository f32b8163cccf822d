"""*Log a talk in person*: what no feed carries becomes a mention, and may owe a follow-up."""

import asyncio
import secrets
from datetime import date, datetime, time

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.by_hand import ACTS, FollowUp, Talk, post_of, reading_of
from engagement.conversations.conversation import Sighting
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from feeds.text import as_name, plain
from handlers.conversations.bringing import chosen_watch, meet_owner, show_where
from handlers.listening.scouts import Scouts
from handlers.payload import BadPayloadError, Payload, choice_of, entered, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View, modal, section
from handlers.views.conversations.by_hand import (
    BY,
    KIND,
    NEXT,
    NEXT_OF_A_TALK,
    SAID,
    WHERE,
    WHO,
    done_modal,
    say_logged,
    say_nothing_watched,
    talk_modal,
)
from storage.conversations.by_hand import Brought, bring
from storage.database import Database
from storage.listening.watches import watches_of
from storage.understanding.learned import learned_in
from storage.workspaces import asking_workspace

TITLE = "Log a talk in person"
# On the day that somebody names, a follow-up is due when the working day ends.
DUE_HOUR = 18


def register(app: AsyncApp) -> None:
    """Tell Bolt about the global shortcut, and its form."""
    app.shortcut("log.in_person")(open_form)
    app.view("log.submit")(log_talk)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, slash_command: str) -> None:
    """Ask with whom somebody talked, and what was said."""
    await ack()
    watches = await db.read(lambda tx: watches_of(tx, team_of(body)))
    view = talk_modal(watches) if watches else modal(TITLE, [section(say_nothing_watched(slash_command))])
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def log_talk(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, scouts: Scouts, now: datetime
) -> None:
    """Keep the talk as a mention, and its card where those of the watch go."""
    team, by = team_of(body), user_of(body)
    workspace, watches = await db.read(lambda tx: (asking_workspace(tx, team), watches_of(tx, team)))
    zone = workspace.schedule.zone
    watch, kind, follow_up, talk = chosen_watch(body, watches), read_kind(body), read_follow_up(body), read_talk(body)
    day = read_day(body)
    problems = find_problems(talk, day, follow_up, today=now.astimezone(zone).date())
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    await ack(response_action="update", view=done_modal(TITLE, "⏳ One moment …"))
    await meet_owner(client, db, body, follow_up, now)
    due_at = datetime.combine(day, time(DUE_HOUR), tzinfo=zone) if day else None
    brought = await log(db, watch, talk, kind, follow_up, by=by, due_at=due_at, at=now)
    await outbox.redraw(now)

    def said(address: str) -> View:
        return done_modal(TITLE, say_logged(brought.channel, address))

    await show_where(client, body, db, brought, said, settle_seconds=scouts.settle_seconds)


async def log(
    db: Database,
    watch: Watch,
    talk: Talk,
    kind: Kind,
    follow_up: FollowUp,
    *,
    by: str,
    due_at: datetime | None,
    at: datetime,
) -> Brought:
    """Make a mention of the talk."""
    from triage.read import read  # noqa: PLC0415 - as in handlers/conversations/tracking.py

    post = post_of(talk, key=f"in-person:{secrets.token_hex(16)}", at=at)
    learned = await db.read(lambda tx: learned_in(tx, watch.workspace_id))
    reading = reading_of(await asyncio.to_thread(read, post, watch, learned), kind)
    sighting = Sighting(watch=watch, post=post, term="", reading=reading)
    return await db.transact(lambda tx: bring(tx, sighting, ACTS[follow_up], by=by, at=at, due_at=due_at))


def find_problems(talk: Talk, day: date | None, follow_up: FollowUp, *, today: date) -> dict[str, str]:
    """Return what is wrong with the form, under the field's name; empty when nothing is."""
    problems = {}
    if not talk.who:
        problems[WHO] = "Please say with whom you talked."
    if not talk.said:
        problems[SAID] = "Please say what it was about, in a few words."
    if day and day < today:
        problems[BY] = "That day is over. Please choose today or a day to come."
    elif day and follow_up is FollowUp.NONE:
        problems[BY] = "You said that no follow-up is owed: choose one above, or leave the day empty."
    return problems


def read_talk(body: Payload) -> Talk:
    """Return what was entered, as plain text."""
    return Talk(who=as_name(entered(body, WHO)), where=as_name(entered(body, WHERE)), said=plain(entered(body, SAID)))


def read_kind(body: Payload) -> Kind:
    """Return the kind that was chosen. Raises BadPayloadError."""
    return choice_of(Kind, entered(body, KIND))


def read_follow_up(body: Payload) -> FollowUp:
    """Return what was said of a follow-up. Raises BadPayloadError."""
    chosen = entered(body, NEXT)
    if chosen not in [*NEXT_OF_A_TALK]:
        raise BadPayloadError("the form offered no such choice")
    return FollowUp(chosen)


def read_day(body: Payload) -> date | None:
    """Return the day that was chosen, None for none. Raises BadPayloadError."""
    try:
        return date.fromisoformat(entered(body, BY)) if entered(body, BY) else None
    except ValueError as error:
        raise BadPayloadError("the form names no day") from error
