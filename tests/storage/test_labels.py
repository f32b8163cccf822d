"""The team's own words for people and places."""

import pytest
from builders import NOW, TEAM, a_post

from engagement.labels import as_label, is_same_label
from engagement.post import StoredPost
from storage.labels import drop_label, label_person, label_source, labels_here, labels_of, place_of

OTHER = "T2"
MIRA = {"community": "Hacker News", "author": "mira"}


def put(team, *names, workspace_id=TEAM, **who):
    team.write(label_person, workspace_id, names, **(MIRA | who), by="U1", at=NOW)


def test_somebody_carries_the_labels_that_were_given_last_and_no_others(team):
    put(team, "journalist", "  paying   customer ")
    put(team, "Journalist", "teacher")

    assert on_mira(team) == ("journalist", "teacher")
    assert [(each.name, each.people) for each in team.read(labels_of, TEAM)] == [
        ("journalist", 1),
        ("paying customer", 0),
        ("teacher", 1),
    ]


def test_a_person_of_one_community_is_nobody_of_another(team):
    put(team, "journalist")

    assert on_mira(team, community="Lobsters") == ()


def test_a_post_by_nobody_has_no_persons_labels(team):
    put(team, "journalist", author="")

    assert on_mira(team, author="") == ()


def test_a_workspace_sees_its_own_labels_only(team):
    team.add_workspace(OTHER)
    put(team, "journalist", workspace_id=OTHER)

    assert on_mira(team) == ()
    assert team.read(labels_of, TEAM) == []
    assert not team.write(drop_label, TEAM, 1, by="U1", at=NOW)


def test_a_place_gives_its_labels_to_what_it_carries(team):
    conversation = team.hear(key="one")
    post = team.card(conversation).opening.stored
    team.write(label_source, TEAM, ["our forum"], source_id=team.source.id, by="U1", at=NOW)

    here = team.read(labels_here, TEAM, post)

    assert (here.person, here.place) == ((), ("our forum",))
    assert team.card(conversation).labels == here
    assert team.read(place_of, TEAM, post.id).labels == ("our forum",)
    assert team.read(place_of, OTHER, post.id) is None


def test_a_label_that_is_dropped_is_gone_from_everybody_and_from_every_place(team):
    put(team, "journalist")
    team.write(label_source, TEAM, ["journalist"], source_id=team.source.id, by="U1", at=NOW)
    [label] = team.read(labels_of, TEAM)
    assert (label.people, label.places) == (1, 1)

    assert team.write(drop_label, TEAM, label.id, by="U1", at=NOW)

    assert (on_mira(team), team.read(labels_of, TEAM)) == ((), [])


def test_who_gave_which_label_is_kept(team):
    put(team, "journalist")
    put(team, "journalist")

    [line] = team.rows("SELECT object, act, actor, before_facts, after_facts FROM history WHERE act = 'label'")
    assert (line["object"], line["actor"]) == ("person", "U1")
    assert '"labels": ["journalist"]' in line["after_facts"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [(" Paying\n customer ", "Paying customer"), ('a "b", c', "a b c"), (" , ", ""), ("x" * 99, "x" * 40)],
)
def test_what_somebody_types_becomes_a_label(typed, label):
    assert as_label(typed) == label


def test_capitals_make_no_other_label():
    assert is_same_label("Journalist", " journalist")
    assert not is_same_label("journalist", "teacher")


def on_mira(team, **who):
    stored = StoredPost(id=0, post=a_post(**(MIRA | who)), seen_at=NOW)
    return team.read(labels_here, TEAM, stored).person
