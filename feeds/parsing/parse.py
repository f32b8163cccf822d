"""Bytes in, entries out: well-formed feeds by the fast way, everything else by feedparser."""

import json
from typing import Final
from urllib.parse import urlsplit

from feeds.adapters.json_feed import is_json_feed, parse_json_feed
from feeds.entry import NotAFeedError, ParsedFeed, readable
from feeds.links import is_web, joined
from feeds.text import from_html, one_line, page_title
from feeds.xml.item import Document, Pause, entry_of
from feeds.xml.mending import with_references, with_whole_characters
from feeds.xml.strict import read_strictly

# Ten times what the longest real feeds have. Each costs a hundred bytes while the feed is read.
MAX_TAGS: Final = 1_000_000
PERIODS: Final = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Return what a body fetched from `url` says; NotAFeedError if it is none.

    `content_type` is the whole header. One unreadable entry is skipped and counted, never more.
    """
    body = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body[:1] in (b"{", b"["):
        return _parse_json(body, url)
    if not body:
        raise NotAFeedError(f"{_host(url)} answers with nothing at all")
    if len(body) > MAX_TAGS and body.count(b"<") > MAX_TAGS:
        raise NotAFeedError(f"{_host(url)} answers with more markup than any feed has")
    body = with_whole_characters(body)
    document = read_strictly(body) or _read_mended(body) or _read_leniently(body, content_type)
    if document is None:
        raise NotAFeedError(_what_it_is(body, url))
    return _parsed(document, url)


def _parse_json(body: bytes, url: str) -> ParsedFeed:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"{_host(url)} answers with broken JSON") from error
    # Most installations ask one API or none.
    from feeds.adapters import read_json  # noqa: PLC0415 see above

    feed = read_json(document, url)
    if feed is None and isinstance(document, dict) and is_json_feed(document):
        feed = parse_json_feed(document, url)
    if feed:
        return feed
    raise NotAFeedError(f"{_host(url)} answers with JSON that is no feed")


def _read_mended(body: bytes) -> Document | None:
    """Read what is well-formed but for its references, which a feed in thirty gets wrong."""
    mended = with_references(body)
    return read_strictly(mended) if mended != body else None


def _read_leniently(body: bytes, content_type: str) -> Document | None:
    # To load feedparser takes as long as to read ten feeds, and most installations get along without.
    from feeds.xml.lenient import read_leniently  # noqa: PLC0415 see above

    return read_leniently(body, content_type)


def _parsed(document: Document, url: str) -> ParsedFeed:
    site = joined(url, document.link)
    entries = readable(document.items, lambda item: entry_of(item, document, url))
    return ParsedFeed(
        title=one_line(from_html(document.title)),
        link=site if is_web(site) else "",
        entries=entries,
        skipped=document.written - len(entries),
        ttl_seconds=_ttl(document.pause),
    )


def _what_it_is(body: bytes, url: str) -> str:
    said = page_title(body[:200_000].decode("utf-8", "replace"))
    return (
        f"{_host(url)} answers with a page that says “{said}”"
        if said
        else f"{_host(url)} gives something else than a feed"
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the server"


def _ttl(pause: Pause) -> int | None:
    """Return the pause a feed asks for: `ttl` in minutes (RSS 2.0), or the syndication module's update period."""
    minutes = pause.ttl.strip()
    if minutes.isdecimal():
        return int(minutes[:6]) * 60 or None
    period = PERIODS.get(pause.period.strip().lower())
    times = (pause.frequency or "1").strip()
    return max(60, period // int(times[:6])) if period and times.isdecimal() and int(times[:6]) else None
