"""Trying places for a watch, and beginning to listen in those that somebody chose, or that nobody declined."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from engagement.dataclass import dataclass
from engagement.watch import Watch
from feeds.places.probing import Heard, Probed, probe
from feeds.places.proposing import Proposal
from handlers.in_place import show_result
from handlers.listening.scouts import PROBE_SECONDS, Scouts, tried
from handlers.payload import Payload, user_of
from handlers.polling.finds import put_off_first_polls, take_found
from handlers.polling.settle import settle_failed
from handlers.views.listening.setup import choose_modal, nothing_heard_modal
from storage.database import Database, Tx
from storage.listening.hearing import next_poll_of
from storage.listening.listening import join_places
from storage.listening.setups import begin_setup, settle_setup, setups_left
from storage.listening.sources import find_source
from storage.sending.messages import announce, announce_anew

# Somebody went for a coffee, or Slack never told us that the form was closed.
CHOICE_WAITS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What came of trying places: the number of the choice to be made (None: nothing answered), and the next look."""

    setup_id: int | None
    next_poll_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A set-up was settled: how many places are listened to from now on, and what was `found` there, by source."""

    watch: Watch
    places: int
    found: Mapping[int, Heard]


async def try_places(
    client: AsyncWebClient, body: Payload, db: Database, scouts: Scouts, watch: Watch, proposals: Sequence[Proposal]
) -> None:
    """Try the places and ask about those that answered. Where nobody sees the question, listen in all of them."""
    by, interval = user_of(body), scouts.poll_every_seconds
    probing = probe(scouts.visitor(db), scouts.parser, proposals, seconds=PROBE_SECONDS)
    probed, _ = await asyncio.gather(probing, asyncio.sleep(scouts.settle_seconds))
    at = scouts.clock()
    begun = await db.transact(lambda tx: begin(tx, watch, probed, interval, by=by, at=at))
    answered = [tried(each, now=at) for each in probed if each.heard]
    silent = [tried(each, now=at) for each in probed if not each.heard]
    if begun.setup_id is None:
        await show_result(client, body, nothing_heard_modal(watch, silent, begun.next_poll_at))
        return
    scouts.finds.keep(begun.setup_id, [each.heard for each in probed if each.heard])
    if not await show_result(client, body, choose_modal(watch, begun.setup_id, answered, silent)):
        kept = await keep_places(db, scouts, begun.setup_id, workspace_id=watch.workspace_id, by=by, at=at)
        await post_found(db, scouts, kept)


def begin(tx: Tx, watch: Watch, probed: Sequence[Probed], poll_every_seconds: int, *, by: str, at: datetime) -> Begun:
    """Keep the places that may answer another time, and note down those that did: among these somebody chooses.

    A place that was busy or broken is asked again later, one whose host has to wait as soon as may be; one that is
    closed to us, or no feed, is not kept. Where nothing answered there is nothing to choose, and the channel is told.
    """
    unheard = [each for each in probed if each.is_worth_keeping and not each.heard]
    places = [each.proposal.source for each in unheard]
    ids = join_places(tx, watch, places, interval_seconds=poll_every_seconds, by=by, at=at)
    for source_id, each in zip(ids, unheard, strict=True):
        source, failure = find_source(tx, source_id), each.failure
        if source and failure:
            settle_failed(tx, source, failure, (), at=at)
    heard = [each.proposal.source for each in probed if each.heard]
    if heard:
        return Begun(setup_id=begin_setup(tx, watch.id, heard, by=by, at=at), next_poll_at=None)
    announce(tx, watch, at=at)
    return Begun(setup_id=None, next_poll_at=next_poll_of(tx, watch.workspace_id))


async def keep_places(
    db: Database,
    scouts: Scouts,
    setup_id: int,
    *,
    workspace_id: str,
    chosen: frozenset[int] | None = None,
    by: str,
    at: datetime,
) -> Kept | None:
    """Listen in the `chosen` places of a set-up (None: all of them), and have the channel know; None where it is done.

    Call `post_found` then: until it is through, the first poll of what was found is put off.
    """
    heard, interval = scouts.finds.take(setup_id), scouts.poll_every_seconds

    def settle(tx: Tx) -> Kept | None:
        settled = settle_setup(
            tx, setup_id, workspace_id=workspace_id, chosen=chosen, interval_seconds=interval, by=by, at=at
        )
        if settled is None:
            return None
        watch, sources = settled
        found = {source: heard[number] for number, source in sources.items() if number < len(heard)}
        put_off_first_polls(tx, found, at=at)
        return Kept(watch=watch, places=len(sources), found=found)

    return await db.transact(settle)


async def post_found(db: Database, scouts: Scouts, kept: Kept | None) -> None:
    """Take in what was found, and have the channel's word say when the next look is."""
    if kept:
        await take_found(scouts.intake, kept.watch, kept.found)
        await db.transact(lambda tx: announce_anew(tx, kept.watch.id))


async def settle_what_was_left(db: Database, now: datetime, *, scouts: Scouts) -> None:
    """Listen in all places of set-ups that nobody came back to: whoever began one wants to hear something."""
    left = await db.read(lambda tx: setups_left(tx, before=now - CHOICE_WAITS))
    for setup_id, workspace_id in left:
        await post_found(db, scouts, await keep_places(db, scouts, setup_id, workspace_id=workspace_id, by="", at=now))
