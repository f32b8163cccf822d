"""Reviews of an app as JSON, the other form of the App Store's feed: each breaks while the other works.

Seen in https://github.com/facundoolano/app-store-scraper/issues/50.
"""

from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import feed_of, listed, member, needed, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.text import as_name, one_line, plain


def reads(document: object, _url: str) -> bool:
    """Say whether a document is the feed of an app's reviews."""
    return "/rss/customerreviews/" in text(document, "feed", "id", "label") and isinstance(
        member(document, "feed"), dict
    )


def parse(document: Mapping[str, Any], _url: str) -> ParsedFeed:
    """Return the reviews. A single one comes as an object rather than a list."""
    feed = document["feed"]
    entry = member(feed, "entry")
    # The app itself stands first in some answers; it has no rating.
    listing = [entry] if isinstance(entry, dict) else listed(feed, "entry")
    reviews = [each for each in listing if member(each, "im:rating")]
    return feed_of(reviews, _entry, title=one_line(text(feed, "title", "label")), link="")


def _entry(review: Mapping[str, Any]) -> Entry:
    return Entry(
        id=needed(text(review, "id", "label")),
        link=text(review, "link", "attributes", "href"),
        title=one_line(text(review, "title", "label")),
        text=plain(text(review, "content", "label")),
        author=as_name(text(review, "author", "name", "label")),
        published_at=from_iso(member(review, "updated", "label")),
    )
