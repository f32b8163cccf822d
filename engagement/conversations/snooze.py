"""Snooze: put a conversation aside until a moment, and have it back with the reason."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from engagement.calendar import DAYS_A_WEEK
from engagement.dataclass import dataclass

# Whoever waits longer than that has been forgotten, not put aside.
LONGEST = timedelta(days=180)
MORNING = time(9)
HOURS = timedelta(hours=4)
A_MONTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Put aside `until` a moment (aware UTC) by a Slack user, who may have said why.

    `back_at` is None while it lasts. Once it is over it stays, so that the card says why it is back, until the next
    decision.
    """

    until: datetime
    by: str
    reason: str = ""
    back_at: datetime | None = None

    @property
    def lasts(self) -> bool:
        """Whether the conversation is still put aside."""
        return self.back_at is None

    @property
    def came_early(self) -> bool:
        """Whether it came back before its time: somebody fetched it, or a user wrote again."""
        return self.back_at is not None and self.back_at < self.until


class Until(StrEnum):
    """The moments that are proposed."""

    HOURS = "hours"
    TOMORROW = "tomorrow"
    MONDAY = "monday"
    WEEK = "week"
    MONTH = "month"


def moment_of(choice: Until, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when a conversation that is snoozed at `now` (aware) comes back, as aware UTC: a morning in `zone`."""
    if choice is Until.HOURS:
        return now.astimezone(UTC) + HOURS
    today = now.astimezone(zone).date()
    days = {
        Until.TOMORROW: 1,
        Until.MONDAY: DAYS_A_WEEK - today.weekday(),
        Until.WEEK: DAYS_A_WEEK,
        Until.MONTH: A_MONTH,
    }[choice]
    return datetime.combine(today + timedelta(days=days), MORNING, tzinfo=zone).astimezone(UTC)


def may_be_until(until: datetime, *, now: datetime) -> bool:
    """Return whether a conversation can be put aside until then: a moment to come, within half a year."""
    return now < until <= now + LONGEST
