"""The web links of a Slack message, wherever they stand in it."""

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from engagement.conversations.by_hand import Linked
from engagement.sites import belongs_to
from feeds.links import host_of, is_web, link_key
from feeds.text import as_name, plain

LINKS_AT_MOST: Final = 20
# A form carries 3,000 characters; no browser is sure of a longer address.
LONGEST_LINK: Final = 2_000
WORDS_LENGTH: Final = 2_000
_LINK: Final = re.compile(r"<(https?://[^|>\s]+)(?:\|([^>]*))?>", re.IGNORECASE)
# Names of people, channels and groups, dates, and links that are none.
_TOKEN: Final = re.compile(r"<[^>]*>")


def links_in(message: dict[str, Any]) -> list[Linked]:
    """Return the web links of a message in their order, each once; those that lead back into Slack are left out."""
    found: dict[str, Linked] = {}
    for url, label in _links(message):
        if len(url) <= LONGEST_LINK and is_web(url) and not belongs_to(host_of(url), "slack.com"):
            name = "" if link_key(label) == link_key(url) or label.rstrip("/") in url else as_name(label)
            found.setdefault(link_key(url), Linked(url=url, label=name))
    return list(found.values())[:LINKS_AT_MOST]


def words_in(message: dict[str, Any]) -> str:
    """Return what a message says beside its links, without Slack's own marks."""
    text = str(message.get("text") or "")
    return plain(html.unescape(" ".join(_TOKEN.sub(" ", text).split())), limit=WORDS_LENGTH)


def _links(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _in_text(str(message.get("text") or ""))
    yield from _in_blocks(message.get("blocks"))
    for attachment in message.get("attachments") or []:
        if isinstance(attachment, dict):
            for name in ("from_url", "original_url", "title_link"):
                yield str(attachment.get(name) or ""), str(attachment.get("title") or "")


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    for found in _LINK.finditer(text):
        yield html.unescape(found[1]), html.unescape(found[2] or "")


def _in_blocks(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _in_blocks(each)
    elif isinstance(value, dict):
        if value.get("type") in ("link", "button") and isinstance(value.get("url"), str):
            yield value["url"], str(value.get("text") or "") if value["type"] == "link" else ""
        if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            yield from _in_text(value["text"])
        for each in value.values():
            if isinstance(each, dict | list):
                yield from _in_blocks(each)
