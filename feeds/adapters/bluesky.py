"""Bluesky's API (https://docs.bsky.app/docs/api): posts found, and the posts of an account."""

import re
from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import are_objects, feed_of, member, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.text import as_name, plain

_POST = re.compile(r"at://(?P<who>[^/\s]+)/app\.bsky\.feed\.post/(?P<id>\w+)")


def reads(document: object, url: str) -> bool:
    """Say whether a document is a page of search results, or of somebody's posts."""
    if not isinstance(document, dict):
        return False
    posts = document.get("posts")
    return are_objects(document.get("feed"), "post") or (
        are_objects(posts, "uri", "record") and (bool(posts) or "bsky" in url)
    )


def parse(document: Mapping[str, Any], _url: str) -> ParsedFeed:
    """Return the posts; what an account passed on from others is left out."""
    # In a feed, each post stands beside why it is there: passed on, pinned, or for nothing but itself.
    own = [each["post"] for each in document.get("feed", []) if "Repost" not in text(each, "reason", "$type")]
    return feed_of(
        document.get("posts") or own,
        _entry,
        title="Bluesky",
        link="https://bsky.app/",
        # Search answers without a cursor also where there is more (https://github.com/bluesky-social/atproto/issues/3583).
        more=True if text(document, "cursor") else None,
    )


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
        score=number(post, "likeCount"),
        published_at=from_iso(member(record, "createdAt")) or from_iso(post.get("indexedAt")),
    )


def _key(uri: str) -> str:
    found = _POST.fullmatch(uri)
    # In lower case, as the keys that are made of addresses.
    return f"bluesky:{found['id']}".lower() if found else ""
