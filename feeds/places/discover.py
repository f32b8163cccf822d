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
# Links stand in the head, or where a page begins; the rest of it may be long.
HEAD_BYTES: Final = 200_000

# What a link leads to that people are meant to follow: /rss, /feed/, /blog/atom.xml, /news.rss, /?format=feed.
_FEED_PATH = re.compile(r"(?:^|[/._=-])(?:rss2?|atom|feeds?)(?:\.(?:xml|json|php))?/?$", re.IGNORECASE)
_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)


def feed_links(page: bytes, url: str) -> list[str]:
    """Return the absolute URLs of the feeds a page names, in its order, but those of its comments last.

    What its head declares goes before what its text links to.
    Read by the parser of the standard library, whose time is linear even for hostile pages: a quarter of a second at
    most.
    """
    reader = _LinkReader()
    reader.feed(page[:HEAD_BYTES].decode("utf-8", "replace"))
    base = joined(url, reader.base) or url
    declared = sorted(reader.declared, key=lambda link: link[1])
    found = dict.fromkeys(joined(base, href) for href in (*(href for href, _ in declared), *reader.linked))
    return [link for link in found if is_web(link)]


def usual_feeds(url: str) -> list[str]:
    """Return where the feed of the page at `url` may be, if the page does not say: below it, then below its site."""
    scheme, netloc, path, *_ = urlsplit(url)
    paths = [below + usual for below in dict.fromkeys((path.rstrip("/"), "")) for usual in USUAL_PATHS]
    return [urlunsplit((scheme, netloc, path, "", "")) for path in paths]


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.declared: list[tuple[str, bool]] = []
        self.linked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        href = values.get("href", "")
        if tag == "base":
            self.base = self.base or href
        if tag == "a" and _FEED_PATH.search(href.partition("#")[0]):
            self.linked.append(href)
        if tag != "link" or not href or "alternate" not in values.get("rel", "").lower().split():
            return
        if values.get("type", "").partition(";")[0].strip().lower() in FEED_TYPES:
            self.declared.append((href, bool(_COMMENTS.search(values.get("title", "") + " " + href))))
