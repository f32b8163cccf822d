"""Discourse's JSON (https://docs.discourse.org/): posts found, the newest posts, and those of a topic."""

from collections.abc import Mapping
from typing import Any, Final

from feeds.adapters.members import are_objects, feed_of, listed, member, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import host_of, joined
from feeds.text import as_name, from_html, one_line, plain

# What the forum itself notes between the posts: closed, moved, split (Post.types).
SMALL_ACTION: Final = 3


def reads(document: object, _url: str) -> bool:
    """Say whether a document is a search, /posts.json, somebody's activity or a topic."""
    if isinstance(document, list):
        return bool(document) and are_objects(document, "topic_id", "username", "post_number")
    found = isinstance(document, dict) and _posts(document)
    return are_objects(found, "topic_id", "username")


def parse(document: Any, url: str) -> ParsedFeed:
    """Return the posts, each at its address in the topic."""
    posts = document if isinstance(document, list) else _posts(document)
    topics = [topic for topic in listed(document, "topics") if isinstance(topic, dict)]
    if member(document, "post_stream"):
        topics.append(document)
    by_id = {number(topic, "id"): topic for topic in topics}
    more = member(document, "grouped_search_result", "more_full_page_results")
    if member(document, "post_stream"):
        # The first page of a topic has its first twenty posts.
        more = (number(document, "posts_count") or 0) > len(posts)
    return feed_of(
        posts,
        lambda post: _entry(post, by_id.get(number(post, "topic_id"), {}), url),
        title=one_line(f"{host_of(url)}: {text(document, 'title')}") if text(document, "title") else host_of(url),
        link=joined(url, "/"),
        more=more if isinstance(more, bool) else None,
    )


def _posts(document: Mapping[str, Any]) -> Any:
    """Return the list of posts, wherever this page keeps it; None if it is another page."""
    if "grouped_search_result" in document:
        # Without a match, it leaves the list out.
        return document.get("posts", [])
    return document.get("latest_posts") or member(document, "post_stream", "posts")


def _entry(post: Mapping[str, Any], topic: Mapping[str, Any], url: str) -> Entry:
    topic_id, place = number(post, "topic_id"), number(post, "post_number")
    if not topic_id or not place:
        raise ValueError("a post of no topic")
    # A forum may live below a path, which its own API is below as well.
    base = url.partition("?")[0].rpartition("/search")[0] if "/search" in url else _base(url)
    slug = text(post, "topic_slug") or text(topic, "slug") or "-"
    return Entry(
        id=f"{host_of(url)}-post-{needed(text(post, 'id'))}",
        link=f"{base}/t/{slug}/{topic_id}/{place}",
        title=one_line(text(post, "topic_title") or text(post, "title") or text(topic, "title")),
        text=from_html(text(post, "cooked")) or plain(text(post, "raw") or text(post, "blurb")),
        author=as_name(text(post, "username")),
        accepted=post.get("accepted_answer") is True,
        by_program=post.get("post_type") == SMALL_ACTION,
        score=number(post, "like_count"),
        published_at=from_iso(post.get("created_at")),
    )


def _base(url: str) -> str:
    path = url.partition("?")[0]
    for page in ("/posts.json", "/t/", "/u/", "/users/"):
        if page in path:
            return path.partition(page)[0]
    return joined(url, "/").rstrip("/")
