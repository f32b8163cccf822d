"""The articles of dev.to and of every other Forem (https://developers.forem.com/api)."""

from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import are_objects, feed_of, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import host_of, joined
from feeds.text import as_name, from_html, one_line, plain


def reads(document: object, url: str) -> bool:
    """Say whether a document is a list of articles."""
    is_known = bool(document) or host_of(url) == "dev.to"
    return is_known and isinstance(document, list) and are_objects(document, "title", "user", "url", "type_of")


def parse(document: list[Any], url: str) -> ParsedFeed:
    """Return the articles; a list carries their beginning only."""
    return feed_of(document, _entry, title=host_of(url), link=joined(url, "/"))


def _entry(article: Mapping[str, Any]) -> Entry:
    address = needed(text(article, "url"))
    return Entry(
        id=address,
        link=address,
        title=one_line(text(article, "title")),
        text=from_html(text(article, "body_html")) or plain(text(article, "description")),
        author=as_name(text(article, "user", "username")),
        score=number(article, "public_reactions_count"),
        published_at=from_iso(article.get("published_at")),
    )
