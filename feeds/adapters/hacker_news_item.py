"""A whole thread of Hacker News, as Algolia keeps it (https://hn.algolia.com/api): an item, and all that answers it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin

from engagement.sites import belongs_to
from feeds.adapters.hacker_news import ALGOLIA, SITE
from feeds.adapters.members import DELETED, feed_of, listed, number, text
from feeds.entry import Entry, ParsedFeed, from_epoch, from_iso
from feeds.links import host_of
from feeds.text import as_name, from_html, one_line, unescaped

MEMBERS: Final = frozenset({"id", "type", "author", "children", "parent_id"})


def reads(document: object, _url: str) -> bool:
    """Say whether a document is one item with its answers."""
    return isinstance(document, dict) and document.keys() >= MEMBERS and isinstance(document["children"], list)


def parse(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return the item and everything below it, each behind what it answers."""
    site = SITE if belongs_to(host_of(url), ALGOLIA) else urljoin(url, "/")
    title = one_line(unescaped(text(document, "title")))
    story = number(document, "story_id") or number(document, "id")
    return feed_of(
        list(_below(document)),
        lambda item: _entry(item, site, title=title, story=story),
        title=title or "Hacker News",
        link=site,
    )


def _below(document: Mapping[str, Any]) -> Iterator[Any]:
    """Give an item and all its answers; not by recursion, since nobody says how deep a thread is."""
    waiting: list[Any] = [document]
    for item in waiting:
        yield item
        waiting += listed(item, "children")


def _entry(item: Mapping[str, Any], site: str, *, title: str, story: int | None) -> Entry:
    name, parent = number(item, "id"), number(item, "parent_id")
    if not name or not story:
        raise ValueError("an item without a number")
    link = urljoin(site, f"item?id={name}")
    author = text(item, "author")
    body = from_html(text(item, "text"))
    return Entry(
        id=link,
        link=link,
        title=one_line(unescaped(text(item, "title"))) or title,
        # Deleted comments stay where they stood, with nobody's name and no words.
        text=body if author or body else DELETED,
        author=as_name(author),
        thread=f"hn:{story}",
        parent=f"hn:{parent}" if parent else "",
        score=number(item, "points"),
        published_at=from_epoch(item.get("created_at_i")) or from_iso(item.get("created_at")),
    )
