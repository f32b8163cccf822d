"""JSON Feed (https://www.jsonfeed.org/version/1.1/), which feedparser does not read."""

from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import feed_of
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import is_web, joined
from feeds.text import as_name, as_written, from_html, one_line, plain, said_once


def is_json_feed(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is a JSON Feed; several writers leave the version out."""
    version = document.get("version")
    return isinstance(document.get("items"), list) and (
        (isinstance(version, str) and "jsonfeed" in version) or isinstance(document.get("title"), str)
    )


def parse_json_feed(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return the feed in `document`; an item that is no object, or has nothing to say, is skipped and counted."""
    site = joined(url, _text(document, "home_page_url"))
    authors = _authors(document)
    return feed_of(
        document["items"],
        lambda item: _entry(item, url, authors=authors),
        title=one_line(_text(document, "title")),
        link=site if is_web(site) else "",
    )


def _entry(item: Mapping[str, Any], url: str, *, authors: str) -> Entry:
    shared = as_written(_text(item, "external_url"))
    link = as_written(_text(item, "url")) or shared
    texts = (from_html(_text(item, "content_html")), plain(_text(item, "content_text")), plain(_text(item, "summary")))
    entry = Entry(
        id=as_written(_text(item, "id")),
        link=joined(url, link) if link else "",
        title=one_line(_text(item, "title")),
        text=said_once(texts),
        author=_authors(item) or authors,
        comments=shared,
        published_at=from_iso(item.get("date_published")) or from_iso(item.get("date_modified")),
    )
    if not (entry.id or entry.link or entry.title or entry.text):
        raise ValueError("an item without id, address, title and text")
    return entry


def _text(item: Mapping[str, Any], name: str) -> str:
    """Return a member as text; ids are numbers in some feeds, which the format allows readers to accept."""
    value = item.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _authors(item: Mapping[str, Any]) -> str:
    """Return the names of version 1.1's `authors`, else that of version 1's `author`."""
    authors = item.get("authors")
    found = authors if isinstance(authors, list) and authors else [item.get("author")]
    names = [_text(author, "name") or _text(author, "url") for author in found if isinstance(author, dict)]
    return as_name(", ".join(name for name in names if name))
