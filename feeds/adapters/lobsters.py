"""A story of Lobsters with its comments (https://lobste.rs/s/ID.json)."""

from collections.abc import Mapping
from typing import Any

from feeds.adapters.members import DELETED, are_objects, feed_of, member, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import joined
from feeds.text import as_name, from_html, one_line, plain


def reads(document: object, _url: str) -> bool:
    """Say whether a document is one story and what was said about it."""
    if not isinstance(document, dict) or not document.keys() >= {"short_id", "comments_url"}:
        return False
    return are_objects(document.get("comments"), "short_id", "commenting_user")


def parse(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return the story and its comments, each with what it answers."""
    story, title = text(document, "short_id"), one_line(text(document, "title"))
    page = joined(url, f"/s/{story}")
    return feed_of(
        [document, *document["comments"]],
        lambda item: _story(item, page, title) if item is document else _comment(item, page, title, story.lower()),
        title=title or "Lobsters",
        link=joined(url, "/"),
    )


def _story(story: Mapping[str, Any], page: str, title: str) -> Entry:
    shared = text(story, "url")
    return Entry(
        id=page,
        link=page,
        title=title,
        text=plain(text(story, "description_plain")) or from_html(text(story, "description")),
        author=_name(story, "submitter_user"),
        comments="" if shared == page else shared,
        score=number(story, "score"),
        published_at=from_iso(story.get("created_at")),
    )


def _comment(comment: Mapping[str, Any], page: str, title: str, story: str) -> Entry:
    link = f"{page}#c_{needed(text(comment, 'short_id'))}"
    parent = text(comment, "parent_comment")
    is_gone = comment.get("is_deleted") is True or comment.get("is_moderated") is True
    said = plain(text(comment, "comment_plain")) or from_html(text(comment, "comment"))
    return Entry(
        id=link,
        link=link,
        title=title,
        text=DELETED if is_gone else said,
        author=_name(comment, "commenting_user"),
        thread=f"lobsters:{story}",
        parent=f"lobsters:c_{parent}".lower() if parent else f"lobsters:{story}",
        score=number(comment, "score"),
        published_at=from_iso(comment.get("created_at")),
    )


def _name(item: Mapping[str, Any], who: str) -> str:
    """Return the name of a person, who was an object once and is a name now."""
    return as_name(text(item, who) or text(member(item, who), "username"))
