"""Lemmy's API, version 3 (https://join-lemmy.org/api/): posts and comments found, of a community or of a person."""

import re
from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import are_objects, feed_of, listed, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import host_of, joined
from feeds.text import as_name, one_line, plain

# What stands in the place of a text that was taken away, as in engagement/post.py.
DELETED = "[deleted]"

_POST = re.compile(r"https?://(?P<host>[^/]+)/post/(?P<id>\d+)")


def reads(document: object, url: str) -> bool:
    """Say whether a document lists posts, comments or both as this API does."""
    if not isinstance(document, dict) or not document.keys() & {"posts", "comments"}:
        return False
    posts, comments = document.get("posts", []), document.get("comments", [])
    is_known = bool(posts or comments) or "/api/v3/" in url
    return is_known and are_objects(posts, "post", "creator") and are_objects(comments, "comment", "post", "creator")


def parse(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return posts and comments, under the addresses of the servers where they were written."""
    items = [*listed(document, "posts"), *listed(document, "comments")]
    return feed_of(
        items,
        lambda item: _comment(item) if "comment" in item else _post(item),
        title=f"Lemmy, {host_of(url)}",
        link=joined(url, "/"),
    )


def _post(item: Mapping[str, Any]) -> Entry:
    post = item["post"]
    address = needed(text(post, "ap_id"))
    return Entry(
        id=address,
        link=address,
        title=one_line(text(post, "name")),
        text=DELETED if _is_gone(post) else plain(text(post, "body")),
        author=_author(item),
        score=number(item, "counts", "score"),
        published_at=from_iso(post.get("published")),
    )


def _comment(item: Mapping[str, Any]) -> Entry:
    comment, post = item["comment"], item["post"]
    address = needed(text(comment, "ap_id"))
    # Which comment is answered stands there with the number it has on this server only; the post has its address.
    thread = _POST.fullmatch(text(post, "ap_id"))
    return Entry(
        id=address,
        link=address,
        title=one_line(text(post, "name")),
        text=DELETED if _is_gone(comment) else plain(text(comment, "content")),
        author=_author(item),
        thread=f"lemmy:{thread['host']}/{thread['id']}".lower() if thread else "",
        score=number(item, "counts", "score"),
        published_at=from_iso(comment.get("published")),
    )


def _is_gone(written: Mapping[str, Any]) -> bool:
    """Whether its author or a moderator took it away; some servers still carry the words."""
    return written.get("deleted") is True or written.get("removed") is True


def _author(item: Mapping[str, Any]) -> str:
    return as_name(text(item, "creator", "name"))
