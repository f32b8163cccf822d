from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engagement.calendar import Schedule
from engagement.workspace import Workspace, reply_due_at


def test_a_reply_is_due_one_working_day_later_on_the_teams_own_clocks():
    schedule = Schedule(weekday=0, hour=9, zone=ZoneInfo("Asia/Tokyo"))
    workspace = Workspace(id="T1", schedule=schedule)
    friday_in_tokyo = datetime(2026, 11, 26, 20, tzinfo=UTC)

    assert reply_due_at(workspace, owed_from=friday_in_tokyo) == datetime(2026, 11, 29, 20, tzinfo=UTC)
