"""Times as text: their order, and what is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.stamps import dump_list, load_list, read_stamp, stamp

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# A day inside the calendar's ends: another zone's first day may lie outside of them.
TIMES = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001 - zones are drawn


@given(TIMES, TIMES)
def test_the_order_of_stamps_is_the_order_of_time(one, other):
    early, late = sorted([one, other])

    assert stamp(early) <= stamp(late)
    if late - early >= timedelta(milliseconds=1):
        assert stamp(early) < stamp(late)


@given(TIMES)
def test_a_stamp_is_read_back_to_the_millisecond(at):
    read = read_stamp(stamp(at))

    assert timedelta(0) <= at - read < timedelta(milliseconds=1)
    assert read.tzinfo is UTC
    assert len(stamp(at)) == len("2026-11-22T09:00:00.000Z")


@given(TIMES)
def test_a_stamp_is_the_iso_format_of_a_time_in_utc(at):
    assert stamp(at) == at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        stamp(datetime(2026, 11, 22))  # noqa: DTZ001 - that is the point


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_list_is_read_back(items):
    assert load_list(dump_list(items)) == tuple(items)
