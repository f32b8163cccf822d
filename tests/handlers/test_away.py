"""The day on which somebody is back."""

from zoneinfo import ZoneInfo

import pytest
from builders import NOW, later

from handlers.team.away import read_day


@pytest.mark.parametrize("entry", ["", "soon", "2026-11-18", "2026-11-17", "2027-11-20", "9999-12-31", "2026-13-01"])
def test_a_day_that_has_begun_or_is_too_far_or_is_none_is_refused(entry):
    assert read_day(entry, ZoneInfo("UTC"), now=NOW) is None


def test_somebody_is_back_when_the_day_begins_where_they_are():
    assert read_day("2026-11-19", ZoneInfo("UTC"), now=NOW) == later(hours=10)
    assert read_day("2026-11-20", ZoneInfo("Pacific/Auckland"), now=NOW) == later(hours=21)
