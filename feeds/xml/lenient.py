"""XML feeds of any shape through feedparser, the authority; this is the only module that knows it."""

import calendar
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import feedparser

# There is no public name for reading one date.
from feedparser.datetimes import _parse_date

from feeds.entry import believable, readable
from feeds.xml.item import PLAIN, Document, Item, Pause
from feeds.xml.mending import with_references

ROOTS: Final = (b"rss", b"feed", b"rdf")
ENTRY_NAMES: Final = (b"item", b"entry")
# Comments of caches stand behind the last tag.
END_BYTES: Final = 1_000

_CHARSET = re.compile(r"charset\s*=", re.IGNORECASE)
_DECLARED = re.compile(rb"^<\?xml[^>]*\bencoding\s*=", re.IGNORECASE)


def read_leniently(body: bytes, content_type: str) -> Document | None:
    """Return what feedparser makes of `body`, None if that is nothing at all; `content_type` is the whole header.

    Half a character (`&#55357;`) would be the end of it, so `body` must have whole ones.
    """
    document = _read(body, content_type)
    feed, version = dict(document["feed"]), str(document["version"])
    if not version and not document["entries"]:
        return None
    is_rss = not version.startswith("atom")
    return Document(
        title=str(feed.get("title") or ""),
        link=str(feed.get("link") or ""),
        is_rss=is_rss,
        items=readable(_whole(document["entries"], body), _item),
        written=len(document["entries"]),
        author="" if is_rss else _author(feed),
        pause=Pause(*(str(feed.get(name) or "") for name in ("ttl", "sy_updateperiod", "sy_updatefrequency"))),
    )


def date_in_any_format(text: str) -> datetime | None:
    """Return the moment that a date in any of feedparser's formats names, None for anything else."""
    return _moment(_parse_date(text))


def _moment(parsed: Any) -> datetime | None:
    try:
        return believable(datetime.fromtimestamp(calendar.timegm(parsed), UTC)) if parsed else None
    except (OverflowError, ValueError, OSError, TypeError):
        return None


def _read(body: bytes, content_type: str) -> dict[str, Any]:
    """Return what feedparser makes of `body`.

    Its lenient parser turns a bare `AT&T` into `AT&T;`. With the references mended, such a body is often well-formed.
    """
    header = _charset_header(body, content_type)
    document = _parsed(body, header)
    if document["bozo"]:
        mended = with_references(body)
        document = _parsed(mended, header) if mended != body else document
    return document


def _parsed(body: bytes, header: dict[str, str]) -> dict[str, Any]:
    # Wrapped in BytesIO because feedparser opens bare strings and bytes as URLs or local files.
    document: dict[str, Any] = feedparser.parse(
        io.BytesIO(body), response_headers=header, sanitize_html=False, resolve_relative_uris=False
    )
    return document


def _whole(entries: list[Any], body: bytes) -> list[Any]:
    """Return the entries without the last one if `body` ends inside of it.

    That happens when a connection breaks off and nothing said how much there was to come. Half an entry may lack its
    id and its address, and would be another post next time.
    """
    end = body[-END_BYTES:].lower()
    if any(b"</" + root in end for root in ROOTS):
        return entries
    begun = max(body.rfind(b"<" + name) for name in ENTRY_NAMES)
    closed = max(body.rfind(b"</" + name + b">") for name in ENTRY_NAMES)
    return entries[:-1] if begun > closed else entries


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


def _item(entry: Mapping[str, Any]) -> Item:
    raw = dict(entry)
    texts = [(str(part.get("value") or ""), str(part.get("type") or "")) for part in raw.get("content") or ()]
    # Without a detail it is feedparser's copy of the content.
    if "summary_detail" in raw:
        texts.append((str(raw.get("summary") or ""), str(raw["summary_detail"].get("type") or "")))
    detail = raw.get("title_detail") or {}
    links = {str(link.get("rel")): str(link.get("href") or "").strip() for link in raw.get("links") or ()}
    dates = (_moment(raw.get(f"{name}_parsed")) for name in ("published", "created", "updated"))
    return Item(
        id=str(raw.get("id") or ""),
        link=str(raw.get("link") or ""),
        counted_link=str(raw.get("feedburner_origlink") or "").strip(),
        alternate=links.get("alternate", ""),
        related=links.get("related", ""),
        title=str(raw.get("title") or ""),
        title_type=str(detail.get("type") or PLAIN),
        texts=texts,
        author=_author(raw),
        comments=str(raw.get("comments") or ""),
        published_at=next(filter(None, dates), None),
    )


def _author(raw: Mapping[str, Any]) -> str:
    """Return whoever has a name first; else a mail address, or whatever else it says."""
    names = (str(author.get("name") or "") for author in raw.get("authors") or ())
    return next(filter(None, names), str(raw.get("author") or ""))
