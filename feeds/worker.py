"""Parsing away from the event loop: one worker process with a time limit and a memory limit."""

import logging
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar

import anyio
import anyio.to_process

from engagement.post import Post
from feeds.credentials import without_secrets
from feeds.entry import NotAFeedError
from feeds.links import host_of
from feeds.parse import parse_feed
from feeds.posts import posts_from

log = logging.getLogger(__name__)

# Goes up with every change after which the same body may give other posts: what was read before is then read again.
PARSER_VERSION: Final = 1

PARSE_SECONDS: Final = 20.0
# Starting the worker is not the feed's fault: on a busy small machine it takes seconds.
START_SECONDS: Final = 60.0
# On top of what the worker takes when it starts.
MEMORY_BYTES: Final = 1024 * 1024 * 1024
NICENESS: Final = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a body said. `skipped` counts unreadable entries; `ttl_seconds` is the pause the feed asks for, if any.

    `more` says whether there is more than the body carries, None if it does not say; `pause_seconds` is how long an API
    wants to be left alone altogether, which is an order where `ttl_seconds` is a hint.
    """

    posts: tuple[Post, ...]
    title: str
    skipped: int = 0
    ttl_seconds: int | None = None
    more: bool | None = None
    pause_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    """A body said nothing we understand; `reason` is a sentence for people, without a full stop."""

    reason: str


ParseResult = Parsed | ParseFailed


class Parser:
    """Parse bodies in a worker process, one at a time. A body that breaks the worker costs its own source one failure.

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

    async def parse(
        self, body: bytes, content_type: str, url: str, community: str = "", *, now: datetime | None = None
    ) -> ParseResult:
        """Return the posts of `body`, fetched from `url`, or why there are none.

        `content_type` is the whole header; `community` names the community of posts whose address names none; with
        `now`, dates in the future become `now`. A secret in `url` gets into no link and no key.
        """
        url = without_secrets(url)
        task = partial(_work, self._memory_bytes, body, content_type, url, community, now)
        # Waiting for the turn is no part of the time limit.
        async with self._turn:
            answer = await self._run(task)
        if isinstance(answer, ParseFailed):
            log.info("feed not parsed", extra={"host": host_of(url), "reason": answer.reason})
            return answer
        result, rows = answer
        return replace(result, posts=tuple(map(_post, rows)))

    async def _run(self, task: Callable[[], T]) -> T | ParseFailed:
        try:
            try:
                return await self._ask(task)
            except anyio.BrokenWorkerProcess:
                # It may have died before it was asked, which is not the fault of this body. If it is, it dies again.
                return await self._ask(task)
        except TimeoutError:
            reason = f"reading the feed took longer than {self._seconds:g} seconds"
        except anyio.BrokenWorkerProcess:
            reason = "reading the feed crashed the reader"
        except MemoryError:
            reason = _TOO_MUCH_MEMORY
        return ParseFailed(reason=reason)

    async def _ask(self, task: Callable[[], T]) -> T:
        if not self._ready:
            start = partial(_limit, self._memory_bytes)
            with anyio.fail_after(START_SECONDS):
                await anyio.to_process.run_sync(start, cancellable=True, limiter=self._limiter)
        # Until it has answered, nobody knows whether it still stands.
        self._ready = False
        with anyio.fail_after(self._seconds):
            answer = await anyio.to_process.run_sync(task, cancellable=True, limiter=self._limiter)
        self._ready = True
        return answer


def _work(
    memory_bytes: int, body: bytes, content_type: str, url: str, community: str, now: datetime | None
) -> ParseFailed | tuple[Parsed, list[tuple[Any, ...]]]:
    """Parse in the worker. Posts travel as rows, since to pickle a frozen dataclass with slots takes twice the time."""
    # Again, because anyio replaces a worker that died while it had nothing to do.
    _limit(memory_bytes)
    result = parse_body(body, content_type, url, community, now)
    if isinstance(result, ParseFailed):
        return result
    return replace(result, posts=()), [_row(post) for post in result.posts]


def parse_body(body: bytes, content_type: str, url: str, community: str, now: datetime | None) -> ParseResult:
    """Parse and identify; this is what runs in the worker, so only plain data goes in and out. Never raises."""
    try:
        parsed = parse_feed(body, content_type, url)
        posts = posts_from(parsed, url, community, now=now)
    except NotAFeedError as error:
        return ParseFailed(reason=str(error))
    except MemoryError:
        return ParseFailed(reason=_TOO_MUCH_MEMORY)
    except RecursionError:
        return ParseFailed(reason="the feed is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 feedparser and the parsers below it raise whatever they meet in a body
        return ParseFailed(reason=f"the feed cannot be read ({type(error).__name__})")
    return Parsed(
        posts=tuple(posts),
        title=parsed.title,
        skipped=parsed.skipped,
        ttl_seconds=parsed.ttl_seconds,
        more=parsed.more,
        pause_seconds=parsed.pause_seconds,
    )


_TOO_MUCH_MEMORY: Final = "reading the feed takes more memory than it may"
_FIELDS: Final = tuple(field.name for field in fields(Post))
_row: Final[Callable[[Post], tuple[Any, ...]]] = attrgetter(*_FIELDS)
_limited = False


def _post(row: tuple[Any, ...]) -> Post:
    return Post(**dict(zip(_FIELDS, row, strict=True)))


def _limit(memory_bytes: int) -> None:
    """Limit this worker, once: its memory, and its share of the processor beside the clicks."""
    global _limited  # noqa: PLW0603 the limits belong to the process, and so does this
    if _limited:
        return
    # Ctrl-C goes to the whole terminal; the parent decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (OSError, ValueError):
        # macOS has no /proc and does not keep this limit; the time limit stays.
        pass
    _limited = True
