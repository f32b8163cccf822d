"""Bytes in, entries out; feedparser is the authority, and this is the only module that knows it."""

import calendar
import io
import json
import logging
import re
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import feedparser

from feeds.entry import MAX_ENTRIES, Entry, NotAFeedError, ParsedFeed, believable
from feeds.hn_algolia import is_hn_search, parse_hn_search
from feeds.jsonfeed import is_json_feed, parse_json_feed
from feeds.links import is_web, joined
from feeds.text import as_written, from_html, one_line, page_title, plain, unescaped

log = logging.getLogger(__name__)

HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
# How much of a summary must stand in the content before it counts as its beginning.
TELLING_CHARACTERS: Final = 80
PERIODS: Final = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}

_TAG = re.compile(r"<[a-zA-Z/!]")
# CDATA sections are matched first, and kept: an ampersand is an ordinary character there.
_BARE_AMPERSAND = re.compile(
    rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#\d+;|#[xX][0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)", re.DOTALL
)
# References to surrogates are no characters, so no parser takes them; an emoji written as two of them is common.
_SURROGATES = re.compile(rb"(?:&#(?:5[5-7]\d{3}|[xX][dD][89a-fA-F][0-9a-fA-F]{2});)+")
_CHARSET = re.compile(r"charset\s*=", re.IGNORECASE)
_DECLARED = re.compile(rb"^<\?xml[^>]*\bencoding\s*=", re.IGNORECASE)


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Return what a body fetched from `url` says; NotAFeedError if it is none.

    `content_type` is the whole header. One unreadable entry is skipped and counted, never more.
    """
    body = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if body[:1] in (b"{", b"["):
        return _parse_json(body, url)
    return _parse_xml(body, content_type, url)


def _parse_json(body: bytes, url: str) -> ParsedFeed:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(f"{_host(url)} answers with broken JSON") from error
    if isinstance(document, dict) and is_hn_search(document):
        return parse_hn_search(document, url)
    if isinstance(document, dict) and is_json_feed(document):
        return parse_json_feed(document, url)
    raise NotAFeedError(f"{_host(url)} answers with JSON that is no feed")


def _parse_xml(body: bytes, content_type: str, url: str) -> ParsedFeed:
    if not body:
        raise NotAFeedError(f"{_host(url)} answers with nothing at all")
    document = _read(body, content_type)
    feed, version = dict(document["feed"]), str(document["version"])
    if not version and not document["entries"]:
        raise NotAFeedError(_what_it_is(body, url))
    site = joined(url, str(feed.get("link") or ""))
    entries: list[Entry] = []
    for raw in document["entries"][:MAX_ENTRIES]:
        try:
            entries.append(_entry(dict(raw), url, is_rss=not version.startswith("atom")))
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            log.info("feed entry skipped", extra={"host": _host(url), "error": repr(error)})
    return ParsedFeed(
        title=one_line(from_html(str(feed.get("title") or ""))),
        link=site if is_web(site) else "",
        entries=tuple(entries),
        skipped=len(document["entries"]) - len(entries),
        ttl_seconds=_ttl(feed),
    )


def _read(body: bytes, content_type: str) -> dict[str, Any]:
    """Return what feedparser makes of `body`.

    Its lenient parser turns a bare `AT&T` into `AT&T;`, and gives up at half an emoji (`&#55357;`). With both mended,
    such a body is often well-formed and read strictly.
    """
    header = _charset_header(body, content_type)
    whole = _SURROGATES.sub(_joined, body)
    document = _parsed(whole, header)
    if document["bozo"]:
        mended = _BARE_AMPERSAND.sub(lambda found: found.group(1) or b"&amp;", whole)
        document = _parsed(mended, header) if mended != whole else document
    return document


def _joined(found: re.Match[bytes]) -> bytes:
    """Return a run of references to halves of characters as references to whole ones, U+FFFD for those left over."""
    numbers = [number.removeprefix("&#") for number in found.group().decode("ascii").split(";") if number]
    halves = [int(number[1:], 16) if number[0] in "xX" else int(number) for number in numbers]
    units = b"".join(half.to_bytes(2, "little") for half in halves)
    return units.decode("utf-16-le", "replace").encode("ascii", "xmlcharrefreplace")


def _parsed(body: bytes, header: dict[str, str]) -> dict[str, Any]:
    # Wrapped in BytesIO because feedparser opens bare strings and bytes as URLs or local files.
    document: dict[str, Any] = feedparser.parse(
        io.BytesIO(body), response_headers=header, sanitize_html=False, resolve_relative_uris=False
    )
    return document


def _charset_header(body: bytes, content_type: str) -> dict[str, str]:
    """Return the header for feedparser only where the body leaves its encoding open.

    By RFC 7303 the header wins over the XML declaration. In practice the header is a server's default, and wrong
    more often than what the writer of the feed declared, or than bytes that are valid UTF-8.
    """
    if not _CHARSET.search(content_type) or _DECLARED.match(body) or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return {}
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return {"content-type": content_type}
    return {}


def _what_it_is(body: bytes, url: str) -> str:
    said = page_title(body[:200_000].decode("utf-8", "replace"))
    return (
        f"{_host(url)} answers with a page that says “{said}”"
        if said
        else f"{_host(url)} gives something else than a feed"
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the server"


def _entry(raw: dict[str, Any], url: str, *, is_rss: bool) -> Entry:
    guid = as_written(str(raw.get("id") or ""))
    entry = Entry(
        id=guid,
        link=as_written(_link(raw, guid, url)),
        title=_title(raw, is_rss=is_rss),
        text=_text(raw),
        author=_author(raw),
        comments=as_written(str(raw.get("comments") or "")),
        published_at=_date(raw),
    )
    if not (entry.id or entry.link or entry.title or entry.text):
        raise ValueError("an entry without id, address, title and text")
    return entry


def _link(raw: dict[str, Any], guid: str, url: str) -> str:
    """Return where the entry can be read; Apple's reviews, for one, have a related link and no other."""
    # FeedBurner puts its counter into the link and keeps the real one beside it.
    link = str(raw.get("feedburner_origlink") or raw.get("link") or "").strip()
    # Without an alternate link feedparser takes the id for one, even if it is a mere number.
    if not link or (link == guid and not is_web(link)):
        links = {str(link.get("rel")): str(link.get("href") or "").strip() for link in raw.get("links") or ()}
        link = links.get("alternate") or links.get("related") or (guid if is_web(guid) else "")
    return joined(url, link) if link else ""


def _title(raw: dict[str, Any], *, is_rss: bool) -> str:
    title = str(raw.get("title") or "")
    if (raw.get("title_detail") or {}).get("type") in HTML_TYPES:
        return one_line(from_html(title))
    # RSS does not say whether its titles are escaped; WordPress and others escape them twice.
    return one_line(unescaped(title) if is_rss else title)


def _text(raw: dict[str, Any]) -> str:
    """Return everything the entry says: all contents, and the summary unless it only repeats their beginning."""
    parts = [(str(part.get("value") or ""), part.get("type")) for part in raw.get("content") or ()]
    parts.append((str(raw.get("summary") or ""), (raw.get("summary_detail") or {}).get("type")))
    texts: list[str] = []
    for value, kind in parts:
        text = _plain(value, kind)
        beginning = text[:TELLING_CHARACTERS].rstrip(" .…[]")
        if text and not any(beginning in other for other in texts):
            texts.append(text)
    return plain("\n\n".join(texts))


def _plain(value: str, kind: str | None) -> str:
    if kind == "text/plain":
        return plain(value)
    # Many writers send plain lines where HTML is meant; their line breaks are all the layout there is.
    return from_html(value) if _TAG.search(value) else plain(unescaped(value))


def _author(raw: dict[str, Any]) -> str:
    name = (raw.get("author_detail") or {}).get("name") or raw.get("author") or ""
    return one_line(unescaped(str(name)), limit=100)


def _date(raw: dict[str, Any]) -> datetime | None:
    for name in ("published_parsed", "created_parsed", "updated_parsed"):
        if raw.get(name):
            try:
                return believable(datetime.fromtimestamp(calendar.timegm(raw[name]), UTC))
            except (OverflowError, ValueError, OSError, TypeError):
                continue
    return None


def _ttl(feed: dict[str, Any]) -> int | None:
    """Return the pause a feed asks for: `ttl` in minutes (RSS 2.0), or the syndication module's update period."""
    minutes = str(feed.get("ttl") or "").strip()
    if minutes.isdecimal():
        return int(minutes[:6]) * 60 or None
    period = PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    times = str(feed.get("sy_updatefrequency") or "1").strip()
    return max(60, period // int(times[:6])) if period and times.isdecimal() and int(times[:6]) else None
