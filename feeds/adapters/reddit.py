"""Reddit's listings (https://www.reddit.com/dev/api), which a registered app gets in place of the feeds.

The key of a post is its fullname, as in the feeds: t3_ for a submission, t1_ for a comment.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from feeds.adapters.members import feed_of, listed, member, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_epoch
from feeds.links import joined
from feeds.text import from_html, one_line, plain, unescaped

SITE: Final = "https://www.reddit.com/"
_FULLNAME = re.compile(r"t[13]_[a-z0-9]{1,13}")


def reads(document: object, _url: str) -> bool:
    """Say whether a document is a listing, or the page of a submission: two listings."""
    return bool(_listings(document))


def parse(document: Any, url: str) -> ParsedFeed:
    """Return the submissions and comments of a listing, replies below comments included."""
    things = [thing for listing in _listings(document) for thing in _things(listing)]
    after = member(_listings(document)[-1], "data", "after")
    return feed_of(
        things,
        _entry,
        title="Reddit",
        link=joined(url, "/") if "reddit.com" not in url else SITE,
        more=isinstance(after, str) and bool(after),
    )


def _listings(document: object) -> list[Any]:
    documents = document if isinstance(document, list) else [document]
    found = [each for each in documents if member(each, "kind") == "Listing"]
    return found if len(found) == len(documents) else []


def _things(listing: object) -> list[Any]:
    """Return what a listing carries, with the answers below each comment; "more" stands for what it leaves out."""
    found, waiting = [], [listing]
    while waiting:
        for thing in listed(waiting.pop(), "data", "children"):
            if member(thing, "kind") != "more":
                found.append(thing)
                waiting.append(member(thing, "data", "replies"))
    return found


def _entry(thing: Mapping[str, Any]) -> Entry:
    data = thing["data"]
    name, thread, parent = text(data, "name"), text(data, "link_id"), text(data, "parent_id")
    if not _FULLNAME.fullmatch(name):
        raise ValueError("a thing without a fullname")
    is_comment = name.startswith("t1_")
    link = joined(SITE, needed(text(data, "permalink")))
    shared = text(data, "url")
    author = text(data, "author")
    title = text(data, "link_title") if is_comment else text(data, "title")
    return Entry(
        id=name,
        link=link,
        title=one_line(unescaped(title)),
        text=_words(data),
        author=f"u/{author}" if author and author != "[deleted]" else "",
        comments="" if shared == link else shared,
        thread=f"reddit:{thread}" if is_comment and _FULLNAME.fullmatch(thread) else "",
        parent=f"reddit:{parent}" if is_comment and _FULLNAME.fullmatch(parent) else "",
        score=number(data, "score"),
        published_at=from_epoch(data.get("created_utc")),
    )


def _words(data: Mapping[str, Any]) -> str:
    """Return what somebody wrote, as the feeds have it: they carry HTML, where `body` and `selftext` are Markdown."""
    markup = text(data, "body_html") or text(data, "selftext_html")
    # Asked with raw_json=1, it comes as it is; without, escaped once more.
    markup = unescaped(markup) if markup.startswith("&lt;") else markup
    return from_html(markup) or plain(unescaped(text(data, "body") or text(data, "selftext")))
