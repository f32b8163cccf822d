"""The voice guide, the rules of communities and the roles: kept as a whole, and never by who saved last."""

from dataclasses import replace

import pytest
from builders import NOW, TEAM

from engagement.voice.draft import Roles
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule
from storage.records.history import changes_of_settings
from storage.voice.guide import find_guide, find_roles, replace_voice, save_community, save_guide, save_roles

GUIDE = Guide(
    sounds_like="We thank first.",
    banned=("cheap", "game changer"),
    disclosure=Disclosure.ALWAYS,
    disclosing=("Tidewiki crew",),
    longest=800,
    links=0,
    hard=frozenset({Rule.WORDS, Rule.DISCLOSURE}),
)
REDDIT = CommunityRules(
    community="Reddit",
    longest=600,
    promotion=Promotion.WHEN_ASKED,
    wording="9 in 10 posts.",
    approval=True,
    late_days=90,
)
ROLES = Roles(speak=("U1", "U2"), approve=("U3",), configure=("U1",), approved=frozenset({4, 12}))


def test_nobody_wrote_a_guide_yet(team):
    assert team.read(find_guide, TEAM) == Guide()
    assert team.read(find_roles, TEAM) == Roles()


def test_what_is_saved_is_read_back(team):
    assert team.write(save_guide, TEAM, GUIDE, by="U1", at=NOW)
    assert team.write(save_community, TEAM, REDDIT, by="U1", at=NOW)
    assert team.write(save_roles, TEAM, ROLES, by="U1", at=NOW)

    kept = replace(GUIDE, communities=(replace(REDDIT, version=1),), version=1)
    assert team.read(find_guide, TEAM) == kept
    assert team.read(find_roles, TEAM) == replace(ROLES, version=1)


def test_no_limit_is_another_thing_than_none_allowed(team):
    team.write(save_guide, TEAM, Guide(links=None, longest=None), by="U1", at=NOW)

    guide = team.read(find_guide, TEAM)

    assert (guide.links, guide.longest) == (None, None)


@pytest.mark.parametrize(("save", "wish"), [(save_guide, GUIDE), (save_community, REDDIT), (save_roles, ROLES)])
def test_a_form_that_was_drawn_before_somebody_elses_change_changes_nothing(team, save, wish):
    assert team.write(save, TEAM, wish, by="U1", at=NOW)
    before = team.read(find_guide, TEAM), team.read(find_roles, TEAM)

    assert not team.write(save, TEAM, wish, by="U2", at=NOW)

    assert (team.read(find_guide, TEAM), team.read(find_roles, TEAM)) == before
    assert team.write(save, TEAM, replace(wish, version=1), by="U2", at=NOW)
    assert not team.write(save, TEAM, replace(wish, version=1), by="U1", at=NOW)


def test_a_community_is_one_whatever_its_capitals(team):
    team.write(save_community, TEAM, REDDIT, by="U1", at=NOW)
    team.write(save_community, TEAM, CommunityRules(community="REDDIT", version=1), by="U1", at=NOW)

    (rules,) = team.read(find_guide, TEAM).communities

    assert (rules.community, rules.version, rules.approval) == ("REDDIT", 2, False)


def test_a_guide_from_a_file_stands_in_place_of_the_one_there_is(team):
    team.write(save_guide, TEAM, GUIDE, by="U1", at=NOW)
    team.write(save_community, TEAM, REDDIT, by="U1", at=NOW)
    hacker_news = CommunityRules(community="Hacker News", approval=True)
    wanted = Guide(banned=("synergy",), communities=(hacker_news, replace(REDDIT, longest=1), REDDIT))

    team.write(replace_voice, TEAM, wanted, at=NOW)

    guide = team.read(find_guide, TEAM)
    assert (guide.banned, guide.sounds_like, guide.version) == (("synergy",), "", 2)
    assert guide.communities == (replace(hacker_news, version=1), replace(REDDIT, version=2))


def test_who_changed_what_stands_among_the_latest_changes(team):
    team.write(save_guide, TEAM, GUIDE, by="U1", at=NOW)
    team.write(save_guide, TEAM, replace(GUIDE, version=1), by="U2", at=NOW)
    team.write(save_community, TEAM, REDDIT, by="U2", at=NOW)
    team.write(save_roles, TEAM, ROLES, by="U3", at=NOW)

    changes = team.read(changes_of_settings, TEAM, limit=3)

    assert [(each.act, each.by, each.name) for each in changes] == [
        ("roles", "U3", ""),
        ("community voice", "U2", "Reddit"),
        ("voice", "U1", ""),
    ]


def test_each_workspace_has_a_voice_of_its_own(team):
    team.add_workspace("T9")
    team.write(save_guide, "T9", GUIDE, by="U1", at=NOW)
    team.write(save_community, "T9", REDDIT, by="U1", at=NOW)

    assert team.read(find_guide, TEAM) == Guide()
