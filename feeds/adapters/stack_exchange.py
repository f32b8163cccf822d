"""Stack Exchange's API (https://api.stackexchange.com/docs): questions found, and the answers of people."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from feeds.adapters.members import feed_of, member, number, text
from feeds.communities import STACK_EXCHANGE_SITES
from feeds.entry import Entry, ParsedFeed, from_epoch
from feeds.text import as_name, from_html, one_line, unescaped

# As the API calls the sites with a domain of their own; all others are below stackexchange.com.
DOMAINS: Final = {host.partition(".")[0]: host for host in STACK_EXCHANGE_SITES}
# What the API asks for is seconds to minutes; a number beyond a day is a mistake.
LONGEST_PAUSE: Final = 86_400


def reads(document: object, _url: str) -> bool:
    """Say whether a document is the API's wrapper: every answer names the requests that are left today."""
    return isinstance(document, dict) and isinstance(document.get("items"), list) and "quota_remaining" in document


def parse(document: Mapping[str, Any], url: str) -> ParsedFeed:
    """Return questions and answers; `pause_seconds` is the `backoff` that the API orders."""
    site = _host(url)
    more, pause = document.get("has_more"), number(document, "backoff")
    left = number(document, "quota_remaining")
    if left == 0:
        # The quota is one of a day (https://api.stackexchange.com/docs/throttle).
        pause = LONGEST_PAUSE
    return feed_of(
        document["items"],
        lambda item: _entry(item, site),
        title=site,
        link=f"https://{site}/",
        more=more if isinstance(more, bool) else None,
        pause_seconds=min(pause, LONGEST_PAUSE) if pause and pause > 0 else None,
    )


def _host(url: str) -> str:
    site = parse_qs(urlsplit(url).query).get("site", ["stackoverflow"])[0].lower()
    return DOMAINS.get(site) or (site if "." in site else f"{site}.stackexchange.com")


def _entry(item: Mapping[str, Any], site: str) -> Entry:
    question, answer = number(item, "question_id"), number(item, "answer_id")
    if not question:
        raise ValueError("neither a question nor an answer")
    address = text(item, "link") or f"https://{site}/questions/{question}"
    if answer:
        address = f"https://{site}/questions/{question}/-/{answer}#{answer}"
    return Entry(
        id=address,
        link=address,
        title=one_line(unescaped(text(item, "title"))),
        text=from_html(text(item, "body")),
        author=as_name(unescaped(text(member(item, "owner"), "display_name"))),
        accepted=bool(answer) and item.get("is_accepted") is True,
        score=number(item, "score"),
        published_at=from_epoch(item.get("creation_date")),
    )
