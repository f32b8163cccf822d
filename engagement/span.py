"""A range of days as people type it: "last week", "2026-11", "2026-11-01..2026-11-30"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engagement.dataclass import dataclass

# What people may type; for whoever is told what is expected.
EXAMPLES = ("last week", "this month", "last 30 days", "2026-11", "2026-11-01..2026-11-30")
NOTHING_NAMED = "last 30 days"

_LAST_DAYS = re.compile(r"(?:the )?last (\d{1,4}) days?")
_NAMED = re.compile(r"(this|last) (week|month|year)")
_BETWEEN = re.compile(r"(\S+?)(?:\s*\.\.\.?\s*|\s+to\s+)(\S+)")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first day to the last, both included, on a team's own calendar."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        """When the first day begins, aware UTC."""
        return _midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        """When the day after the last begins, aware UTC: what happens then is not in it."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def name(self) -> str:
        """How it is typed: "2026-11-01..2026-11-30", a single day by its date."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"


def read_span(typed: str, *, now: datetime, zone: ZoneInfo) -> Span | None:
    """Return the range that somebody typed, the last 30 days for nothing; None for what is no range.

    `now` is aware; which day it is, is asked of the team's `zone`. A week begins on Monday.
    """
    words = " ".join(typed.lower().split()) or NOTHING_NAMED
    today = now.astimezone(zone).date()
    try:
        first, last = _named(words, today) or _between(words)
        span = Span(first=first, last=last, zone=zone)
        # Asked here, because the first and the last days of the calendar have no midnight in every zone.
        is_range = span.starts_at < span.ends_at
    except (ValueError, OverflowError):
        return None
    return span if is_range else None


def _named(words: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of what has a name."""
    if words in ("today", "yesterday"):
        day = today - timedelta(days=words == "yesterday")
        return day, day
    if found := _LAST_DAYS.fullmatch(words):
        return today - timedelta(days=max(0, int(found[1]) - 1)), today
    found = _NAMED.fullmatch(words)
    if found is None:
        return None
    first, last = _period(found[2], today)
    if found[1] == "last":
        first, last = _period(found[2], first - timedelta(days=1))
    return first, last


def _period(unit: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the week, month or year that `day` is in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return _dated(f"{day:%Y-%m}" if unit == "month" else f"{day:%Y}")


def _between(words: str) -> tuple[date, date]:
    """Return the days that are named by their dates; ValueError for a date that is none."""
    found = _BETWEEN.fullmatch(words)
    first, last = (found[1], found[2]) if found else (words, words)
    return _dated(first)[0], _dated(last)[1]


def _dated(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day; ValueError for anything else."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError("this is no date")
    year = int(found[1])
    if not found[2]:
        return date(year, 1, 1), date(year, _DECEMBER, 31)
    month = int(found[2])
    if not found[3]:
        first = date(year, month, 1)
        following = date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
        return first, following - timedelta(days=1)
    day = date(year, month, int(found[3]))
    return day, day


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
