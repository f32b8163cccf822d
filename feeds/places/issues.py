"""Issues in a tracker: where one can be asked whether it is closed, and what the answer says."""

import json
import re
from collections.abc import Sequence
from typing import Final

from engagement.dataclass import dataclass

# An answer about one issue is a few kilobytes; what is longer is none, and reading it would hold up the loop.
LONGEST_ANSWER: Final = 500_000
# Closed, and nothing changed because of it (docs.github.com/en/rest/issues, state_reason).
WITHOUT_A_CHANGE: Final = frozenset({"not_planned", "duplicate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """A tracker that says in public how its issues stand: what their addresses look like, and where to ask."""

    address: re.Pattern[str]
    url: str


TRACKERS: Final[Sequence[Tracker]] = (
    Tracker(
        address=re.compile(
            r"https?://(?:www\.)?github\.com/(?P<repo>[\w.-]+/[\w.-]+)/issues/(?P<id>\d{1,18})(?![\w-])", re.ASCII
        ),
        url="https://api.github.com/repos/{repo}/issues/{id}",
    ),
)


def address_of_issue(url: str, trackers: Sequence[Tracker] = TRACKERS) -> str:
    """Return where to ask how an issue stands, by its address for people; empty where no tracker of ours has it."""
    for tracker in trackers:
        if found := tracker.address.match(url):
            return tracker.url.format(**found.groupdict())
    return ""


def is_done(body: bytes) -> bool | None:
    """Return whether an issue is closed because what it asks for was done; None for what is no issue."""
    if len(body) > LONGEST_ANSWER:
        return None
    try:
        issue = json.loads(body)
    except (ValueError, RecursionError):
        return None
    state = issue.get("state") if isinstance(issue, dict) else None
    if state not in ("open", "closed"):
        return None
    reason = issue.get("state_reason")
    return state == "closed" and not (isinstance(reason, str) and reason in WITHOUT_A_CHANGE)
