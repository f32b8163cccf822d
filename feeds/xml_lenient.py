"""XML feeds of any shape through feedparser, the authority; this is the only module that knows it."""

import calendar
import io
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser

# There is no public name for reading one date.
from feedparser.datetimes import _parse_date

from feeds.entry import MAX_ENTRIES, believable
from feeds.xml_item import PLAIN, Document, Item

log = logging.getLogger(__name__)

# CDATA sections are matched first, and kept: an ampersand is an ordinary character there.
_BARE_AMPERSAND = re.compile(
    rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#\d+;|#[xX][0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)", re.DOTALL
)
# References to surrogates are no characters, so no parser takes them; an emoji written as two of them is common.
_SURROGATES = re.compile(rb"(?:&#(?:5[5-7]\d{3}|[xX][dD][89a-fA-F][0-9a-fA-F]{2});)+")
_CHARSET = re.compile(r"charset\s*=", re.IGNORECASE)
_DECLARED = re.compile(rb"^<\?xml[^>]*\bencoding\s*=", re.IGNORECASE)


def read_leniently(body: bytes, content_type: str) -> Document | None:
    """Return what feedparser makes of `body`, None if that is nothing at all; `content_type` is the whole header."""
    document = _read(body, content_type)
    feed, version = dict(document["feed"]), str(document["version"])
    if not version and not document["entries"]:
        return None
    return Document(
        title=str(feed.get("title") or ""),
        link=str(feed.get("link") or ""),
        is_rss=not version.startswith("atom"),
        items=[_item_or_none(raw) for raw in document["entries"][:MAX_ENTRIES]],
        written=len(document["entries"]),
        ttl=str(feed.get("ttl") or ""),
        period=str(feed.get("sy_updateperiod") or ""),
        frequency=str(feed.get("sy_updatefrequency") or ""),
    )


def date_of(text: str) -> datetime | None:
    """Return the moment that a date in any of feedparser's formats names, None for anything else."""
    return _moment(_parse_date(text))


def _moment(parsed: Any) -> datetime | None:
    try:
        return believable(datetime.fromtimestamp(calendar.timegm(parsed), UTC)) if parsed else None
    except (OverflowError, ValueError, OSError, TypeError):
        return None


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


def _item_or_none(raw: Mapping[str, Any]) -> Item | None:
    try:
        return _item(dict(raw))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        log.info("feed entry skipped", extra={"error": repr(error)})
        return None


def _item(raw: dict[str, Any]) -> Item:
    texts = [(str(part.get("value") or ""), str(part.get("type") or "")) for part in raw.get("content") or ()]
    # Without a detail it is feedparser's copy of the content.
    if "summary_detail" in raw:
        texts.append((str(raw.get("summary") or ""), str(raw["summary_detail"].get("type") or "")))
    names = [str(author.get("name") or "") for author in raw.get("authors") or ()]
    detail = raw.get("title_detail") or {}
    dates = (_moment(raw.get(f"{name}_parsed")) for name in ("published", "created", "updated"))
    return Item(
        id=str(raw.get("id") or ""),
        link=str(raw.get("link") or ""),
        counted_link=str(raw.get("feedburner_origlink") or "").strip(),
        links={str(link.get("rel")): str(link.get("href") or "").strip() for link in raw.get("links") or ()},
        title=str(raw.get("title") or ""),
        title_type=str(detail.get("type") or PLAIN),
        texts=texts,
        author=next(filter(None, names), str(raw.get("author") or "")),
        comments=str(raw.get("comments") or ""),
        published_at=next(filter(None, dates), None),
    )
