"""From nothing to listening: the hello, the form, the places tried at once, and the word to the channel."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.outbox import MessageKind
from engagement.watch import NewWatch, Outcome, Terms
from feeds.places.probing import Probed, probe
from feeds.places.proposing import propose
from feeds.typed import as_address
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.payload import Payload, channel_of, channel_of_form, entered, team_of, user_of
from handlers.scouts import PROBE_SECONDS, SETTLE_SECONDS, Scouts, show_result, tried
from handlers.settle import settle_failed
from handlers.views.setup import EXCLUDED, NAMES, OUTCOME, SITE, result_modal, start_modal, trying_modal
from storage.channels import find_channel_again
from storage.database import Database, Tx
from storage.hearing import next_poll_of
from storage.listening import listen_to
from storage.messages import announce, queue_message, try_channel_now
from storage.sources import find_source
from storage.watches import has_watch_in, save_watch

NAMES_AT_MOST = 20
LONGEST_NAME = 80
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody entered."""

    workspace_id: str
    by: str
    watch: NewWatch


def register(app: AsyncApp) -> None:
    """Tell Bolt about the hello and the form."""
    app.event("member_joined_channel")(say_hello)
    app.action("setup.start")(open_form)
    app.view("setup.submit")(start_listening)


async def say_hello(event: Payload, body: Payload, db: Database, bot_user: str, now: datetime) -> None:
    """Say hello once when the bot itself was invited to a channel without a watch."""
    if event.get("user") != bot_user:
        return
    workspace_id, channel = str(body["team_id"]), str(event["channel"])

    def hello(tx: Tx) -> None:
        find_channel_again(tx, workspace_id, channel, at=now)
        try_channel_now(tx, workspace_id, channel, at=now)
        if not has_watch_in(tx, workspace_id, channel):
            queue_message(
                tx, workspace_id=workspace_id, channel=channel, kind=MessageKind.HELLO, subject=channel, at=now
            )

    await db.transact(hello)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, slash_command: str) -> None:
    """Open the one form of set-up."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=start_modal(channel_of(body), command=slash_command))


async def start_listening(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts, now: datetime
) -> None:
    """Make the watch, try the proposed places at once, and say which answered and why others did not."""
    problems = find_problems(body)
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    wish = read_wish(body)
    proposals = propose(wish.watch.terms.names, wish.watch.site, scouts.catalogue.places)
    trying = trying_modal(wish.watch.terms.names, [proposal.name for proposal in proposals])
    await ack(response_action="update", view=trying)
    probing = probe(scouts.visitor(db), scouts.parser, proposals, seconds=PROBE_SECONDS)
    probed, _ = await asyncio.gather(probing, asyncio.sleep(SETTLE_SECONDS))
    next_poll_at = await db.transact(lambda tx: begin(tx, wish, probed, scouts.poll_every_seconds, at=now))
    result = result_modal(
        [tried(each, now=scouts.clock()) for each in probed],
        channel_id=wish.watch.channel,
        next_poll_at=next_poll_at,
    )
    # Where nobody sees it: all is set up, and the channel is told.
    await show_result(client, body, result)
    await show_home(client, db, visit_of(body, now))


def begin(tx: Tx, wish: Wish, probed: Sequence[Probed], poll_every_seconds: int, *, at: datetime) -> datetime | None:
    """Store the watch and its places, queue the word to the channel, and return when the next place is looked at.

    A place that was busy or broken is kept and asked again later, one whose host has to wait as soon as may be; one
    that is closed to us, or no feed, is not kept.
    """
    watch = save_watch(tx, wish.workspace_id, wish.watch, by=wish.by, at=at)
    kept = [each for each in probed if each.is_worth_keeping]
    places = [each.proposal.source for each in kept]
    ids = listen_to(tx, watch.id, places, interval_seconds=poll_every_seconds, at=at)
    for source_id, each in zip(ids, kept, strict=True):
        source, failure = find_source(tx, source_id), each.failure
        if source and failure:
            settle_failed(tx, source, failure, (), at=at)
    announce(tx, watch, at=at)
    return next_poll_of(tx, wish.workspace_id)


def find_problems(body: Payload) -> dict[str, str]:
    """Return what is wrong with the form, under the field's name; empty when nothing is."""
    names = listed(entered(body, NAMES))
    problems = {}
    if not names:
        problems[NAMES] = "Please enter at least one name that people use for you."
    elif len(names) > NAMES_AT_MOST:
        problems[NAMES] = f"Please enter at most {NAMES_AT_MOST} names; make another watch for more."
    elif wrong := [name for name in names if not SHORTEST_NAME <= len(name) <= LONGEST_NAME]:
        problems[NAMES] = f"A name has {SHORTEST_NAME} to {LONGEST_NAME} characters: {wrong[0][:LONGEST_NAME]}"
    site = entered(body, SITE)
    if site and not as_address(site):
        problems[SITE] = "Please enter an address such as tidewiki.example or https://tidewiki.example"
    return problems


def read_wish(body: Payload) -> Wish:
    """Return what was entered into the form; the watch is called by the first of its names."""
    terms = Terms(names=listed(entered(body, NAMES)), excluded=listed(entered(body, EXCLUDED)))
    watch = NewWatch(
        channel=channel_of_form(body),
        name=terms.names[0],
        terms=terms,
        outcome=Outcome(entered(body, OUTCOME) or Outcome.SUPPORT),
        site=as_address(entered(body, SITE)),
    )
    return Wish(workspace_id=team_of(body), by=user_of(body), watch=watch)


def listed(text: str) -> tuple[str, ...]:
    """Return the entries of a field: one a line or with commas between, each once."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))
