"""Lemmy's API, version 3 (https://join-lemmy.org/api/): posts and comments found, of a community or of a person."""

import re
from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import DELETED, are_objects, feed_of, listed, member, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import host_of, joined
from feeds.text import as_name, one_line, plain

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
    # A comment says by numbers what it answers, which are those of this server alone: their posts' addresses are not.
    written_at = {name: text(item, "comment", "ap_id") for item in items if (name := text(item, "comment", "id"))}
    return feed_of(
        items,
        lambda item: _comment(item, written_at) if "comment" in item else _post(item),
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
        by_program=_is_program(item),
        score=number(item, "counts", "score"),
        published_at=from_iso(post.get("published")),
    )


def _comment(item: Mapping[str, Any], written_at: Mapping[str, str]) -> Entry:
    comment, post = item["comment"], item["post"]
    address = needed(text(comment, "ap_id"))
    thread = _POST.fullmatch(text(post, "ap_id"))
    above = written_at.get("".join(text(comment, "path").split(".")[-2:-1]), "")
    return Entry(
        id=address,
        link=address,
        title=one_line(text(post, "name")),
        text=DELETED if _is_gone(comment) else plain(text(comment, "content")),
        author=_author(item),
        thread=f"lemmy:{thread['host']}/{thread['id']}".lower() if thread else "",
        parent=above if thread else "",
        by_program=_is_program(item),
        score=number(item, "counts", "score"),
        published_at=from_iso(comment.get("published")),
    )


def _is_gone(written: Mapping[str, Any]) -> bool:
    """Whether its author or a moderator took it away; some servers still carry the words."""
    return written.get("deleted") is True or written.get("removed") is True


def _is_program(item: Mapping[str, Any]) -> bool:
    return member(item, "creator", "bot_account") is True


def _author(item: Mapping[str, Any]) -> str:
    return as_name(text(item, "creator", "name"))
