from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from builders import a_watch

from engagement.calendar import Schedule
from engagement.workspace import Workspace, digest_goes_to, owed_from, team_hours


def test_what_nobody_has_taken_is_worked_on_in_office_hours_on_the_teams_own_clocks():
    tokyo = ZoneInfo("Asia/Tokyo")

    hours = team_hours(Workspace(id="T1", schedule=Schedule(weekday=0, hour=9, zone=tokyo)))

    assert (hours.zone, hours.starts, hours.ends, hours.days) == (tokyo, 9 * 60, 17 * 60, {0, 1, 2, 3, 4})


def test_a_reply_is_due_by_the_target_of_its_watch_on_the_teams_own_clocks():
    # A Monday, when it is five in the afternoon in Tokyo.
    asked_at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    workspace = Workspace(id="T1", schedule=Schedule(weekday=0, hour=9, zone=ZoneInfo("Asia/Tokyo")))

    owed = owed_from(asked_at, a_watch(target_minutes=60), workspace)

    assert owed.due_at == datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("digest_channel", "watched", "expected"),
    [("C9", ["C1", "C2"], "C9"), ("", ["C1", "C2"], "C1"), ("C9", [], "C9"), ("", [], "")],
    ids=["its own", "the first watch's", "its own, without a watch", "nowhere"],
)
def test_the_digest_goes_to_its_channel_or_where_the_first_watch_is(digest_channel, watched, expected):
    assert digest_goes_to(digest_channel, [a_watch(channel=channel) for channel in watched]) == expected
