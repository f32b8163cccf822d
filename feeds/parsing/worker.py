"""Parsing away from the event loop: one worker process with a time limit and a memory limit."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Final, Self

from engagement.dataclass import dataclass
from feeds.links import host_of
from feeds.parsing.packing import Packed, unpacked
from feeds.parsing.parsed import TOO_MUCH_MEMORY, Body, ParseFailed, ParseResult
from feeds.parsing.process import WorkerDiedError, WorkerProcess
from feeds.parsing.serving import prepare, read
from feeds.secrets import without_secrets

log = logging.getLogger(__name__)

PARSE_SECONDS: Final = 20.0
# Starting the worker is not the feed's fault: on a busy small machine it takes seconds.
START_SECONDS: Final = 60.0
# On top of what the worker takes when it starts.
MEMORY_BYTES: Final = 1024 * 1024 * 1024
# What waits goes to the worker in one trip, which costs about as much as parsing a small feed: so many bodies at most,
# and no further one once there are so many bytes.
BODIES_A_TRIP: Final = 8
BYTES_A_TRIP: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A body that waits for the worker, and where its answer goes."""

    body: Body
    answer: asyncio.Future[Packed]


class Parser:
    """Parse bodies in a worker process. A body that breaks the worker costs its own source one failure.

    The process starts with the first body and ends with the `async with` block, at the latest with us.
    """

    def __init__(self, *, seconds: float = PARSE_SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._worker = WorkerProcess(partial(prepare, memory_bytes))
        self._waiting: deque[_Job] = deque()
        self._travelling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._travelling:
            # First, or it would start another process for what it has under way.
            self._travelling.cancel()
            await asyncio.gather(self._travelling, return_exceptions=True)
            self._send_away()
        self._worker.stop()

    async def parse(
        self,
        body: bytes,
        content_type: str,
        url: str,
        community: str = "",
        *,
        now: datetime | None = None,
        marks: str = "",
    ) -> ParseResult:
        """Return the posts of `body`, fetched from `url`, or why there are none.

        `content_type` is the whole header; `community` names the community of posts whose address names none; with
        `now`, dates in the future become `now`. Entries behind the `marks` of the body before are left out, unless they
        have changed. A secret in `url` gets into no link and no key.
        """
        url = without_secrets(url)
        loop = asyncio.get_running_loop()
        job = _Job(Body(body, content_type, url, community, now, marks), loop.create_future())
        self._waiting.append(job)
        if self._travelling is None or self._travelling.done():
            self._travelling = loop.create_task(self._travel())
        answer = await job.answer
        if isinstance(answer, ParseFailed):
            log.info("feed not parsed", extra={"host": host_of(url), "reason": answer.reason})
        return unpacked(answer)

    async def _travel(self) -> None:
        """Have all that waits read, trip after trip."""
        jobs: list[_Job] = []
        try:
            while self._waiting:
                jobs = self._next_trip()
                for job, answer in zip(jobs, await self._read([job.body for job in jobs]), strict=True):
                    if not job.answer.done():
                        job.answer.set_result(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits is told
            for job in (*jobs, *self._waiting):
                if not job.answer.done():
                    job.answer.set_exception(error)
        finally:
            self._waiting.extendleft(jobs)
            self._send_away()

    def _send_away(self) -> None:
        """Leave nobody waiting for what will never come."""
        for job in self._waiting:
            job.answer.cancel()
        self._waiting.clear()

    def _next_trip(self) -> list[_Job]:
        jobs: list[_Job] = []
        size = 0
        while self._waiting and len(jobs) < BODIES_A_TRIP and size < BYTES_A_TRIP:
            job = self._waiting.popleft()
            # Who was broken off meanwhile wants nothing any more.
            if not job.answer.done():
                jobs.append(job)
                size += len(job.body.content)
        return jobs

    async def _read(self, bodies: Sequence[Body]) -> list[Packed]:
        """Return the answers of all bodies. If they break the worker together, each has to show what it does alone."""
        answers = await self._run(partial(read, bodies))
        if not isinstance(answers, ParseFailed):
            return answers
        if len(bodies) == 1:
            return [answers]
        return [answer for body in bodies for answer in await self._read([body])]

    async def _run(self, task: Callable[[], list[Packed]]) -> list[Packed] | ParseFailed:
        try:
            try:
                return await self._ask(task)
            except WorkerDiedError:
                # It may have died before it was asked, which is nobody's fault here. If it is, it dies again.
                return await self._ask(task)
        except TimeoutError:
            reason = f"reading the feed took longer than {self._seconds:g} seconds"
        except WorkerDiedError:
            reason = "reading the feed crashed the reader"
        except MemoryError:
            reason = TOO_MUCH_MEMORY
        return ParseFailed(reason=reason)

    async def _ask(self, task: Callable[[], list[Packed]]) -> list[Packed]:
        if not self._worker.is_running:
            async with asyncio.timeout(START_SECONDS):
                await self._worker.start()
        async with asyncio.timeout(self._seconds):
            return await self._worker.run(task)
