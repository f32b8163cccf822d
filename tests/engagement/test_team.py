import pytest
from builders import NOW, later

from engagement.team.team import Availability, Handle, Teammate, is_named


def test_somebody_is_away_until_the_moment_they_are_back():
    away = Availability(slack_user="U1", away_until=later(days=1))

    assert away.is_away(NOW)
    assert not away.is_away(later(days=1))
    assert not Availability(slack_user="U1").is_away(NOW)


@pytest.mark.parametrize(
    ("community", "name", "is_theirs"),
    [
        ("r/selfhosted", "u/Pat_Tide", True),
        ("Reddit", "https://www.reddit.com/user/pat_tide/", True),
        ("Reddit", "u/pat", False),
        ("Lobsters", "pat_tide", False),
    ],
)
def test_a_name_is_a_teammates_however_it_is_written(community, name, is_theirs):
    mate = Teammate(slack_user="U1", name="Pat", handles=(Handle(community="Reddit", name="u/pat_tide"),))

    assert is_named(mate, community, name) is is_theirs
