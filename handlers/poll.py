"""The poll: joins listening, understanding and remembering. Knows no Slack."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from engagement.brake import BrakeLimits
from engagement.cadence import next_poll, spread_of
from engagement.post import Post
from engagement.watch import Source
from feeds.fetch import Fetched, Fetcher, FetchRequest, NotModified
from feeds.refusals import FetchFailed
from feeds.worker import Parsed, ParseFailed, Parser
from handlers.intake import Clock, Intake
from storage.database import Database
from storage.sources import Validators, due_sources, record_failed, record_heard

log = logging.getLogger(__name__)

# More than any tick needs; what is left over is due at the next one.
SOURCES_AT_ONCE = 1000
OUR_ERROR = "an error of mine; my log has the details"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A source answered: so many posts in the feed, so many new, so many mentions."""

    source: Source
    posts: int
    news: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaf:
    """A source did not answer, and why, in words for people."""

    source: Source
    reason: str


PollResult = Heard | Deaf


@dataclass(slots=True, kw_only=True)
class Poller:
    """What a poll works with: `workers` sources are looked at side by side, whoever asks for it."""

    db: Database
    fetcher: Fetcher
    parser: Parser
    workers: int
    limits: BrakeLimits
    clock: Clock
    _under_way: set[int] = field(default_factory=set, init=False)
    _turns: asyncio.Semaphore = field(init=False)
    _intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        """Count the sources looked at side by side over all calls, and make ready to take in what they carry."""
        self._turns = asyncio.Semaphore(self.workers)
        self._intake = Intake(db=self.db, limits=self.limits, clock=self.clock)

    async def poll_due(self, report: Callable[[PollResult], None] = lambda _: None) -> int:
        """Look at every source that is due; return how many there were.

        May run again before it has ended: what is under way is left out, so that a slow place delays no other.
        """
        now = self.clock()
        rows = await self.db.read(lambda tx: due_sources(tx, now=now, limit=SOURCES_AT_ONCE))
        due = [source for source in rows if source.id not in self._under_way]
        self._under_way.update(source.id for source in due)
        await self.poll_all(due, report)
        return len(due)

    async def poll_all(self, sources: Iterable[Source], report: Callable[[PollResult], None]) -> None:
        """Look at each of `sources`; one that fails in any way costs only itself."""
        waiting = iter(sources)

        async def work() -> None:
            for source in waiting:
                try:
                    async with self._turns:
                        report(await self._poll_safely(source))
                finally:
                    self._under_way.discard(source.id)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.workers):
                    group.create_task(work())
        finally:
            # Broken off: what nobody came to is due again, and would otherwise be taken for under way for ever.
            self._under_way.difference_update(source.id for source in waiting)

    async def _poll_safely(self, source: Source) -> PollResult:
        try:
            return await self._poll(source)
        except Exception:
            log.exception("source not polled", extra={"source": source.name})
        try:
            return await self._record_failure(source, OUR_ERROR, None)
        except Exception:
            # The database itself, as a rule. Raised further, it would end the poll of all the others.
            log.exception("failure not recorded", extra={"source": source.name})
            return Deaf(source=source, reason=OUR_ERROR)

    async def _poll(self, source: Source) -> PollResult:
        result = await self.fetcher.fetch(
            FetchRequest(url=source.url, etag=source.etag, last_modified=source.last_modified)
        )
        match result:
            case Fetched():
                return await self._read(source, result)
            case NotModified():
                return await self._take(source, (), None)
            case FetchFailed(reason=reason, retry_after_seconds=retry_after):
                return await self._record_failure(source, reason, retry_after)
            case _:
                assert_never(result)

    async def _read(self, source: Source, fetched: Fetched) -> PollResult:
        parsed = await self.parser.parse(
            fetched.body, fetched.content_type, fetched.final_url, source.community, now=self.clock()
        )
        match parsed:
            case Parsed(posts=posts):
                validators = Validators(etag=fetched.etag, last_modified=fetched.last_modified)
                return await self._take(source, posts, validators)
            case ParseFailed(reason=reason):
                return await self._record_failure(source, reason, None)
            case _:
                assert_never(parsed)

    async def _take(self, source: Source, posts: tuple[Post, ...], validators: Validators | None) -> PollResult:
        again = self._next_poll(source, failures=0, retry_after=None)
        brought = await self._intake.take(
            source,
            posts,
            settle=lambda tx, _: record_heard(
                tx, source.id, validators=validators, next_poll_at=again, at=self.clock()
            ),
        )
        return Heard(source=source, posts=brought.carried, news=brought.news, mentions=brought.mentions)

    async def _record_failure(self, source: Source, reason: str, retry_after: int | None) -> Deaf:
        log.warning("source not heard", extra={"source": source.name, "reason": reason})
        now = self.clock()
        again = self._next_poll(source, failures=source.failures + 1, retry_after=retry_after)
        await self.db.transact(lambda tx: record_failed(tx, source.id, reason=reason, next_poll_at=again, at=now))
        return Deaf(source=source, reason=reason)

    def _next_poll(self, source: Source, *, failures: int, retry_after: int | None) -> datetime:
        return next_poll(
            now=self.clock(),
            interval_seconds=source.interval_seconds,
            failures=failures,
            retry_after_seconds=retry_after,
            spread=spread_of(source.url),
        )
