"""What the channels are told of troubles, and when."""

from datetime import datetime, timedelta

from engagement.dataclass import dataclass
from engagement.listening.trouble import Trouble

TELL_AFTER = timedelta(minutes=2)
TELL_EVERY = timedelta(hours=1)
"""Troubles that begin together are told together, and a channel hears of troubles once an hour at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """A trouble as people read it: which place (empty: all of them), since when, and over since `ended_at`.

    `detail` is what we knew when it began, in words for people: why the place did not answer, or where it moved to.
    """

    source_id: int
    place: str
    kind: Trouble
    began_at: datetime
    ended_at: datetime | None = None
    detail: str = ""


def is_time_to_tell(*, oldest_at: datetime, told_at: datetime | None, now: datetime) -> bool:
    """Say whether a channel is told now of troubles; the oldest untold is of `oldest_at`, the last was at `told_at`."""
    # Either way: a moment that has not come yet is of a clock that ran ahead.
    return abs(now - oldest_at) >= TELL_AFTER and (told_at is None or abs(now - told_at) >= TELL_EVERY)
