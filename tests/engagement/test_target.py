"""When a reply is due: the target of a watch, in somebody's working hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import a_watch
from hypothesis import given
from hypothesis import strategies as st

from engagement.turns.target import (
    Deadline,
    WorkingHours,
    deadline,
    deadline_on,
    due_at,
    is_working,
    promised,
    target_of,
    target_of_watch,
    workday_ends_at,
)
from engagement.watch import Outcome

BERLIN, NEW_YORK, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")
OFFICE = WorkingHours(zone=BERLIN)
A_DAY, HALF_A_DAY = 480, 240

# Both hemispheres, half-hour shifts (Lord Howe), none, midnight shifts (Beirut), far east and west, a skipped day.
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
instants = st.integers(
    int(datetime(2005, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2037, 1, 1, tzinfo=UTC).timestamp())
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
targets = st.integers(1, 5 * A_DAY)


@st.composite
def working_hours(draw, at_least=60):
    starts = draw(st.integers(0, 1440 - at_least))
    return WorkingHours(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        starts=starts,
        ends=draw(st.integers(starts + at_least, 1440)),
        days=draw(st.frozensets(st.integers(0, 6), min_size=1)),
    )


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_a_team_that_supports_has_a_working_day_and_one_that_sells_half_of_it():
    assert {outcome: target_of(outcome) / 60 for outcome in Outcome} == {
        Outcome.SUPPORT: 8,
        Outcome.LEADS: 4,
        Outcome.REPUTATION: 8,
        Outcome.AWARENESS: 16,
    }


def test_a_watch_may_have_a_target_of_its_own():
    assert target_of_watch(a_watch(outcome=Outcome.LEADS)) == HALF_A_DAY
    assert target_of_watch(a_watch(outcome=Outcome.LEADS, target_minutes=30)) == 30


@pytest.mark.parametrize(
    ("asked", "minutes", "due"),
    [
        ("2026-11-24T09:00", A_DAY, "2026-11-24T17:00"),
        ("2026-11-24T15:30", A_DAY, "2026-11-25T15:30"),
        ("2026-11-24T15:30", HALF_A_DAY, "2026-11-25T11:30"),
        ("2026-11-24T18:00", A_DAY, "2026-11-25T17:00"),
        ("2026-11-24T06:00", HALF_A_DAY, "2026-11-24T13:00"),
        ("2026-11-27T15:30", A_DAY, "2026-11-30T15:30"),
        ("2026-11-28T10:00", A_DAY, "2026-11-30T17:00"),
        ("2026-11-27T09:00", 2 * A_DAY, "2026-11-30T17:00"),
        ("2026-03-27T14:00", A_DAY, "2026-03-30T14:00"),
        ("2026-10-23T14:00", A_DAY, "2026-10-26T14:00"),
    ],
    ids=[
        "at nine it is due at five",
        "in the afternoon it is due the next afternoon",
        "half a day",
        "in the evening the day has not begun",
        "nor in the morning",
        "over the weekend",
        "on Saturday",
        "two days",
        "over the spring shift",
        "over the autumn shift",
    ],
)
def test_a_reply_is_due_when_the_target_has_been_worked(asked, minutes, due):
    assert due_at(berlin(asked), minutes, OFFICE) == berlin(due)


def test_we_warn_when_three_quarters_of_the_work_are_over():
    assert deadline(berlin("2026-11-24T15:00"), A_DAY, OFFICE) == Deadline(
        due_at=berlin("2026-11-25T15:00"), warn_at=berlin("2026-11-25T13:00")
    )


def test_a_shift_in_the_night_of_a_clock_change_is_as_long_as_it_is():
    """On 25 October 2026 Berlin has the hour from two twice, on 29 March not at all."""
    night = WorkingHours(zone=BERLIN, starts=60, ends=4 * 60, days=frozenset({6}))

    assert due_at(berlin("2026-10-25T00:00"), 4 * 60, night) == berlin("2026-10-25T04:00")
    assert due_at(berlin("2026-03-29T00:00"), 2 * 60, night) == berlin("2026-03-29T04:00")


def test_where_the_clocks_skip_all_working_time_nobody_works_that_day():
    skipped = WorkingHours(zone=BERLIN, starts=2 * 60, ends=3 * 60, days=frozenset({6}))

    assert due_at(berlin("2026-03-28T12:00"), 30, skipped) == berlin("2026-04-05T02:30")
    assert workday_ends_at(berlin("2026-03-28T12:00"), skipped) == berlin("2026-04-05T03:00")


def test_a_day_that_never_was_is_not_worked_twice():
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    hours = WorkingHours(zone=apia, days=frozenset(range(7)))

    due = due_at(datetime(2011, 12, 29, 17, tzinfo=apia), 2 * A_DAY, hours)

    assert due == datetime(2012, 1, 1, 17, tzinfo=apia)


def test_where_the_clocks_skip_the_hour_before_midnight_the_evening_shift_ends_on_the_next_day():
    """In Nuuk, 28 March 2026 has no hour from 23:00: half past eleven comes half an hour into Sunday."""
    nuuk = ZoneInfo("America/Nuuk")
    saturday = WorkingHours(zone=nuuk, starts=12 * 60, ends=23 * 60 + 30, days=frozenset({5}))

    assert is_working(datetime(2026, 3, 29, 0, 29, tzinfo=nuuk), saturday)
    assert not is_working(datetime(2026, 3, 29, 0, 30, tzinfo=nuuk), saturday)


@given(at=instants, minutes=targets, hours=working_hours())
def test_nothing_is_due_before_it_is_owed_and_the_warning_comes_between(at, minutes, hours):
    found = deadline(at, minutes, hours)

    assert at <= found.warn_at < found.due_at
    assert found.due_at - at >= timedelta(minutes=minutes)


@given(at=instants, more=st.timedeltas(timedelta(0), timedelta(days=9)), minutes=targets, hours=working_hours())
def test_what_is_owed_later_is_never_due_earlier(at, more, minutes, hours):
    assert due_at(at, minutes, hours) <= due_at(at + more, minutes, hours)


@given(at=instants, minutes=targets, more=targets, hours=working_hours())
def test_a_longer_target_is_due_later(at, minutes, more, hours):
    assert due_at(at, minutes, hours) < due_at(at, minutes + more, hours)


@given(at=instants, minutes=targets, hours=working_hours())
def test_what_is_due_is_due_in_working_hours_on_the_clocks_of_the_zone(at, minutes, hours):
    due = due_at(at, minutes, hours).astimezone(hours.zone)
    clock = due.hour * 60 + due.minute + due.second / 60
    # Midnight ends the day before; and what a changed clock moves stands up to an hour beside its time.
    ends_a_day = (due - timedelta(seconds=1)).weekday() in hours.days
    changed = (due - timedelta(days=1)).utcoffset() != due.utcoffset()

    assert due.weekday() in hours.days or ends_a_day or changed
    assert hours.starts <= clock <= hours.ends or (clock == 0 and hours.ends == 1440) or changed


@given(at=instants, hours=working_hours())
def test_the_working_day_ends_after_any_moment_of_it(at, hours):
    ends_at = workday_ends_at(at, hours)

    assert at < ends_at
    assert is_working(ends_at - timedelta(seconds=1), hours)
    assert not is_working(at, hours) or ends_at - at <= timedelta(days=1, hours=1)


@pytest.mark.parametrize(
    ("at", "works"),
    [
        ("2026-11-24T08:59", False),
        ("2026-11-24T09:00", True),
        ("2026-11-24T16:59", True),
        ("2026-11-24T17:00", False),
        ("2026-11-28T12:00", False),
    ],
)
def test_people_work_from_the_first_minute_and_not_at_the_last(at, works):
    assert is_working(berlin(at), OFFICE) is works


# ---- what somebody promises ----------------------------------------------------------------------------------------


def promise(standing, at, hours=OFFICE, minutes=A_DAY):
    return promised(berlin(standing) if standing else None, at=berlin(at), target_minutes=minutes, hours=hours)


def test_a_promise_where_nothing_was_due_yet_is_due_after_the_target():
    assert promise(None, "2026-11-24T15:00") == deadline(berlin("2026-11-24T15:00"), A_DAY, OFFICE)


def test_a_promise_makes_nobody_wait_longer_and_warns_in_the_time_that_is_left():
    """Taken at eleven what is due at three: warned at two."""
    assert promise("2026-11-24T15:00", "2026-11-24T11:00") == Deadline(
        due_at=berlin("2026-11-24T15:00"), warn_at=berlin("2026-11-24T14:00")
    )


def test_who_stops_work_before_the_reply_is_due_promises_it_for_then():
    early = WorkingHours(zone=BERLIN, starts=6 * 60, ends=14 * 60)

    assert promise("2026-11-24T15:00", "2026-11-24T10:00", early).due_at == berlin("2026-11-24T14:00")


def test_what_is_due_as_their_day_begins_is_due_for_them_when_the_day_before_it_ends():
    assert promise("2026-11-25T09:00", "2026-11-24T15:00").due_at == berlin("2026-11-24T17:00")


def test_who_does_not_work_until_the_reply_is_due_promises_it_in_their_own_hours():
    """Ten in Berlin is four in New York: a date that nobody can keep helps nobody."""
    american = WorkingHours(zone=NEW_YORK)

    due = promise("2026-11-25T10:00", "2026-11-24T23:30", american, HALF_A_DAY).due_at

    assert due.astimezone(NEW_YORK) == datetime(2026, 11, 25, 13, tzinfo=NEW_YORK)


def test_what_is_late_stays_late_and_gives_an_hour_to_begin():
    assert promise("2026-11-24T10:00", "2026-11-24T15:00") == Deadline(
        due_at=berlin("2026-11-24T10:00"), warn_at=berlin("2026-11-24T16:00")
    )
    assert promise("2026-11-24T15:00", "2026-11-24T15:00").due_at == berlin("2026-11-24T15:00")


def test_a_date_that_somebody_set_is_warned_of_in_the_working_time_until_then():
    friday, sunday = berlin("2026-11-27T13:00"), berlin("2026-11-29T12:00")

    assert deadline_on(sunday, at=friday, hours=OFFICE) == Deadline(due_at=sunday, warn_at=berlin("2026-11-27T16:00"))
    assert deadline_on(sunday, at=berlin("2026-11-28T12:00"), hours=OFFICE).warn_at == sunday


@given(standing=instants, ahead=st.timedeltas(timedelta(0), timedelta(days=20)), minutes=targets, hours=working_hours())
def test_a_promise_is_due_after_it_is_given_warned_of_before_and_later_only_for_who_does_not_work(
    standing, ahead, minutes, hours
):
    at = standing - ahead

    found = promised(standing, at=at, target_minutes=minutes, hours=hours)

    if found.due_at > standing:
        assert workday_ends_at(at, hours) - standing > timedelta(0)
        assert not is_working(at, hours)
        assert found == deadline(at, minutes, hours)
    if standing > at:
        assert at < found.warn_at <= found.due_at


@pytest.mark.parametrize(
    "wrong", [{"starts": 600, "ends": 600}, {"starts": -1}, {"ends": 1441}, {"days": frozenset()}, {"days": {7}}]
)
def test_hours_that_never_come_are_refused(wrong):
    with pytest.raises(ValueError, match=r"^(Work must end|There must be)"):
        WorkingHours(zone=BERLIN, **wrong)
