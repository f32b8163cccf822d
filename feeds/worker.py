"""Parsing away from the event loop: one worker process with a time limit and a memory limit."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, TypeVar

import anyio
import anyio.to_process

from feeds.credentials import without_secrets
from feeds.links import host_of
from feeds.parsed import TOO_MUCH_MEMORY, ParseFailed, ParseResult, post_of

if TYPE_CHECKING:
    from feeds.reading import Answer

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

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Job:
    """A body that waits for the worker, and its answer."""

    body: tuple[bytes, str, str, str, datetime | None]
    answer: "Answer | None" = None


class Parser:
    """Parse bodies in a worker process. A body that breaks the worker costs its own source one failure.

    The process starts with the first body, and ends with the event loop or with us, whichever comes first. It imports
    the program's main module (anyio does), so that module must be cheap to import.
    """

    def __init__(self, *, seconds: float = PARSE_SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._turn = anyio.Lock()
        # anyio's own limiter admits as many workers as there are cores.
        self._limiter = anyio.CapacityLimiter(1)
        self._ready = False
        self._waiting: dict[_Job, None] = {}

    async def parse(
        self, body: bytes, content_type: str, url: str, community: str = "", *, now: datetime | None = None
    ) -> ParseResult:
        """Return the posts of `body`, fetched from `url`, or why there are none.

        `content_type` is the whole header; `community` names the community of posts whose address names none; with
        `now`, dates in the future become `now`. A secret in `url` gets into no link and no key.
        """
        url = without_secrets(url)
        job = _Job((body, content_type, url, community, now))
        self._waiting[job] = None
        try:
            # Waiting for the turn is no part of the time limit.
            async with self._turn:
                while job.answer is None:
                    await self._make_a_trip()
        finally:
            self._waiting.pop(job, None)
        if isinstance(job.answer, ParseFailed):
            log.info("feed not parsed", extra={"host": host_of(url), "reason": job.answer.reason})
            return job.answer
        result, rows = job.answer
        return replace(result, posts=tuple(map(post_of, rows)))

    async def _make_a_trip(self) -> None:
        """Have the first of those that wait read, those of others as well: they find their answer at their turn."""
        jobs = _first_of(self._waiting)
        for job, answer in zip(jobs, await self._read([job.body for job in jobs]), strict=True):
            job.answer = answer
            self._waiting.pop(job, None)

    async def _read(self, bodies: Sequence["tuple[Any, ...]"]) -> "list[Answer]":
        """Return the answers of all bodies. If they break the worker together, each has to show what it does alone."""
        answers = await self._run(partial(_work, bodies, self._memory_bytes), is_alone=len(bodies) == 1)
        if not isinstance(answers, ParseFailed):
            return answers
        if len(bodies) == 1:
            return [answers]
        return [answer for body in bodies for answer in await self._read([body])]

    async def _run(self, task: Callable[[], T], *, is_alone: bool = True) -> T | ParseFailed:
        try:
            try:
                return await self._ask(task)
            except anyio.BrokenWorkerProcess:
                if not is_alone:
                    raise
                # It may have died before it was asked, which is not the fault of this body. If it is, it dies again.
                return await self._ask(task)
        except TimeoutError:
            reason = f"reading the feed took longer than {self._seconds:g} seconds"
        except anyio.BrokenWorkerProcess:
            reason = "reading the feed crashed the reader"
        except MemoryError:
            reason = TOO_MUCH_MEMORY
        return ParseFailed(reason=reason)

    async def _ask(self, task: Callable[[], T]) -> T:
        if not self._ready:
            start = partial(_work, (), self._memory_bytes)
            with anyio.fail_after(START_SECONDS):
                await anyio.to_process.run_sync(start, cancellable=True, limiter=self._limiter)
        # Until it has answered, nobody knows whether it still stands.
        self._ready = False
        with anyio.fail_after(self._seconds):
            answer = await anyio.to_process.run_sync(task, cancellable=True, limiter=self._limiter)
        self._ready = True
        return answer


def _first_of(waiting: Iterable[_Job]) -> list[_Job]:
    jobs = list(waiting)[:BODIES_A_TRIP]
    before = accumulate((len(job.body[0]) for job in jobs), initial=0)
    return [job for job, size in zip(jobs, before, strict=False) if size < BYTES_A_TRIP]


def _work(bodies: "Sequence[tuple[Any, ...]]", memory_bytes: int) -> "list[Answer]":
    from feeds.reading import Body, read_bodies  # noqa: PLC0415 - only the worker parses, and we start the sooner

    return read_bodies([Body(*body) for body in bodies], memory_bytes)
