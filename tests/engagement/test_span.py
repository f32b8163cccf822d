"""Ranges of days as people type them, on the team's own calendar."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.span import EXAMPLES, read_span

BERLIN = ZoneInfo("Europe/Berlin")
# Wednesday in London, Thursday already in Berlin.
NOW = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)


def days(typed, zone=BERLIN, now=NOW):
    span = read_span(typed, now=now, zone=zone)
    return span and span.name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("today", "2026-11-19"),
        ("Yesterday", "2026-11-18"),
        ("this week", "2026-11-16..2026-11-22"),
        ("  LAST   week ", "2026-11-09..2026-11-15"),
        ("this month", "2026-11-01..2026-11-30"),
        ("last month", "2026-10-01..2026-10-31"),
        ("this year", "2026-01-01..2026-12-31"),
        ("last year", "2025-01-01..2025-12-31"),
        ("last 1 day", "2026-11-19"),
        ("last 0 days", "2026-11-19"),
        ("the last 7 days", "2026-11-13..2026-11-19"),
        ("", "2026-10-21..2026-11-19"),
        ("2024", "2024-01-01..2024-12-31"),
        ("2024-2", "2024-02-01..2024-02-29"),
        ("2026-12", "2026-12-01..2026-12-31"),
        ("2026-11-03", "2026-11-03"),
        ("2026-11-01..2026-11-30", "2026-11-01..2026-11-30"),
        ("2026-11-01 to 2026-11-05", "2026-11-01..2026-11-05"),
        ("2026-10 ... 2026-11-05", "2026-10-01..2026-11-05"),
        ("2025..2026", "2025-01-01..2026-12-31"),
    ],
)
def test_a_range_is_read_as_people_type_it(typed, name):
    assert days(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "soon",
            "last",
            "next week",
            "2026-13",
            "2026-02-30",
            "2026-11-05..2026-11-01",
            "2026-11-05..2026-11-04",
            "2026-11-01..",
            "..",
        ),
        *("26-11-01", "0000", "9999-12-31", "9999-12", "2026-11-01..soon", "last 99999 days", "last -1 days", "٢٠٢٦"),
    ],
)
def test_what_is_no_range_is_refused(typed):
    assert days(typed) is None


def test_the_first_day_of_the_calendar_begins_where_there_is_a_midnight_before_it():
    assert days("0001-01-01", zone=BERLIN) is None
    assert days("0001-01-01", zone=ZoneInfo("UTC")) == "0001-01-01"


def test_a_day_begins_and_ends_at_midnight_on_the_teams_clock():
    span = read_span("2026-10-25", now=NOW, zone=BERLIN)

    assert span.starts_at == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert span.ends_at == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    assert (span.first, span.last) == (date(2026, 10, 25), date(2026, 10, 25))


@pytest.mark.parametrize("typed", EXAMPLES)
def test_what_people_are_told_to_type_is_a_range(typed):
    assert days(typed)


@given(st.text(max_size=30) | st.from_regex(r"\d{1,5}-\d{1,3}(-\d{1,3})?(\.\.\d{1,5}(-\d{1,3})?)?", fullmatch=True))
def test_whatever_is_typed_is_a_range_or_none(typed):
    name = days(typed)

    # Its name means the same range.
    assert name is None or days(name) == name
