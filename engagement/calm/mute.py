"""Mute: what a workspace does not want cards of, for a while or for good."""

from datetime import datetime, timedelta
from enum import StrEnum

from engagement.dataclass import dataclass


class MuteScope(StrEnum):
    """What is muted: an author, a whole community, one conversation, posts with a word, or a site."""

    AUTHOR = "author"
    COMMUNITY = "community"
    CONVERSATION = "conversation"
    TERM = "term"
    SITE = "site"


class MuteFor(StrEnum):
    """For how long; each can be taken back at any time."""

    DAY = "day"
    WEEK = "week"
    GOOD = "good"


_LASTS = {MuteFor.DAY: timedelta(days=1), MuteFor.WEEK: timedelta(days=7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """One mute in force: what a new mention of it gets is no card, and nobody waits because of it.

    `community`, `author` and `value` (a word, or a site) are set as `scope` needs them; an author without a community
    is muted wherever they write. A muted conversation has the `title` and `url` of what opened it, where we know that.
    Of one watch alone it has `watch_id` and the name of the `watch`. `until` is None for good. `by` is a Slack user id;
    times are aware UTC.
    """

    id: int
    workspace_id: str
    scope: MuteScope
    by: str
    at: datetime
    community: str = ""
    author: str = ""
    value: str = ""
    watch_id: int = 0
    watch: str = ""
    title: str = ""
    url: str = ""
    until: datetime | None = None


def muted_until(choice: MuteFor, *, now: datetime) -> datetime | None:
    """Return when a mute of `now` ends, None for good."""
    lasts = _LASTS.get(choice)
    return now + lasts if lasts else None
