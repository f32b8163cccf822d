"""The poll: joins listening, understanding and remembering. Knows no Slack."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from engagement.calm.brake import BrakeLimits
from engagement.dataclass import dataclass
from engagement.listening.hosts import HostSaid
from engagement.listening.pacing import first_in_line
from engagement.listening.polled import Answer, Failure
from engagement.listening.source import Source
from engagement.listening.trouble import Cause
from engagement.post import Post
from feeds.parsing.parsed import Parsed, ParseFailed
from feeds.parsing.worker import Parser
from feeds.wire.fetch import Fetcher
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, NotModified
from feeds.wire.manners import Manners
from handlers.clock import Clock
from handlers.polling.intake import Intake
from handlers.polling.poll_answers import answer_of_read, answer_of_unmodified, failure_of, hash_of, pausing, said_by
from handlers.polling.settle import settle_failed, settle_heard
from handlers.polling.turns import wait_for_turn
from storage.database import Database, Tx
from storage.listening.hosts import begin_requests
from storage.listening.polls import Brought
from storage.listening.sources import due_sources, name_hosts

log = logging.getLogger(__name__)

# More than any tick needs; what is left over is due at the next one.
SOURCES_AT_ONCE = 1000
# How long one poll from the command line waits for hosts that take one request at a time.
PATIENCE_SECONDS = 60.0
OUR_ERROR = "an error of mine; my log has the details"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A source answered: so many posts in the feed, so many new, so many mentions."""

    source: Source
    posts: int
    news: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeard:
    """A source did not answer, and why, in words for people."""

    source: Source
    reason: str


PollResult = Heard | NotHeard
Report = Callable[[PollResult], None]


@dataclass(slots=True, kw_only=True)
class Poller:
    """What a poll works with: `workers` sources are looked at side by side, whoever asks for it.

    Public hosts are asked as `manners` says, one request after the other with a gap between; `sleep` waits for it.
    """

    db: Database
    fetcher: Fetcher
    parser: Parser
    workers: int
    limits: BrakeLimits
    clock: Clock
    manners: Manners = field(default_factory=Manners.load)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _under_way: dict[int, str] = field(default_factory=dict, init=False)
    _turns: asyncio.Semaphore = field(init=False)
    intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        """Count the sources looked at side by side over all calls, and make ready to take in what they carry."""
        self._turns = asyncio.Semaphore(self.workers)
        self.intake = Intake(db=self.db, limits=self.limits, clock=self.clock)

    async def poll_due(self, report: Report = lambda _: None) -> int:
        """Look at every source that is due and whose host may be asked now; return how many there were.

        May run again before it has ended: what is under way is left out, so that a slow place delays no other. What
        has to wait for its host is left in the rows, for the next call.
        """
        if len(self._under_way) >= SOURCES_AT_ONCE:
            return 0
        now = self.clock()
        rows = await self.db.read(lambda tx: due_sources(tx, now=now, limit=SOURCES_AT_ONCE))
        ready = first_in_line(
            [source for source in rows if source.id not in self._under_way],
            host_of=self._host_of,
            busy=self._under_way.values(),
        )
        self._under_way.update((source.id, self._host_of(source)) for source in ready)
        allowed: list[Source] = []
        try:
            waits = await self._begin(rows, ready, now=now)
            allowed = [source for source in ready if waits.get(self._host_of(source)) is None]
        finally:
            for source_id in {source.id for source in ready} - {source.id for source in allowed}:
                del self._under_way[source_id]
        await self._look_at(allowed, report)
        return len(allowed)

    def _host_of(self, source: Source) -> str:
        return self.manners.paced_host_of(source.url)

    async def _begin(
        self, due: Iterable[Source], ready: Iterable[Source], *, now: datetime
    ) -> dict[str, datetime | None]:
        """Take a turn at the public hosts of `ready`; return None for each that may be asked, else when it may."""
        hosts = {source.id: host for source in due if (host := self._host_of(source))}
        if not hosts:
            return {}
        unnamed = {source.id: hosts[source.id] for source in due if hosts.get(source.id, "") != source.host}
        wanted = {hosts[source.id] for source in ready if source.id in hosts}

        def begin(tx: Tx) -> dict[str, datetime | None]:
            name_hosts(tx, unnamed)
            return begin_requests(tx, wanted, gap_of=self.manners.gap_of, now=now)

        return await self.db.transact(begin)

    async def poll_all(
        self, sources: Iterable[Source], report: Report, *, patience_seconds: float = PATIENCE_SECONDS
    ) -> list[Source]:
        """Look at each of `sources` once; one that fails in any way costs only itself.

        The sources of a public host are asked one after the other with its gap between, side by side with other
        hosts. Return those left for later: their turn would come after more than `patience_seconds`.
        """
        lines: dict[str, list[Source]] = {}
        for source in sources:
            lines.setdefault(self._host_of(source), []).append(source)
        deadline = self.clock() + timedelta(seconds=patience_seconds)
        free = lines.pop("", [])
        async with asyncio.TaskGroup() as group:
            group.create_task(self._look_at(free, report))
            tasks = [group.create_task(self._work_off(line, report, deadline)) for line in lines.values()]
        return [source for task in tasks for source in task.result()]

    async def _work_off(self, line: Sequence[Source], report: Report, deadline: datetime) -> Sequence[Source]:
        """Look at the sources of one host in turn, and return those that nobody came to by the deadline."""
        for position, source in enumerate(line):
            begin = partial(self._begin_one, source)
            if await wait_for_turn(begin, until=deadline, clock=self.clock, sleep=self.sleep):
                return line[position:]
            await self._look_at([source], report)
        return []

    async def _begin_one(self, source: Source) -> datetime | None:
        """Take a turn at the host of a source, or return when to try again."""
        waits = await self._begin([source], [source], now=self.clock())
        return waits.get(self._host_of(source))

    async def _look_at(self, sources: Sequence[Source], report: Report) -> None:
        waiting = iter(sources)

        async def work() -> None:
            for source in waiting:
                try:
                    async with self._turns:
                        report(await self._poll_safely(source))
                finally:
                    self._under_way.pop(source.id, None)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.workers, len(sources))):
                    group.create_task(work())
        finally:
            # Broken off: what nobody came to is due again, and would otherwise be taken for under way for ever.
            for source in waiting:
                self._under_way.pop(source.id, None)

    async def _poll_safely(self, source: Source) -> PollResult:
        try:
            return await self._poll(source)
        except Exception:
            log.exception("source not polled", extra={"source": source.name})
        try:
            return await self._record_failure(source, Failure(reason=OUR_ERROR, cause=Cause.BROKEN), ())
        except Exception:
            # The database itself, as a rule. Raised further, it would end the poll of all the others.
            log.exception("failure not recorded", extra={"source": source.name})
            return NotHeard(source=source, reason=OUR_ERROR)

    async def _poll(self, source: Source) -> PollResult:
        result = await self.fetcher.fetch(
            FetchRequest(url=source.url, etag=source.etag, last_modified=source.last_modified)
        )
        said = said_by(source.url, result, self.manners)
        match result:
            case Fetched():
                return await self._read(source, result, said)
            case NotModified():
                return await self._take(source, (), answer_of_unmodified(source, result), said)
            case FetchFailed():
                return await self._record_failure(source, failure_of(source.url, result, self.manners), said)
            case _:
                assert_never(result)

    async def _read(self, source: Source, fetched: Fetched, said: Iterable[HostSaid]) -> PollResult:
        body_hash = hash_of(source.community, fetched)
        if body_hash == source.body_hash:
            # A server that keeps no validators sends the same body again: its posts are stored already.
            return await self._take(source, (), answer_of_read(fetched, body_hash, None), said)
        parsed = await self.parser.parse(
            fetched.body,
            fetched.content_type,
            fetched.final_url,
            source.community,
            now=self.clock(),
            marks=source.marks,
        )
        match parsed:
            case Parsed(posts=posts, more=more, pause_seconds=pause, kept=kept):
                answer = answer_of_read(fetched, body_hash, parsed)
                if pause:
                    said = pausing(said, self.manners.paced_host_of(fetched.final_url), seconds=pause)
                return await self._take(source, posts, answer, said, more=more, kept=kept)
            case ParseFailed(reason=reason):
                return await self._record_failure(source, Failure(reason=reason, cause=Cause.BROKEN), said)
            case _:
                assert_never(parsed)

    async def _take(
        self,
        source: Source,
        posts: tuple[Post, ...],
        answer: Answer,
        said: Iterable[HostSaid],
        *,
        more: bool | None = None,
        kept: int = 0,
    ) -> PollResult:
        def settle(tx: Tx, brought: Brought, at: datetime) -> None:
            harvest = replace(brought.harvest, more=more, carried=brought.harvest.carried + kept)
            settle_heard(tx, source, answer, harvest, said, at=at)

        brought = await self.intake.take(source, posts, settle=settle)
        return Heard(source=source, posts=brought.harvest.carried + kept, news=brought.news, mentions=brought.mentions)

    async def _record_failure(self, source: Source, failure: Failure, said: Iterable[HostSaid]) -> NotHeard:
        log.warning("source not heard", extra={"source": source.name, "reason": failure.reason})
        at = self.clock()
        await self.db.transact(lambda tx: settle_failed(tx, source, failure, said, at=at))
        return NotHeard(source=source, reason=failure.reason)
