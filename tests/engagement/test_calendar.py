from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.calendar import Schedule, day_begun, hour_begun, next_boundary, period_due, zone_of

# Both hemispheres, half-hour shifts (Lord Howe), no shifts, midnight shifts (Beirut), far east and west, a skipped day.
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
]
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_NINE = Schedule(weekday=0, hour=9, zone=BERLIN)

zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.integers(
    int(datetime(2005, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2037, 1, 1, tzinfo=UTC).timestamp())
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
schedules = st.builds(Schedule, weekday=st.integers(0, 6), hour=st.integers(0, 23), zone=zones)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_the_week_before_a_boundary_is_due_from_the_boundary_on():
    boundary = berlin("2026-11-23T09:00")

    before = period_due(MONDAY_NINE, boundary - timedelta(microseconds=1))
    after = period_due(MONDAY_NINE, boundary)

    assert (before.ends_at, before.name) == (berlin("2026-11-16T09:00"), "2026-W47")
    assert (after.starts_at, after.ends_at, after.name) == (before.ends_at, boundary, "2026-W48")
    assert next_boundary(MONDAY_NINE, boundary) == berlin("2026-11-30T09:00")


def test_a_week_with_a_clock_change_starts_and_ends_at_nine():
    autumn = period_due(MONDAY_NINE, utc("2026-10-28T00:00"))

    assert (autumn.starts_at, autumn.ends_at) == (utc("2026-10-19T07:00"), utc("2026-10-26T08:00"))


def test_weeks_are_numbered_through_the_new_year():
    names = [period_due(MONDAY_NINE, utc("2026-12-22T12:00") + timedelta(weeks=week)).name for week in range(4)]

    assert names == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]


def test_a_changed_weekday_gives_no_second_digest_in_one_week():
    thursday = utc("2026-11-26T12:00")
    monday, wednesday = (Schedule(weekday=day, hour=9, zone=BERLIN) for day in (0, 2))

    assert period_due(monday, thursday).name == period_due(wednesday, thursday).name


def test_a_boundary_in_an_hour_that_is_skipped_comes_when_the_clock_has_moved_on():
    """Berlin has no 02:30 on 29 March 2026; 02:00 becomes 03:00 there."""
    sunday_two = Schedule(weekday=6, hour=2, zone=BERLIN)

    assert period_due(sunday_two, utc("2026-03-29T01:00")).ends_at == utc("2026-03-29T01:00")


def test_a_boundary_in_an_hour_that_comes_twice_comes_once():
    sunday_two = Schedule(weekday=6, hour=2, zone=BERLIN)

    assert period_due(sunday_two, utc("2026-10-25T00:00")) == period_due(sunday_two, utc("2026-10-25T01:30"))


def test_a_boundary_that_has_passed_stays_so_when_the_clock_goes_back_to_the_day_before():
    """St. John's went from a minute past midnight on Sunday 7 November 2010 to 23:01 on Saturday."""
    sunday_midnight = Schedule(weekday=6, hour=0, zone=ZoneInfo("America/St_Johns"))

    assert period_due(sunday_midnight, utc("2010-11-07T02:45")).ends_at == utc("2010-11-07T02:30")
    assert day_begun(sunday_midnight, utc("2010-11-07T02:45")) == utc("2010-11-07T02:30")


def test_a_day_that_never_was_still_ends_a_week():
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    friday = Schedule(weekday=4, hour=9, zone=ZoneInfo("Pacific/Apia"))

    assert period_due(friday, utc("2011-12-31T00:00")).ends_at == utc("2011-12-30T19:00")
    assert next_boundary(friday, utc("2011-12-30T19:00")) == utc("2012-01-05T19:00")


@given(schedule=schedules, now=instants)
def test_now_always_lies_between_two_boundaries(schedule, now):
    period = period_due(schedule, now)

    assert period.starts_at < period.ends_at <= now < next_boundary(schedule, now)


@given(schedule=schedules, now=instants)
def test_periods_follow_each_other_without_gap_and_each_has_its_own_name(schedule, now):
    this = period_due(schedule, now)
    following = period_due(schedule, next_boundary(schedule, now))

    assert following.starts_at == this.ends_at
    assert following.ends_at == next_boundary(schedule, now)
    assert following.name > this.name


@given(schedule=schedules, now=instants)
def test_a_boundary_stands_at_the_local_hour_unless_the_clock_skips_it(schedule, now):
    local = next_boundary(schedule, now).astimezone(schedule.zone)
    wanted = local.replace(hour=schedule.hour, minute=0)
    skipped = wanted.astimezone(UTC).astimezone(schedule.zone).replace(tzinfo=None) != wanted.replace(tzinfo=None)

    assert skipped or ((local.weekday(), local.hour, local.minute) == (schedule.weekday, schedule.hour, 0))


@pytest.mark.parametrize("weekday_and_hour", [(-1, 9), (7, 9), (0, -1), (0, 24)])
def test_a_day_or_hour_that_never_comes_is_refused(weekday_and_hour):
    weekday, hour = weekday_and_hour

    with pytest.raises(ValueError, match="must be between 0"):
        Schedule(weekday=weekday, hour=hour, zone=BERLIN)


def test_a_zone_is_found_by_its_name():
    assert zone_of("Europe/Berlin") is BERLIN


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../etc/passwd", "/etc/localtime", "a\0b", "x" * 300])
def test_a_zone_that_does_not_exist_is_refused_in_a_sentence(name):
    with pytest.raises(ValueError, match=r"^There is no time zone called .* Try one like Europe/Berlin"):
        zone_of(name)


@pytest.mark.parametrize(
    ("now", "came"),
    [
        (datetime(2026, 11, 18, 8, 0, tzinfo=UTC), datetime(2026, 11, 18, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 18, 7, 59, tzinfo=UTC), datetime(2026, 11, 17, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 18, 23, 30, tzinfo=UTC), datetime(2026, 11, 18, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
    ],
    ids=["on the hour", "a minute before it", "after midnight in Berlin", "the day the clock goes back"],
)
def test_the_hour_of_the_day_came_last_on_the_teams_own_clock(now, came):
    assert day_begun(MONDAY_NINE, now) == came


@given(instants, zones, st.integers(0, 23))
def test_the_hour_of_the_day_came_within_a_day_or_so(now, zone, hour):
    came = day_begun(Schedule(weekday=0, hour=hour, zone=zone), now)

    # A day has 25 hours where a clock goes back; Samoa left out a whole one.
    assert timedelta() <= now - came <= timedelta(hours=49)


def test_an_hour_begins_on_its_stroke():
    now = utc("2026-11-18T08:59") + timedelta(seconds=59, microseconds=5)

    assert hour_begun(MONDAY_NINE.zone, now) == utc("2026-11-18T08:00")
