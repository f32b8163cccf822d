"""Hacker News through Algolia's search (https://hn.algolia.com/api): the one keyless search that knows threads."""

import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin

from feeds.entry import MAX_ENTRIES, Entry, ParsedFeed, from_epoch, from_iso
from feeds.links import host_of
from feeds.text import from_html, one_line, unescaped

log = logging.getLogger(__name__)

SITE: Final = "https://news.ycombinator.com/"
ALGOLIA: Final = "algolia.com"


def is_hn_search(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is a page of search results."""
    hits = document.get("hits")
    return isinstance(hits, list) and all(isinstance(hit, dict) and "objectID" in hit for hit in hits)


def parse_hn_search(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return the stories and comments found; a hit without a number is skipped and counted.

    Items stand on Hacker News; where the search itself stands elsewhere than at Algolia, on that mirror's host.
    """
    site = SITE if f".{host_of(url)}".endswith(f".{ALGOLIA}") else urljoin(url, "/")
    entries = []
    for hit in document["hits"][:MAX_ENTRIES]:
        try:
            entries.append(_entry(hit, site))
        except (ValueError, TypeError) as error:
            log.info("search hit skipped", extra={"error": repr(error)})
    return ParsedFeed(
        title=one_line(f"Hacker News: {document.get('query') or 'search'}"),
        link=site,
        entries=tuple(entries),
        skipped=len(document["hits"]) - len(entries),
    )


def _entry(hit: Mapping[str, Any], site: str) -> Entry:
    number = int(hit["objectID"])
    parent, story = hit.get("parent_id"), hit.get("story_id")
    # The text of comments, and of stories that are no link; Algolia escapes both as HTML.
    body = hit.get("comment_text") or hit.get("story_text") or ""
    title = hit.get("title") or hit.get("story_title") or ""
    link = urljoin(site, f"item?id={number}")
    return Entry(
        id=link,
        link=link,
        title=one_line(unescaped(str(title))),
        text=from_html(str(body)),
        author=one_line(str(hit.get("author") or "")),
        thread=f"hn:{int(story)}" if story else "",
        parent=f"hn:{int(parent)}" if parent else "",
        published_at=from_epoch(hit.get("created_at_i")) or from_iso(hit.get("created_at")),
    )
