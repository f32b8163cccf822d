"""Looking at threads by themselves: the ones that are due, and those that a digest is about to name. Knows no Slack."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import assert_never

from engagement.listening.hosts import waits_until
from engagement.listening.source import Source
from engagement.turns.looking import Look, Thread, in_vain, is_wanted, looked, nowhere
from feeds.identity.in_thread import in_thread
from feeds.places.catalogue import WholeThread
from feeds.places.threads import ThreadAddress, address_of_thread
from handlers.polling.poll import OUR_ERROR, Poller
from handlers.polling.thread_pages import Listed, Reader, Unlisted
from handlers.polling.visiting import Visitor
from storage.database import Tx
from storage.listening.hosts import find_pace
from storage.listening.polls import Brought
from storage.turns.look_posts import keep_look, source_of_looks, watches_there
from storage.turns.looks import save_look, threads_due, threads_to_be_named

log = logging.getLogger(__name__)

# At one tick; the rest is due at the next.
LOOKS_AT_ONCE = 10
# How long a digest waits for the looks at what it names.
DIGEST_SECONDS = 60.0
# Of these, the last are for the answer of a host that was waited for.
ANSWER_SECONDS = 5.0
TOO_LATE = "it did not answer in time"

Addressed = tuple[Thread, ThreadAddress]


@dataclass(slots=True, kw_only=True)
class Looker:
    """What looks are made with: what a poll has, and where `threads` are listed."""

    poller: Poller
    threads: Sequence[WholeThread]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _under_way: set[str] = field(default_factory=set, init=False)
    _source: Source | None = field(default=None, init=False)

    def clock(self) -> datetime:
        """Return the time, as polls see it."""
        return self.poller.clock()

    async def look_due(self) -> None:
        """Look at the threads that are due and whose host may be asked now, one of each public host.

        May run again before it has ended. What has to wait stays due, for the next call. Without any rule where threads
        are listed, nothing is looked at, and nothing said about it.
        """
        if not self.threads:
            return
        now = self.clock()
        ready, unreadable = await self.poller.db.read(lambda tx: self._ready(tx, now))
        await self._say_unreadable(unreadable, now)
        await self._look_at(ready, patience_seconds=None)

    def _ready(self, tx: Tx, now: datetime) -> tuple[list[Addressed], list[Thread]]:
        """Return which of the threads that are due may be looked at now; and those that are listed nowhere."""
        ready: list[Addressed] = []
        unreadable: list[Thread] = []
        busy: set[str] = set()
        for thread in threads_due(tx, now=now):
            address = self._address_of(thread)
            if address is None:
                unreadable.append(thread)
                continue
            host = self.poller.manners.paced_host_of(address.url)
            pace = find_pace(tx, host) if host else None
            if thread.key in self._under_way or host in busy or (pace and waits_until(pace, now=now)):
                continue
            ready.append((thread, address))
            busy |= {host} - {""}
        return ready[:LOOKS_AT_ONCE], unreadable

    async def look_before_digest(self, workspace_ids: Sequence[str], *, seconds: float = DIGEST_SECONDS) -> None:
        """Look at the threads of all whom a digest of now would name, if they were not looked at within the hour.

        Whoever is found to have an answer makes room for the next, who is looked at as well. Takes `seconds` at most:
        what was not looked at by then is noted, and the digest goes out without it.
        """
        if not self.threads:
            return
        begun = self.clock()
        tried: set[str] = set()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while wanted := [each for each in await self._wanted(workspace_ids, begun) if each.key not in tried]:
                    tried |= {each.key for each in wanted}
                    left = seconds - ANSWER_SECONDS - (self.clock() - begun).total_seconds()
                    readable = [(each, address) for each in wanted if (address := self._address_of(each))]
                    await self._say_unreadable([each for each in wanted if not self._address_of(each)], begun)
                    await self._look_at(readable, patience_seconds=max(0.0, left))
        for late in await self._wanted(workspace_ids, begun):
            await self._save(self._in_vain(late, TOO_LATE))

    async def _wanted(self, workspace_ids: Iterable[str], begun: datetime) -> list[Thread]:
        def look(tx: Tx) -> list[Thread]:
            named = [each for number in workspace_ids for each in threads_to_be_named(tx, number, now=begun)]
            by_key = {each.key: each for each in named if is_wanted(each.look, begun=begun)}
            return list(by_key.values())

        return await self.poller.db.read(look)

    def _address_of(self, thread: Thread) -> ThreadAddress | None:
        return address_of_thread(thread.key, thread.post_url, self.threads, since=thread.since)

    async def _say_unreadable(self, threads: Iterable[Thread], now: datetime) -> None:
        await self._save({each.key: nowhere(now=now) for each in threads})

    async def _save(self, looks: dict[str, Look]) -> None:
        def save(tx: Tx) -> None:
            for key, look in sorted(looks.items()):
                save_look(tx, key, look)

        if looks:
            await self.poller.db.transact(save)

    async def _look_at(self, threads: Iterable[Addressed], *, patience_seconds: float | None) -> None:
        async with asyncio.TaskGroup() as group:
            for thread, address in threads:
                group.create_task(self._look_safely(thread, address, patience_seconds))

    async def _look_safely(self, thread: Thread, address: ThreadAddress, patience_seconds: float | None) -> None:
        self._under_way.add(thread.key)
        try:
            await self._look(thread, address, patience_seconds)
        except Exception:
            log.exception("thread not looked at", extra={"key": thread.key})
            await self._fail_safely(thread)
        finally:
            self._under_way.discard(thread.key)

    async def _fail_safely(self, thread: Thread) -> None:
        try:
            await self._save(self._in_vain(thread, OUR_ERROR))
        except Exception:
            # The database itself, as a rule. Raised further, it would end the looks at all the others.
            log.exception("failure not recorded", extra={"key": thread.key})

    async def _look(self, thread: Thread, address: ThreadAddress, patience_seconds: float | None) -> None:
        poller = self.poller
        visitor = Visitor(
            db=poller.db,
            fetcher=poller.fetcher,
            manners=poller.manners,
            clock=poller.clock,
            patience_seconds=patience_seconds or 0.0,
            sleep=self.sleep,
        )
        listed = await Reader(visitor=visitor, parser=poller.parser).read(thread, address)
        match listed:
            case Listed():
                await self._take(thread, address, listed)
            case Unlisted(reason=reason, asked=asked):
                # Of what can wait, a host that takes no request now leaves it due.
                if asked or patience_seconds is not None:
                    log.info("thread not read", extra={"key": thread.key, "reason": reason})
                    await self._save(self._in_vain(thread, reason, asked=asked))
            case _:
                assert_never(listed)

    def _in_vain(self, thread: Thread, reason: str, *, asked: bool = True) -> dict[str, Look]:
        return {thread.key: in_vain(thread.look, reason, thread_key=thread.key, now=self.clock(), asked=asked)}

    async def _take(self, thread: Thread, address: ThreadAddress, listed: Listed) -> None:
        """Keep what a thread lists like what a poll brings: what names us in it is a mention of that conversation."""
        source = await self._source_of_looks()
        posts = in_thread(listed.posts, thread.key)

        def settle(tx: Tx, _brought: Brought, at: datetime) -> None:
            keep_look(tx, source.id, thread.key, posts, at=at)
            look = looked(address.url, etag=listed.etag, last_modified=listed.last_modified, now=at)
            save_look(tx, thread.key, look)

        def heard_by(tx: Tx, watch_ids: Iterable[int]) -> dict[int, datetime | None]:
            return watches_there(tx, thread.key, watch_ids)

        await self.poller.intake.take(source, posts, settle=settle, heard_by=heard_by)

    async def _source_of_looks(self) -> Source:
        if self._source is None:
            self._source = await self.poller.db.transact(partial(source_of_looks, at=self.clock()))
        return self._source
