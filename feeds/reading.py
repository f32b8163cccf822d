"""What runs in the worker process: bodies in, posts out as rows. Only the worker imports it, and what it needs."""

import os
import resource
import signal
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from feeds.entry import NotAFeedError
from feeds.parse import parse_feed
from feeds.parsed import TOO_MUCH_MEMORY, Parsed, ParseFailed, ParseResult, Row, row_of
from feeds.posts import posts_from

NICENESS: Final = 5


class Body(NamedTuple):
    """What is sent to the worker. `content_type` is the whole header; with `now`, no date lies after it."""

    content: bytes
    content_type: str
    url: str
    community: str
    now: datetime | None


Answer = ParseFailed | tuple[Parsed, list[Row]]

_limited = False


def read_bodies(bodies: Iterable[Body], memory_bytes: int) -> list[Answer]:
    """Parse each body, within the limits of a worker."""
    # Each time, because anyio replaces a worker that died while it had nothing to do.
    _limit(memory_bytes)
    return [_answer(parse_body(*body)) for body in bodies]


def _answer(result: ParseResult) -> Answer:
    if isinstance(result, ParseFailed):
        return result
    return replace(result, posts=()), [row_of(post) for post in result.posts]


def parse_body(body: bytes, content_type: str, url: str, community: str, now: datetime | None) -> ParseResult:
    """Parse and identify; Never raises."""
    try:
        parsed = parse_feed(body, content_type, url)
        posts = posts_from(parsed, url, community, now=now)
    except NotAFeedError as error:
        return ParseFailed(reason=str(error))
    except MemoryError:
        return ParseFailed(reason=TOO_MUCH_MEMORY)
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
