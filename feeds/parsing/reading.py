"""What runs in the worker process: bodies in, posts out. Only the worker imports it, and what it needs."""

import gc
import os
import resource
import signal
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from feeds.entry import NotAFeedError, ParsedFeed
from feeds.identity.posts import Identified, identified
from feeds.parsing.marks import Cut, News, cut, marks_of, may_be_one, news_in
from feeds.parsing.parse import parse_feed
from feeds.parsing.parsed import (
    PARSER_VERSION,
    TOO_MUCH_MEMORY,
    Body,
    Parsed,
    ParseFailed,
    ParseResult,
)

NICENESS: Final = 5
Read = Callable[[bytes], tuple[ParsedFeed, Identified]]


def read_bodies(bodies: Iterable[Body]) -> list[ParseResult]:
    """Parse each body, one after the other."""
    return [parse_body(*body) for body in bodies]


def parse_body(
    body: bytes, content_type: str, url: str, community: str, now: datetime | None, marks: str = ""
) -> ParseResult:
    """Parse and identify what is not marked as read before; never raises."""

    def read(content: bytes) -> tuple[ParsedFeed, Identified]:
        parsed = parse_feed(content, content_type, url)
        return parsed, identified(parsed, url, community, now=now)

    try:
        pieces = cut(body, f"{PARSER_VERSION} {content_type} {url} {community}")
        news = news_in(pieces, marks) if pieces and marks else None
        return (_read_news(read, pieces, news) if pieces and news else None) or _read_all(read, pieces, body)
    except NotAFeedError as error:
        return ParseFailed(reason=str(error))
    except MemoryError:
        return ParseFailed(reason=TOO_MUCH_MEMORY)
    except RecursionError:
        return ParseFailed(reason="the feed is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 feedparser and the parsers below it raise whatever they meet in a body
        return ParseFailed(reason=f"the feed cannot be read ({type(error).__name__})")


def _read_news(read: Read, pieces: Cut, news: News) -> Parsed | None:
    """Return the posts of what is new in a body, None if all of it has to be read."""
    try:
        parsed, found = read(news.body)
    except NotAFeedError:
        return None
    keys = [post.keys for post in found.posts]
    if not _is_usual(parsed, found, entries=news.entries):
        return None
    if news.is_known:
        return _parsed(parsed, found, kept=len(news.kept) - 1, marks=marks_of(pieces.frame, (), (), news.kept))
    if may_be_one(keys, news.kept):
        return None
    marks = marks_of(pieces.frame, news.hashes, keys, news.kept)
    return _parsed(parsed, found, kept=len(news.kept), marks=marks)


def _read_all(read: Read, pieces: Cut | None, body: bytes) -> Parsed:
    parsed, found = read(body)
    marks = ""
    if pieces and _is_usual(parsed, found, entries=len(pieces.entries)):
        marks = marks_of(pieces.frame, pieces.hashes, [post.keys for post in found.posts])
    return _parsed(parsed, found, kept=0, marks=marks)


def _is_usual(parsed: ParsedFeed, found: Identified, *, entries: int) -> bool:
    """Whether each of the `entries` that were cut out was read as one, and is a post that nothing joins to another."""
    return found.apart and not parsed.skipped and len(parsed.entries) == len(found.posts) == entries


def _parsed(parsed: ParsedFeed, found: Identified, *, kept: int, marks: str) -> Parsed:
    return Parsed(
        posts=tuple(found.posts),
        title=parsed.title,
        skipped=parsed.skipped,
        ttl_seconds=parsed.ttl_seconds,
        more=parsed.more,
        pause_seconds=parsed.pause_seconds,
        kept=kept,
        marks=marks,
    )


def limit(memory_bytes: int) -> None:
    """Limit this process: its memory, and its share of the processor beside the clicks."""
    # Ctrl-C goes to the whole terminal; the parent decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    # What was imported stays; to look through it again and again for what nobody needs any more finds nothing.
    gc.freeze()
    gc.enable()
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (OSError, ValueError):
        # macOS has no /proc and does not keep this limit; the time limit stays.
        pass
