"""What runs in the worker process: bodies in, posts out as rows. Only the worker imports it, and what it needs."""

import gc
import os
import resource
import signal
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from feeds.entry import NotAFeedError
from feeds.identity.posts import posts_from
from feeds.parsing.parse import parse_feed
from feeds.parsing.parsed import TOO_MUCH_MEMORY, Answer, Body, Parsed, ParseFailed, ParseResult, row_of

NICENESS: Final = 5


def read_bodies(bodies: Iterable[Body]) -> list[Answer]:
    """Parse each body, one after the other."""
    return [_answer(parse_body(*body)) for body in bodies]


def _answer(result: ParseResult) -> Answer:
    if isinstance(result, ParseFailed):
        return result
    return replace(result, posts=()), [row_of(post) for post in result.posts]


def parse_body(body: bytes, content_type: str, url: str, community: str, now: datetime | None) -> ParseResult:
    """Parse and identify; never raises."""
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


def limit(memory_bytes: int) -> None:
    """Limit this process: its memory, and its share of the processor beside the clicks."""
    # Ctrl-C goes to the whole terminal; the parent decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    # What was imported stays; to look through it again and again for what nobody needs any more finds nothing.
    gc.freeze()
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (OSError, ValueError):
        # macOS has no /proc and does not keep this limit; the time limit stays.
        pass
