"""Whom a name means: of those who wrote about us, in whatever spelling."""

import pytest
from builders import NOW, TEAM

from engagement.calm.mute_words import read_mute
from storage.team.meant import Meant, who_is_meant


@pytest.fixture
def street(team):
    for community, author in [
        ("r/selfhosted", "u/spam"),
        ("r/devops", "u/spam"),
        ("Mastodon", "@spam"),
        ("Forum", "jo"),
    ]:
        team.hear(community=community, author=author)
    return team


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("u/spam on r/selfhosted", [("r/selfhosted", "u/spam")]),
        ("spam on reddit", [("r/devops", "u/spam"), ("r/selfhosted", "u/spam")]),
        ("@spam", [("Mastodon", "@spam"), ("r/devops", "u/spam"), ("r/selfhosted", "u/spam")]),
        ("jo in forum for a day", [("Forum", "jo")]),
        ("R/SelfHosted", [("r/selfhosted", "")]),
        ("all of forum", [("Forum", "")]),
        ("all of jo", []),
        ("nobody", []),
        ("jo on Mastodon", []),
    ],
)
def test_a_name_means_those_who_wrote_about_us(street, typed, meant):
    found = street.read(who_is_meant, TEAM, read_mute(typed, now=NOW))

    assert found == [Meant(community=community, author=author) for community, author in meant]


def test_a_name_of_another_workspace_means_nobody(street):
    street.add_workspace("T2")

    assert street.read(who_is_meant, "T2", read_mute("u/spam", now=NOW)) == []
