"""Mastodon's statuses (https://docs.joinmastodon.org/entities/Status/): the posts of a tag, and of an account."""

import re
from collections.abc import Mapping
from typing import Any, Final

from feeds.adapters.members import are_objects, feed_of, listed, member, needed, number, text
from feeds.entry import Entry, ParsedFeed, from_iso
from feeds.links import host_of, joined
from feeds.text import from_html, one_line

_CONTEXT: Final = re.compile(r"/statuses/(?P<id>\d+)/context")


def reads(document: object, url: str) -> bool:
    """Say whether a document is a list of statuses, or what came before and after one."""
    if isinstance(document, dict):
        parts = (document.get("ancestors"), document.get("descendants"))
        return all(are_objects(part, "content", "account") for part in parts)
    # An empty list is a tag that nobody has used; only the address says whose.
    return are_objects(document, "content", "account", "created_at") and (bool(document) or "/api/v1/" in url)


def parse(document: Any, url: str) -> ParsedFeed:
    """Return the posts; what somebody passed on without a word is left out, since it is another's post."""
    statuses = document["ancestors"] + document["descendants"] if isinstance(document, dict) else document
    own = [status for status in statuses if not status.get("reblog")]
    server = host_of(url)
    names = {number: _address(status) for status in own if (number := text(status, "id"))}
    root = _root(document, names, url) if isinstance(document, dict) else ""
    return feed_of(
        own, lambda status: _entry(status, server, names, root), title=f"Mastodon, {server}", link=joined(url, "/")
    )


def _root(context: Mapping[str, Any], names: dict[str, str], url: str) -> str:
    """Return what opened a thread: the address of the first post above the one that was asked about, else that one.

    The one that was asked about stands in `url` alone; its key is put among `names`.
    """
    asked = _CONTEXT.search(url)
    if asked:
        names[asked["id"]] = f"mastodon:{host_of(url)}/{asked['id']}"
    first = next((text(status, "id") for status in context["ancestors"]), asked["id"] if asked else "")
    return names.get(first, "")


def _address(status: Mapping[str, Any]) -> str:
    """Return the address at the server where it was written, the same on every server that has a copy."""
    return text(status, "url") or text(status, "uri")


def _entry(status: Mapping[str, Any], server: str, names: Mapping[str, str], root: str) -> Entry:
    address = needed(_address(status))
    subject = text(status, "spoiler_text")
    body = from_html(text(status, "content"))
    return Entry(
        id=address,
        link=address,
        title=one_line(subject),
        text=f"{subject}\n{body}".strip() if subject else body,
        author=_handle(member(status, "account"), server),
        parent=(parent := names.get(text(status, "in_reply_to_id"), "") or _parent(status, server)),
        thread=root or parent,
        by_program=member(status, "account", "bot") is True,
        score=number(status, "favourites_count"),
        published_at=from_iso(status.get("created_at")),
    )


def _handle(account: object, server: str) -> str:
    name = text(account, "acct")
    return f"@{name}" if "@" in name or not name else f"@{name}@{server}"


def _parent(status: Mapping[str, Any], server: str) -> str:
    """Return the key of the post that is answered, if it can be known.

    A status names it by the number it has on this server, which is its own number only where it was written here.
    """
    number_here, who = text(status, "in_reply_to_id"), text(status, "in_reply_to_account_id")
    people = [member(status, "account"), *listed(status, "mentions")]
    name = next((text(person, "acct") for person in people if who and text(person, "id") == who), "")
    return f"mastodon:{server}/{number_here}" if number_here.isdecimal() and name and "@" not in name else ""
