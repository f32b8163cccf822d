"""The feeds that a web page names for those who want to follow it."""

import re
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from feeds.links import is_web, joined

FEED_TYPES: Final = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/x-rss+xml",
        "text/rss+xml",
    }
)
# Asked only where a page names no feed: WordPress and Ghost, Hugo and Jekyll, static sites by hand.
USUAL_PATHS: Final = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
# Links stand in the head; the rest of a page may be long.
HEAD_BYTES: Final = 200_000

_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)


def feed_links(page: bytes, url: str) -> list[str]:
    """Return the absolute URLs of the feeds a page names, in its order, but those of its comments last.

    Read by the parser of the standard library, whose time is linear even for hostile pages: a quarter of a second at
    most.
    """
    reader = _LinkReader()
    reader.feed(page[:HEAD_BYTES].decode("utf-8", "replace"))
    base = joined(url, reader.base) or url
    found = dict.fromkeys(joined(base, href) for href, _ in sorted(reader.found, key=lambda link: link[1]))
    return [link for link in found if is_web(link)]


def usual_feeds(url: str) -> list[str]:
    """Return where the feed of the page at `url` may be, if the page does not say."""
    scheme, netloc, path, *_ = urlsplit(url)
    return [urlunsplit((scheme, netloc, path.rstrip("/") + usual, "", "")) for usual in USUAL_PATHS]


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.found: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        href = values.get("href", "")
        if tag == "base":
            self.base = self.base or href
        if tag != "link" or not href or "alternate" not in values.get("rel", "").lower().split():
            return
        if values.get("type", "").partition(";")[0].strip().lower() in FEED_TYPES:
            self.found.append((href, bool(_COMMENTS.search(values.get("title", "") + " " + href))))
