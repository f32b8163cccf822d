"""Quiet hours on the clocks of people, whatever those clocks do in spring and autumn."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import a_schedule, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.quiet import is_quiet, quiet_until
from engagement.workspace import QuietHours, Workspace

HOURS = st.integers(min_value=0, max_value=23)
# Clocks that change by an hour, by half an hour, at midnight, and one that stands half an hour off.
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Asia/Kabul"]
)
MOMENTS = st.integers(min_value=-1_000_000, max_value=500_000).map(lambda minutes: later(minutes=minutes))


def a_workspace(begin, end, *, zone="UTC"):
    return Workspace(id="T1", schedule=a_schedule(zone=zone), quiet=QuietHours(from_hour=begin, to_hour=end))


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("begin", "end", "now", "until"),
    [
        (22, 7, "2026-11-18T23:00+00:00", "2026-11-19T07:00+00:00"),
        (22, 7, "2026-11-18T03:00+00:00", "2026-11-18T07:00+00:00"),
        (22, 7, "2026-11-18T22:00+00:00", "2026-11-19T07:00+00:00"),
        (22, 7, "2026-11-18T07:00+00:00", "2026-11-18T07:00+00:00"),
        (22, 7, "2026-11-18T21:59+00:00", "2026-11-18T21:59+00:00"),
        (12, 14, "2026-11-18T13:30+00:00", "2026-11-18T14:00+00:00"),
        (12, 14, "2026-11-18T14:30+00:00", "2026-11-18T14:30+00:00"),
        (23, 0, "2026-11-18T23:30+00:00", "2026-11-19T00:00+00:00"),
    ],
    ids=[
        "late in the evening, until the morning",
        "after midnight, until the same morning",
        "from the first minute",
        "over at the hour itself",
        "not a minute before",
        "at noon as well",
        "and over at two",
        "up to midnight",
    ],
)
def test_quiet_lasts_from_one_hour_to_the_other(begin, end, now, until):
    assert quiet_until(a_workspace(begin, end), at(now)) == at(until)
    assert is_quiet(a_workspace(begin, end), at(now)) == (now != until)


def test_without_quiet_hours_it_is_never_quiet():
    loud = Workspace(id="T1", schedule=a_schedule())

    assert not is_quiet(loud, at("2026-11-18T03:00+00:00"))
    assert quiet_until(loud, at("2026-11-18T04:00+01:00")) == at("2026-11-18T03:00+00:00")


def test_it_is_quiet_on_the_clock_of_the_workspace_or_of_whoever_would_be_rung_for():
    berlin, now = a_workspace(22, 7, zone="Europe/Berlin"), at("2026-11-18T21:30+00:00")

    assert is_quiet(berlin, now)
    assert not is_quiet(berlin, now, zone=ZoneInfo("America/New_York"))
    # In Tokyo the night begins while it is afternoon in Berlin.
    assert quiet_until(berlin, at("2026-11-18T13:30+00:00"), zone=ZoneInfo("Asia/Tokyo")) == at(
        "2026-11-18T22:00+00:00"
    )


def test_where_the_clock_jumps_over_the_end_quiet_ends_with_the_jump():
    # In Berlin 02:00 to 03:00 was left out on 29 March 2026, at 01:00 UTC.
    berlin = a_workspace(22, 2, zone="Europe/Berlin")

    assert quiet_until(berlin, at("2026-03-29T00:30+00:00")) == at("2026-03-29T01:00+00:00")


@pytest.mark.parametrize(("begin", "end"), [(-1, 7), (22, 24), (24, 7), (7, 7)])
def test_hours_that_never_come_and_a_quiet_without_an_end_are_refused(begin, end):
    with pytest.raises(ValueError, match="Quiet hours"):
        QuietHours(from_hour=begin, to_hour=end)


@given(begin=HOURS, end=HOURS, zone=ZONES, now=MOMENTS)
def test_quiet_ends_at_the_first_moment_that_is_not_quiet(begin, end, zone, now):
    if begin == end:
        return
    workspace = a_workspace(begin, end, zone=zone)
    until = quiet_until(workspace, now)

    assert not is_quiet(workspace, until)
    assert timedelta() <= until - now <= timedelta(hours=25)
    moments = [now + step * timedelta(minutes=30) for step in range(51)]
    assert all(is_quiet(workspace, moment) for moment in moments if moment < until)


@given(begin=HOURS, end=HOURS, now=MOMENTS)
def test_of_a_day_as_many_hours_are_quiet_as_were_asked_for(begin, end, now):
    if begin == end:
        return
    workspace = a_workspace(begin, end)

    assert sum(is_quiet(workspace, now + timedelta(hours=hour)) for hour in range(24)) == (end - begin) % 24
