"""Bluesky's API (https://docs.bsky.app/docs/api): posts found, the posts of an account, and a thread."""

import re
from collections.abc import Mapping
from typing import Any, Final

from feeds.adapters.members import are_objects, feed_of, listed, member, number, text
from feeds.entry import Entry, NotAFeedError, ParsedFeed, from_iso
from feeds.text import as_name, plain

TITLE: Final = "Bluesky"
SITE: Final = "https://bsky.app/"

_POST = re.compile(r"at://(?P<who>[^/\s]+)/app\.bsky\.feed\.post/(?P<id>\w+)")


def reads(document: object, url: str) -> bool:
    """Say whether a document is a page of search results, of somebody's posts, or a thread."""
    if not isinstance(document, dict):
        return False
    if "app.bsky." in text(document, "thread", "$type"):
        return True
    posts = document.get("posts")
    return are_objects(document.get("feed"), "post") or (
        are_objects(posts, "uri", "record") and (bool(posts) or "bsky" in url)
    )


def parse(document: Mapping[str, Any], _url: str) -> ParsedFeed:
    """Return the posts; what an account passed on from others is left out. NotAFeedError for a thread that is gone."""
    if "thread" in document:
        return feed_of(_posts_in(document["thread"]), _entry, title=TITLE, link=SITE)
    # In a feed, each post stands beside why it is there: passed on, pinned, or for nothing but itself.
    own = [each["post"] for each in document.get("feed", []) if "Repost" not in text(each, "reason", "$type")]
    return feed_of(
        document.get("posts") or own,
        _entry,
        title=TITLE,
        link=SITE,
        # Search answers without a cursor also where there is more (https://github.com/bluesky-social/atproto/issues/3583).
        more=True if text(document, "cursor") else None,
    )


def _posts_in(thread: object) -> list[Any]:
    """Return the posts above the one that was asked about, it and those below; what was deleted or blocked is no post.

    The members are followed one after the other: nobody says how deep a thread is.
    """
    if not member(thread, "post"):
        raise NotAFeedError("the post is not there any more")
    found, above = [], member(thread, "parent")
    while member(above, "post"):
        found.append(above["post"])
        above = member(above, "parent")
    waiting: list[Any] = [thread]
    for each in waiting:
        found += [each["post"]] if member(each, "post") else []
        waiting += listed(each, "replies")
    return found


def _is_program(post: Mapping[str, Any]) -> bool:
    """Whether the account has labelled itself as a bot."""
    return any(text(label, "val") == "bot" for label in listed(post, "author", "labels"))


def _entry(post: Mapping[str, Any]) -> Entry:
    uri = text(post, "uri")
    found = _POST.fullmatch(uri)
    if not found:
        raise ValueError("no post")
    record, handle = post["record"], text(post, "author", "handle")
    return Entry(
        id=uri,
        link=f"https://bsky.app/profile/{handle or found['who']}/post/{found['id']}",
        title="",
        text=plain(text(record, "text")),
        author=as_name(f"@{handle}" if handle else ""),
        thread=_key(text(record, "reply", "root", "uri")),
        parent=_key(text(record, "reply", "parent", "uri")),
        by_program=_is_program(post),
        score=number(post, "likeCount"),
        published_at=from_iso(member(record, "createdAt")) or from_iso(post.get("indexedAt")),
    )


def _key(uri: str) -> str:
    found = _POST.fullmatch(uri)
    # In lower case, as the keys that are made of addresses.
    return f"bluesky:{found['id']}".lower() if found else ""
