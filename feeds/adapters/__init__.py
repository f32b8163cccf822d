"""JSON APIs as feeds: one small module for each, with two functions, found by the shape of what they read.

`reads(document, url)` says whether a document is of that API, `parse(document, url)` returns the feed in it. To add
one, write such a module, put it into `ADAPTERS`, and lay a sample beside what becomes of it into `tests/data/apis`.
"""

from typing import Any, Final, Protocol

from feeds.adapters import (
    app_store,
    bluesky,
    dev_to,
    discourse,
    github,
    hacker_news,
    hacker_news_item,
    lemmy,
    lobsters,
    mastodon,
    reddit,
    stack_exchange,
)
from feeds.entry import ParsedFeed


class Adapter(Protocol):
    """What each module here offers; `document` is anything that JSON can say."""

    def reads(self, document: object, url: str, /) -> bool:
        """Say whether `document`, fetched from `url`, is an answer of this API."""

    def parse(self, document: Any, url: str, /) -> ParsedFeed:
        """Return the feed in a document that `reads` said yes to; what is unreadable in it is skipped and counted."""


# The most telling shapes first; the last few say little about themselves.
ADAPTERS: Final[tuple[Adapter, ...]] = (
    reddit,
    stack_exchange,
    hacker_news,
    hacker_news_item,
    lobsters,
    bluesky,
    discourse,
    app_store,
    github,
    dev_to,
    mastodon,
    lemmy,
)


def read_json(document: object, url: str) -> ParsedFeed | None:
    """Return the feed that an API's answer is, None if no adapter knows the shape. NotAFeedError as for any feed."""
    adapter = next((adapter for adapter in ADAPTERS if adapter.reads(document, url)), None)
    return adapter.parse(document, url) if adapter else None
