"""From nothing to listening: the hello, the form, the places tried at once, and the word to the channel."""

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.listing import PlaceTried
from engagement.outbox import MessageKind
from engagement.source import NewSource
from engagement.watch import Outcome, Terms, Watch
from feeds.links import is_web
from feeds.parsing.worker import Parser
from feeds.places.catalogue import Pasted, Template
from feeds.places.proposing import Probed, probe, propose
from feeds.wire.credentials import without_secrets
from feeds.wire.fetched import Fetches
from feeds.wire.manners import Manners
from handlers.clients import FAILED_CALL, reason_of
from handlers.clock import utc_now
from handlers.intake import Clock
from handlers.payload import Payload, channel_of, channel_of_form, entered, team_of, user_of
from handlers.settle import settle_failed
from handlers.views.setup import EXCLUDED, NAMES, OUTCOME, SITE, result_modal, start_modal, trying_modal
from handlers.visiting import Visitor
from storage.database import Database, Tx
from storage.listening import listen_to
from storage.messages import mark_stale, queue_message, try_channel_now
from storage.sources import find_source
from storage.watches import has_watch_in, save_watch

log = logging.getLogger(__name__)

NAMES_AT_MOST = 20
LONGEST_NAME = 80
SHORTEST_NAME = 2
# Somebody looks at the form meanwhile.
PROBE_SECONDS = 12.0
# Of these, how long a place waits for the turn of its host: the rest is for its answer.
PATIENCE_SECONDS = 6.0
# The acknowledgement shows the form's next page, on its own way to Slack: a result that overtook it would be replaced
# by "I look for ..." for ever.
SETTLE_SECONDS = 1.0
_ADDRESS = re.compile(r"(https?://)?[^\s/?#@<>|]+(/\S*)?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scouts:
    """What places are tried with: those that set-up proposes, and what pasted addresses lead to."""

    catalogue: Sequence[Template]
    pasted: Sequence[Pasted]
    fetcher: Fetches
    parser: Parser
    poll_every_seconds: int
    manners: Manners = field(default_factory=Manners.load)
    clock: Clock = utc_now

    def visitor(self, db: Database) -> Visitor:
        """Return who asks for one form, in the turns of the polls."""
        return Visitor(
            db=db,
            fetcher=self.fetcher,
            manners=self.manners,
            clock=self.clock,
            patience_seconds=PATIENCE_SECONDS,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody entered: where mentions go, what for, which names, whose site."""

    workspace_id: str
    channel: str
    by: str
    outcome: Outcome
    terms: Terms
    site: str


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
    proposals = propose(wish.terms.names, wish.site, scouts.catalogue)
    trying = trying_modal(wish.terms.names, [proposal.name for proposal in proposals])
    await ack(response_action="update", view=trying)
    probing = probe(scouts.visitor(db), scouts.parser, proposals, timeout=PROBE_SECONDS)
    probed, _ = await asyncio.gather(probing, asyncio.sleep(SETTLE_SECONDS))
    await db.transact(lambda tx: begin(tx, wish, probed, scouts.poll_every_seconds, at=now))
    result = result_modal(
        [tried(each, now=scouts.clock()) for each in probed],
        channel_id=wish.channel,
        next_poll_at=now + timedelta(seconds=scouts.poll_every_seconds),
    )
    try:
        await client.views_update(view_id=body["view"]["id"], view=result)
    except FAILED_CALL as error:
        # Somebody closed the form meanwhile, as a rule. All is set up, and the channel is told.
        log.info("nobody saw the result of set-up", extra={"reason": reason_of(error)})


def begin(tx: Tx, wish: Wish, probed: Sequence[Probed], poll_every_seconds: int, *, at: datetime) -> None:
    """Store the watch and its places, and queue the word to the channel.

    A place that was busy or broken is kept and asked again later, one whose host has to wait as soon as may be; one
    that is closed to us, or no feed, is not kept.
    """
    watch = save_watch(
        tx,
        workspace_id=wish.workspace_id,
        channel=wish.channel,
        name=wish.terms.names[0],
        terms=wish.terms,
        outcome=wish.outcome,
        site=wish.site,
        by=wish.by,
        at=at,
    )
    kept = [each for each in probed if each.heard or (each.may_answer and not each.proposal.discover)]
    places = [
        NewSource(url=each.proposal.url, name=each.proposal.name, community=each.proposal.community) for each in kept
    ]
    ids = listen_to(tx, watch.id, places, interval_seconds=poll_every_seconds, at=at)
    for source_id, each in zip(ids, kept, strict=True):
        source, failure = find_source(tx, source_id), each.failure
        if source and failure:
            settle_failed(tx, source, failure, (), at=at)
    announce(tx, watch, at=at)


def announce(tx: Tx, watch: Watch, *, at: datetime) -> None:
    """Tell the channel, once, what is listened for and where; told already, have it say what holds now."""
    queue_message(
        tx,
        workspace_id=watch.workspace_id,
        channel=watch.channel,
        kind=MessageKind.STARTED,
        subject=str(watch.id),
        at=at,
    )
    mark_stale(tx, MessageKind.STARTED, str(watch.id))


def tried(each: Probed, *, now: datetime) -> PlaceTried:
    """Return how a place answered, as the form shows it."""
    name, url = each.proposal.name, without_secrets(each.proposal.url)
    if each.heard is None:
        again_at = now + timedelta(seconds=each.retry_after_seconds or 0) if each.unasked else None
        return PlaceTried(name=name, url=url, ok=False, detail=each.reason, again_at=again_at)
    return PlaceTried(
        name=name, url=url, ok=True, posts=each.heard.count, newest=each.heard.newest, note=each.proposal.note
    )


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
    if not is_site(entered(body, SITE)):
        problems[SITE] = "Please enter an address such as tidewiki.example or https://tidewiki.example"
    return problems


def read_wish(body: Payload) -> Wish:
    """Return what was entered into the form."""
    return Wish(
        workspace_id=team_of(body),
        channel=channel_of_form(body),
        by=user_of(body),
        outcome=Outcome(entered(body, OUTCOME) or Outcome.SUPPORT),
        terms=Terms(names=listed(entered(body, NAMES)), excluded=listed(entered(body, EXCLUDED))),
        site=with_scheme(entered(body, SITE)),
    )


def listed(text: str) -> tuple[str, ...]:
    """Return the entries of a field: one a line or with commas between, each once."""
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))


def is_site(text: str) -> bool:
    """Return whether `text` is empty or can be the address of a site."""
    if not text:
        return True
    address = with_scheme(text)
    return is_web(address) and _port_is_one(address) and _ADDRESS.fullmatch(text) is not None


def with_scheme(site: str) -> str:
    """Return the site's address with its scheme in small letters (phones write "Https"); https where none was given."""
    scheme = _SCHEME.match(site)
    if scheme:
        return scheme[0].lower() + site[scheme.end() :]
    return f"https://{site}" if site else ""


def _port_is_one(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False
