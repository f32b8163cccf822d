"""Mute: what a workspace does not want cards of, for a while or for good."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class MuteScope(StrEnum):
    """What is muted: one author in a community, a whole community, or one conversation."""

    AUTHOR = "author"
    COMMUNITY = "community"
    CONVERSATION = "conversation"


class MuteFor(StrEnum):
    """For how long; each can be taken back at any time."""

    DAY = "day"
    WEEK = "week"
    GOOD = "good"


_LASTS = {MuteFor.DAY: timedelta(days=1), MuteFor.WEEK: timedelta(days=7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """One mute in force: what a new mention of it gets is no card, and nobody waits because of it.

    `community` and `author` are set as `scope` needs them; a muted conversation has the `title` and `url` of what
    opened it, where we know that. `until` is None for good. `by` is a Slack user id; times are aware UTC.
    """

    id: int
    workspace_id: str
    scope: MuteScope
    by: str
    at: datetime
    community: str = ""
    author: str = ""
    title: str = ""
    url: str = ""
    until: datetime | None = None


def muted_until(choice: MuteFor, *, now: datetime) -> datetime | None:
    """Return when a mute of `now` ends, None for good."""
    lasts = _LASTS.get(choice)
    return now + lasts if lasts else None
