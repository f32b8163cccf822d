from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from builders import a_watch

from engagement.calendar import Schedule
from engagement.workspace import Workspace, digest_goes_to, reply_due_at


def test_a_reply_is_due_one_working_day_later_on_the_teams_own_clocks():
    schedule = Schedule(weekday=0, hour=9, zone=ZoneInfo("Asia/Tokyo"))
    workspace = Workspace(id="T1", schedule=schedule)
    friday_in_tokyo = datetime(2026, 11, 26, 20, tzinfo=UTC)

    assert reply_due_at(workspace, owed_from=friday_in_tokyo) == datetime(2026, 11, 29, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("digest_channel", "watched", "expected"),
    [("C9", ["C1", "C2"], "C9"), ("", ["C1", "C2"], "C1"), ("C9", [], "C9"), ("", [], "")],
    ids=["its own", "the first watch's", "its own, without a watch", "nowhere"],
)
def test_the_digest_goes_to_its_channel_or_where_the_first_watch_is(digest_channel, watched, expected):
    assert digest_goes_to(digest_channel, [a_watch(channel=channel) for channel in watched]) == expected
