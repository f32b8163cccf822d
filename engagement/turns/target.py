"""When a first reply is due: a watch's target, counted in somebody's working hours."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from engagement.calendar import DAYS_A_WEEK, HOURS_A_DAY, MINUTE, MINUTES_AN_HOUR, SATURDAY, clock_at
from engagement.dataclass import dataclass
from engagement.watch import Outcome, Watch

MINUTES_A_DAY = HOURS_A_DAY * MINUTES_AN_HOUR
# A working day as most offices have it.
STARTS, ENDS = 9 * MINUTES_AN_HOUR, 17 * MINUTES_AN_HOUR
MONDAY_TO_FRIDAY = frozenset(range(SATURDAY))
WORKING_DAY = ENDS - STARTS

# Minutes of work until the first reply. One working day is what Dragon's sixth step measures a team by. A lead cools
# faster: who was called back within the hour was seven times as likely to talk as an hour later (Oldroyd, McElheran and
# Elkington, The Short Life of Online Sales Leads, HBR March 2011); half a day is what a team without a night shift can
# keep. Where a team only wants to be known, nobody's work stands still meanwhile: two days.
TARGETS: Mapping[Outcome, int] = {
    Outcome.SUPPORT: WORKING_DAY,
    Outcome.LEADS: WORKING_DAY // 2,
    Outcome.REPUTATION: WORKING_DAY,
    Outcome.AWARENESS: 2 * WORKING_DAY,
}
# Warned with a quarter of the time left, which is enough to write an answer in.
WARNED_AFTER = 0.75
# What is late when it is promised is not reminded of at once.
MINUTES_TO_BEGIN = 60
# Whoever works one day a week has worked within that time.
FORTNIGHT = timedelta(days=2 * DAYS_A_WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """From `starts` to `ends` (minutes after midnight, `zone`'s clocks) on `days` (0 = Monday ... 6 = Sunday).

    ValueError, with a sentence for people, for hours in which nobody ever works.
    """

    zone: ZoneInfo
    starts: int = STARTS
    ends: int = ENDS
    days: frozenset[int] = MONDAY_TO_FRIDAY

    def __post_init__(self) -> None:
        """Refuse hours that never come."""
        if not 0 <= self.starts < self.ends <= MINUTES_A_DAY:
            raise ValueError("Work must end after it has begun, on the same day.")
        if not self.days or not self.days <= set(range(DAYS_A_WEEK)):
            raise ValueError("There must be a working day, between 0 (Monday) and 6 (Sunday).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a reply is due, and when we warn that it is still owed; aware UTC."""

    due_at: datetime
    warn_at: datetime


def target_of(outcome: Outcome) -> int:
    """Return how many minutes of work a first reply may take where that is what the team wants."""
    return TARGETS[outcome]


def target_of_watch(watch: Watch) -> int:
    """Return the watch's own target in minutes of work, else that of its outcome."""
    return watch.target_minutes or target_of(watch.outcome)


def due_at(owed_from: datetime, target_minutes: float, hours: WorkingHours) -> datetime:
    """Return the moment when so many minutes of work have passed since `owed_from` (aware), always a working one."""
    left = timedelta(minutes=target_minutes)
    stretches = _stretches_from(owed_from, hours)
    while True:
        starts_at, ends_at = next(stretches)
        begins_at = max(owed_from, starts_at)
        if begins_at + left <= ends_at:
            return begins_at + left
        left -= ends_at - begins_at


def deadline(owed_from: datetime, target_minutes: float, hours: WorkingHours) -> Deadline:
    """Return when a reply owed from `owed_from` on is due, and when three quarters of that time have passed."""
    return Deadline(
        due_at=due_at(owed_from, target_minutes, hours),
        warn_at=due_at(owed_from, target_minutes * WARNED_AFTER, hours),
    )


def promised(standing: datetime | None, *, at: datetime, target_minutes: float, hours: WorkingHours) -> Deadline:
    """Return when a reply is due that somebody with these `hours` promises `at`, if it was due at `standing` before.

    A promise makes nobody wait longer: what stands holds, or the end of the last hour before it that they work. Only
    who does not work until then counts from their next working hour on, as a date that nobody can keep helps nobody.
    """
    if standing is None:
        return deadline(at, target_minutes, hours)
    if standing <= at:
        return Deadline(due_at=standing, warn_at=due_at(at, MINUTES_TO_BEGIN, hours))
    due = _last_working_moment(standing, hours)
    if due <= at:
        return deadline(at, target_minutes, hours)
    return deadline_on(due, at=at, hours=hours)


def deadline_on(due: datetime, *, at: datetime, hours: WorkingHours) -> Deadline:
    """Return the deadline of a reply that is due at `due`, and owed from `at` on.

    Where nobody works until then, the warning comes when it is due.
    """
    left = _work_between(at, due, hours).total_seconds() / MINUTE
    return Deadline(due_at=due, warn_at=min(due, due_at(at, left * WARNED_AFTER, hours)))


def is_working(at: datetime, hours: WorkingHours) -> bool:
    """Return whether somebody with these hours is at work."""
    starts_at, _ = next(_stretches_from(at, hours))
    return starts_at <= at


def workday_ends_at(at: datetime, hours: WorkingHours) -> datetime:
    """Return when the working day ends that runs `at`, else the next one."""
    _, ends_at = next(_stretches_from(at, hours))
    return ends_at


def _stretches_from(at: datetime, hours: WorkingHours) -> Iterator[tuple[datetime, datetime]]:
    """Give the working times [start, end) that end after `at`, in their order, without end."""
    day = at.astimezone(hours.zone).date() - timedelta(days=1)
    while True:
        if day.weekday() in hours.days:
            starts_at = clock_at(day, hours.starts, hours.zone)
            ends_at = clock_at(day, hours.ends, hours.zone)
            # Clocks may skip the whole of it, or the whole day, and then show the times of the next.
            if at < ends_at and starts_at < ends_at:
                yield starts_at, ends_at
                at = ends_at
        day += timedelta(days=1)


def _last_working_moment(until: datetime, hours: WorkingHours) -> datetime:
    """Return `until` where somebody works up to it, else the end of the working time before it."""
    *_, (_, ends_at) = takewhile(lambda stretch: stretch[0] < until, _stretches_from(until - FORTNIGHT, hours))
    return min(ends_at, until)


def _work_between(begins_at: datetime, stops_at: datetime, hours: WorkingHours) -> timedelta:
    """Return how much working time lies between two moments."""
    stretches = takewhile(lambda stretch: stretch[0] < stops_at, _stretches_from(begins_at, hours))
    return sum(
        (min(ends_at, stops_at) - max(starts_at, begins_at) for starts_at, ends_at in stretches), start=timedelta()
    )
