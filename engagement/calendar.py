"""Working days and weekly periods in a team's own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engagement.dataclass import dataclass

# In seconds.
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

DAYS_A_WEEK = 7
# As people say them; the first is number 0, as Python counts.
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS_A_DAY = 24
MINUTES_AN_HOUR = 60
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Once a week: on `weekday` (0 = Monday ... 6 = Sunday) at `hour`:00 (0 to 23) in `zone`.

    ValueError, with a sentence for people, when the weekday or the hour is none.
    """

    weekday: int
    hour: int
    zone: ZoneInfo

    def __post_init__(self) -> None:
        """Refuse a day or an hour that never comes."""
        if not 0 <= self.weekday < DAYS_A_WEEK:
            raise ValueError(f"The weekday must be between 0 (Monday) and 6 (Sunday), not {self.weekday}.")
        if not 0 <= self.hour < HOURS_A_DAY:
            raise ValueError(f"The hour must be between 0 and 23, not {self.hour}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The week between two boundaries of a schedule, [start, end), aware UTC.

    `name` is the ISO week in which it ends ("2026-W48"): no two periods of a schedule share one, and a team
    that changes the day or the hour still gets one period a week.
    """

    starts_at: datetime
    ends_at: datetime
    name: str


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone called `name` in the IANA database; ValueError, with a sentence for people, if none is."""
    try:
        return ZoneInfo(name)
    # A KeyError for most unknown names, a ValueError for path-like ones, an OSError for folders such as "Europe".
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'There is no time zone called "{name}". Try one like Europe/Berlin or UTC.') from error


def period_due(schedule: Schedule, now: datetime) -> Period:
    """Return the latest period of `schedule` that has ended at or before `now` (aware)."""
    last = _last_boundary_date(schedule, now)
    year, week, _ = last.isocalendar()
    return Period(
        starts_at=_boundary(schedule, last - timedelta(days=DAYS_A_WEEK)),
        ends_at=_boundary(schedule, last),
        name=f"{year}-W{week:02}",
    )


def next_boundary(schedule: Schedule, now: datetime) -> datetime:
    """Return when the period that runs at `now` (aware) ends: always after `now`, as aware UTC."""
    return _boundary(schedule, _last_boundary_date(schedule, now) + timedelta(days=DAYS_A_WEEK))


def hour_begun(zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the hour began that the clocks of `zone` show at `now` (aware): less than an hour ago, aware UTC."""
    ahead = now.astimezone(zone).utcoffset() or timedelta()
    # Counted in UTC: on the clock itself an hour may be missing, or come twice.
    whole = (now.astimezone(UTC) + ahead).replace(minute=0, second=0, microsecond=0)
    return whole - ahead


def day_begun(schedule: Schedule, now: datetime) -> datetime:
    """Return when the schedule's hour struck last, on whichever day, at or before `now` (aware), as aware UTC."""
    # From a day ahead, as the last boundary of a week.
    day = now.astimezone(schedule.zone).date() + timedelta(days=1)
    while (struck := _boundary(schedule, day)) > now:
        day -= timedelta(days=1)
    return struck


def _last_boundary_date(schedule: Schedule, now: datetime) -> date:
    # From a day ahead: where the clock goes back over midnight, a boundary that has passed is dated tomorrow once more.
    day = now.astimezone(schedule.zone).date() + timedelta(days=1)
    day -= timedelta(days=(day.weekday() - schedule.weekday) % DAYS_A_WEEK)
    return day if _boundary(schedule, day) <= now else day - timedelta(days=DAYS_A_WEEK)


def _boundary(schedule: Schedule, day: date) -> datetime:
    return clock_at(day, schedule.hour * MINUTES_AN_HOUR, schedule.zone)


def clock_at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return when the clocks of `zone` show so many `minutes` (0 to 1440) after the midnight that `day` begins with.

    Of an hour that comes twice it is the first, and an hour that is skipped moves on by what is skipped (PEP 495).
    """
    clock = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return clock.replace(tzinfo=zone).astimezone(UTC)
