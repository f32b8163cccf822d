"""Hacker News through Algolia's search (https://hn.algolia.com/api): the one keyless search that knows threads."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin

from engagement.sites import belongs_to
from feeds.adapters.members import are_objects, feed_of, number, text
from feeds.entry import Entry, ParsedFeed, from_epoch, from_iso
from feeds.links import host_of
from feeds.text import as_name, from_html, one_line, unescaped

SITE: Final = "https://news.ycombinator.com/"
ALGOLIA: Final = "algolia.com"


def reads(document: object, _url: str) -> bool:
    """Say whether a document is a page of search results."""
    return isinstance(document, dict) and are_objects(document.get("hits"), "objectID")


def parse(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return the stories and comments found; a hit without a number is skipped and counted.

    Items stand on Hacker News; where the search itself stands elsewhere than at Algolia, on that mirror's host.
    """
    site = SITE if belongs_to(host_of(url), ALGOLIA) else urljoin(url, "/")
    page, pages = number(document, "page"), number(document, "nbPages")
    return feed_of(
        document["hits"],
        lambda hit: _entry(hit, site),
        title=one_line(f"Hacker News: {text(document, 'query') or 'search'}"),
        link=site,
        more=None if page is None or pages is None else page + 1 < pages,
    )


def _entry(hit: Mapping[str, Any], site: str) -> Entry:
    name = int(text(hit, "objectID"))
    parent, story = number(hit, "parent_id"), number(hit, "story_id")
    # The text of comments, and of stories that are no link; Algolia escapes both as HTML.
    body = text(hit, "comment_text") or text(hit, "story_text")
    title = text(hit, "title") or text(hit, "story_title")
    return Entry(
        # The same on every mirror, so that what stands under an item finds it there as well.
        id=urljoin(SITE, f"item?id={name}"),
        link=urljoin(site, f"item?id={name}"),
        title=one_line(unescaped(title)),
        text=from_html(body),
        author=as_name(text(hit, "author")),
        thread=f"hn:{story}" if story else "",
        parent=f"hn:{parent}" if parent else "",
        score=number(hit, "points"),
        published_at=from_epoch(hit.get("created_at_i")) or from_iso(hit.get("created_at")),
    )
