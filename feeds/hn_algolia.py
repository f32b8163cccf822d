"""Hacker News through Algolia's search (https://hn.algolia.com/api): the one keyless search that knows threads."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from feeds.entry import Entry, ParsedFeed, from_epoch, from_iso
from feeds.text import from_html, one_line, unescaped

log = logging.getLogger(__name__)

ITEM_URL: Final = "https://news.ycombinator.com/item?id={}"


def is_hn_search(document: Mapping[str, Any]) -> bool:
    """Say whether a JSON object is a page of search results."""
    hits = document.get("hits")
    return isinstance(hits, list) and all(isinstance(hit, dict) and "objectID" in hit for hit in hits)


def parse_hn_search(document: Mapping[str, Any]) -> ParsedFeed:
    """Return the stories and comments found; a hit without a number is skipped and counted."""
    entries = []
    for hit in document["hits"]:
        try:
            entries.append(_entry(hit))
        except (ValueError, TypeError) as error:
            log.info("search hit skipped", extra={"error": repr(error)})
    return ParsedFeed(
        title=one_line(f"Hacker News: {document.get('query') or 'search'}"),
        link="https://news.ycombinator.com/",
        entries=tuple(entries),
        skipped=len(document["hits"]) - len(entries),
    )


def _entry(hit: Mapping[str, Any]) -> Entry:
    number = int(hit["objectID"])
    parent, story = hit.get("parent_id"), hit.get("story_id")
    # The text of comments, and of stories that are no link; Algolia escapes both as HTML.
    body = hit.get("comment_text") or hit.get("story_text") or ""
    title = hit.get("title") or hit.get("story_title") or ""
    link = ITEM_URL.format(number)
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
