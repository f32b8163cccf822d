"""When somebody works: what Slack says of them."""

from zoneinfo import ZoneInfo

import pytest
from builders import NOW, TEAM, later

from engagement.team.team import Availability, Teammate
from engagement.turns.target import WorkingHours
from storage.team.availability import availability_of, get_to_know, is_known
from storage.team.teammates import save_teammate, teammates_of


def meet(team, zone="Europe/Berlin", *, name="Mira", at=NOW):
    team.write(get_to_know, TEAM, "U0MIRA", name=name, zone=zone, at=at)


def test_somebody_we_met_is_a_teammate_who_works_in_office_hours_on_their_own_clocks(team):
    meet(team)

    assert team.read(teammates_of, TEAM) == [Teammate(slack_user="U0MIRA", name="Mira")]
    assert team.read(availability_of, TEAM, "U0MIRA") == Availability(
        slack_user="U0MIRA", hours=WorkingHours(zone=ZoneInfo("Europe/Berlin"))
    )
    assert team.read(availability_of, TEAM, "U0SAM") == Availability(slack_user="U0SAM")


def test_who_moves_works_there_and_keeps_the_name_that_we_gave(team):
    team.write(save_teammate, TEAM, Teammate(slack_user="U0MIRA", name="M."), by="U0SAM", interval_seconds=600, at=NOW)
    meet(team)
    meet(team, "Asia/Tokyo")

    assert team.read(availability_of, TEAM, "U0MIRA").hours.zone.key == "Asia/Tokyo"
    assert [mate.name for mate in team.read(teammates_of, TEAM)] == ["M."]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_a_zone_that_is_none_leaves_the_hours_of_the_team(team, zone):
    meet(team, zone)

    assert team.read(availability_of, TEAM, "U0MIRA").hours is None


def test_slack_is_asked_once_a_day(team):
    def known(at):
        return team.read(is_known, TEAM, "U0MIRA", now=at)

    assert not known(NOW)
    meet(team)
    assert known(later(hours=23))
    assert not known(later(hours=24))
