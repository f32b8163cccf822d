"""GitHub's API (https://docs.github.com/en/rest): issues found, comments of an issue, and what somebody did lately."""

from collections.abc import Mapping
from typing import Any, Final

from feeds.adapters.members import are_objects, feed_of, member, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import host_of
from feeds.text import as_name, one_line, plain

TITLE: Final = "GitHub"
SITE: Final = "https://github.com/"
API: Final = "api.github.com"
# The events of https://docs.github.com/en/rest/using-the-rest-api/github-event-types that are words, and what they are.
WORDS: Final = {
    "IssuesEvent": "issue",
    "IssueCommentEvent": "comment",
    "PullRequestReviewCommentEvent": "comment",
    "CommitCommentEvent": "comment",
    "DiscussionEvent": "discussion",
    "PullRequestEvent": "pull_request",
    "PullRequestReviewEvent": "review",
}


def reads(document: object, url: str) -> bool:
    """Say whether a document is a page of search results, of comments or of events."""
    if isinstance(document, dict):
        return "total_count" in document and are_objects(document.get("items"), "html_url", "number")
    return (bool(document) or host_of(url) == API) and (
        are_objects(document, "html_url", "issue_url", "body") or are_objects(document, "type", "actor", "payload")
    )


def parse(document: Any, _url: str) -> ParsedFeed:
    """Return what people wrote; events that are no words (pushes, stars) are left out without being counted."""
    if isinstance(document, dict):
        found, total = document["items"], number(document, "total_count")
        more = total > len(found) if total is not None else None
        return feed_of(found, _written, title=TITLE, link=SITE, more=more)
    if are_objects(document, "payload"):
        events = [event for event in document if text(event, "type") in WORDS and _is_new(event)]
        return feed_of(events, _event, title=TITLE, link=SITE)
    return feed_of(document, _written, title=TITLE, link=SITE)


def _is_new(event: Mapping[str, Any]) -> bool:
    """Say whether an event is something written, rather than closed, labelled, moved or approved without a word."""
    is_silent = event["type"] == "PullRequestReviewEvent" and not text(event, "payload", "review", "body")
    return not is_silent and member(event, "payload", "action") in (None, "opened", "created", "submitted")


def _written(item: Mapping[str, Any]) -> Entry:
    link = needed(text(item, "html_url"))
    return Entry(
        id=link,
        link=link,
        title=one_line(text(item, "title")),
        text=plain(text(item, "body")),
        author=as_name(text(item, "user", "login")),
        by_program=text(item, "user", "type") == "Bot",
        score=number(item, "reactions", "total_count"),
        published_at=from_iso(item.get("created_at")),
    )


def _event(event: Mapping[str, Any]) -> Entry:
    kind = WORDS[event["type"]]
    payload = event["payload"]
    written = _written(payload[kind])
    about = member(payload, "issue") or member(payload, "pull_request")
    return written._replace(
        title=written.title or one_line(text(about, "title")),
        author=written.author or as_name(text(event, "actor", "login")),
        published_at=written.published_at or from_iso(event.get("created_at")),
    )
