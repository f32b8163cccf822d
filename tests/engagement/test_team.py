import pytest
from builders import NOW, later

from engagement.team.handles import bare_handle
from engagement.team.team import Availability, Handle, Teammate, is_named, without_names_of

HANDLES = (Handle(community="Reddit", name="u/pat_tide"), Handle(community="GitHub", name="pat"))


def test_somebody_is_away_until_the_moment_they_are_back():
    away = Availability(slack_user="U1", away_until=later(days=1))

    assert away.is_away(NOW)
    assert not away.is_away(later(days=1))
    assert not Availability(slack_user="U1").is_away(NOW)


@pytest.mark.parametrize(
    ("facts", "is_here"),
    [
        ({}, True),
        ({"away_until": NOW}, True),
        ({"away_until": later(days=1)}, False),
        ({"has_left": True}, False),
        ({"has_left": True, "away_until": later(days=1)}, False),
    ],
    ids=["at work", "back again", "away", "left", "left while away"],
)
def test_only_who_has_a_seat_and_is_not_away_is_given_something_to_do(facts, is_here):
    assert Availability(slack_user="U1", **facts).is_here(NOW) is is_here


@pytest.mark.parametrize("handle", ["acme", " @Acme", "u/acme ", "/u/Acme"])
def test_a_handle_is_the_same_with_the_sign_of_its_community_and_without(handle):
    assert bare_handle(handle) == "acme"


@pytest.mark.parametrize(
    ("community", "name", "is_theirs"),
    [
        ("r/selfhosted", "u/Pat_Tide", True),
        ("Reddit", "https://www.reddit.com/user/pat_tide/", True),
        ("Reddit", "u/pat", False),
        ("Reddit", "lee/pat_tide", False),
        ("Lobsters", "pat_tide", False),
        ("GitHub", "pat", True),
    ],
)
def test_a_name_is_a_teammates_however_it_is_written(community, name, is_theirs):
    mate = Teammate(slack_user="U1", name="Pat", handles=HANDLES)

    assert is_named(mate, community, name) is is_theirs


def test_a_name_that_another_teammate_has_is_theirs_alone():
    mate = Teammate(slack_user="U1", name="Pat", handles=HANDLES)
    other = Teammate(slack_user="U2", name="Kim", handles=(HANDLES[1], Handle(community="Reddit", name="pat")))

    assert without_names_of(mate, other) == Teammate(slack_user="U1", name="Pat", handles=HANDLES[:1])
