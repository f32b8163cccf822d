"""The team's own words for people and places."""

import pytest
from builders import NOW, TEAM, a_post

from engagement.home import Filters, Page, Tab
from engagement.post import StoredPost
from engagement.team.labels import as_label, is_same_label
from storage.conversations.queue import everything
from storage.records.search import search_mentions
from storage.team.labels import drop_label, find_label, label_person, label_source, labels_here, labels_of, place_of

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


def sought(team, typed, label):
    number = team.read(find_label, TEAM, label)
    found = team.read(search_mentions, TEAM, typed, limit=9, label=number)
    return [row.mention.stored.post.title for row in found]


def test_what_a_labelled_person_said_is_found_with_words_and_without(team):
    team.hear(title="One word", **MIRA)
    team.hear(title="Another word", author="pat", community="Hacker News")
    team.hear(title="A third", **MIRA)
    put(team, "journalist")

    assert sought(team, "", "Journalist") == ["A third", "One word"]
    assert sought(team, "word", "journalist") == ["One word"]
    assert team.read(find_label, TEAM, "teacher") is None
    assert team.read(find_label, OTHER, "journalist") is None


def test_what_a_labelled_place_carries_is_found_and_nothing_else(team):
    team.hear(title="Here")
    elsewhere = team.add_source(team.watch, "https://other.example/feed")
    team.write(label_source, TEAM, ["our forum"], source_id=elsewhere.id, by="U1", at=NOW)
    there = a_post(title="There")
    team.poll(there, source=elsewhere)

    assert sought(team, "", "our forum") == ["There"]


def test_pages_of_a_label_follow_each_other(team):
    for number in range(5):
        team.hear(title=f"Tidewiki {number}", **MIRA)
    put(team, "journalist")
    label = team.read(find_label, TEAM, "journalist")
    first = team.read(search_mentions, TEAM, "", limit=3, label=label)
    second = team.read(search_mentions, TEAM, "", limit=3, label=label, before=first[-1].post_id)

    assert [row.mention.stored.post.title for row in [*first, *second]] == [f"Tidewiki {n}" for n in range(4, -1, -1)]


def test_everything_is_narrowed_to_a_label_whoever_in_the_conversation_has_it(team):
    here = team.hear(thread_key="one thread", author="pat")
    team.hear(thread_key="one thread", **MIRA)
    team.hear(author="pat")
    put(team, "journalist")

    def listed(label):
        page = Page(tab=Tab.EVERYTHING, filters=Filters(label=label))
        return [row.line.conversation_id for row in team.read(everything, TEAM, page).rows]

    assert listed("Journalist") == [here]
    assert listed("nobody has it") == []


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        (" Paying\n customer ", "Paying customer"),
        ('a "b", c', "a b c"),
        (" , ", ""),
        ("x" * 99, "x" * 40),
        ("\u200b\x00", ""),
    ],
)
def test_what_somebody_types_becomes_a_label(typed, label):
    assert as_label(typed) == label


def test_capitals_make_no_other_label():
    assert is_same_label("Journalist", " journalist")
    assert not is_same_label("journalist", "teacher")


def on_mira(team, **who):
    stored = StoredPost(id=0, post=a_post(**(MIRA | who)), seen_at=NOW)
    return team.read(labels_here, TEAM, stored).person
