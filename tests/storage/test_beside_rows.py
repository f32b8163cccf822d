"""What *Us* and *Not us* teach in the rows: counted once a post, whoever presses in which order, and forgotten."""

import json
from itertools import count

import pytest
from builders import NOW, TEAM, a_post, a_sighting
from forgetting import forget_whole

from engagement.conversations.press import Act
from engagement.digest.voices import Person
from storage.listening.watches import find_watch
from storage.records.history import changes_of_settings
from storage.understanding.beside import forget_beside, learned_beside
from storage.understanding.learned import learned_in

numbers = count(1)


def hear(team, *words, watch=None, **facts):
    """Hear a post with these words beside the name; return its conversation."""
    number = next(numbers)
    post = a_post(f"beside-{number}", **facts)
    team.poll(post, sightings=[a_sighting(watch or team.watch, post, beside=words)])
    return team.rows("SELECT id FROM conversation WHERE thread_key = :key", key=post.thread_key)[0]["id"]


def judge(team, act, *words, times=1, **facts):
    heard = [hear(team, *words, **facts) for _ in range(times)]
    for each in heard:
        team.press(act, each)
    return heard


@pytest.fixture
def asking(team):
    """A watch that asks for words near its name."""
    watch = team.add_watch("Apollo")
    team.write(lambda tx: tx.run("UPDATE watch SET near = :near WHERE id = :id", near='["client"]', id=watch.id))
    return watch


def told(team, workspace_id=TEAM):
    return {each.word: (each.is_us, each.posts) for each in team.read(learned_beside, workspace_id)}


def test_the_third_post_that_is_not_us_teaches_its_words_where_others_are_us(team):
    judge(team, Act.LISTEN, "graph", "client", times=3)
    judge(team, Act.NOT_US, "moon", "client", times=2)
    assert told(team) == {}

    judge(team, Act.NOT_US, "moon", "rocket")

    assert told(team) == {"moon": (False, 3)}
    assert {each.word for each in team.read(learned_in, TEAM).beside} == {"moon"}


def test_what_is_us_is_learned_where_somebody_is_asked(team, asking):
    judge(team, Act.NOT_US, "moon", times=3, watch=asking)
    judge(team, Act.LISTEN, "graph", times=3, watch=asking)

    assert told(team) == {"moon": (False, 3), "graph": (True, 3)}


def test_words_of_before_tell_as_soon_as_there_are_posts_of_the_other_sort(team):
    judge(team, Act.NOT_US, "moon", times=5)
    assert told(team) == {}

    judge(team, Act.INTERACT, "graph", times=3)

    assert told(team) == {"moon": (False, 5)}


def test_what_is_taken_back_counts_for_nothing(team):
    judge(team, Act.LISTEN, "graph", times=3)
    moons = judge(team, Act.NOT_US, "moon", times=3)
    team.press(Act.UNDO, moons[0])
    assert told(team) == {}

    team.press(Act.NOT_US, moons[0])
    assert told(team)["moon"] == (False, 3)

    team.press(Act.UNDO, moons[0])
    team.press(Act.REACT, moons[0])
    assert "moon" not in told(team)


def test_a_post_votes_once_however_often_it_is_tagged(team):
    [one] = judge(team, Act.LISTEN, "graph")
    for act in (Act.INTERACT, Act.REACT, Act.NOT_US, Act.UNDO):
        team.press(act, one)

    assert team.rows("SELECT word, is_us FROM beside_vote") == [{"word": "graph", "is_us": 1}]
    assert team.rows("SELECT is_us FROM us_verdict") == [{"is_us": 1}]


def test_watches_and_workspaces_learn_for_themselves(team):
    other = team.add_watch("Apollo")
    judge(team, Act.LISTEN, "graph", times=3)
    judge(team, Act.NOT_US, "moon", times=2)
    judge(team, Act.NOT_US, "moon", watch=other)

    assert told(team) == {}
    assert team.read(find_watch, other.id).version == other.version


def test_the_history_says_in_a_line_what_a_decision_taught_and_who_made_it(team, asking):
    judge(team, Act.LISTEN, "graph", times=3, watch=asking)
    moons = judge(team, Act.NOT_US, "moon", "rocket", times=3, watch=asking)
    team.press(Act.UNDO, moons[0], by="U7")

    lines = team.rows("SELECT act, actor, after_facts FROM history WHERE object = 'beside' ORDER BY id")
    assert [(line["act"], line["actor"], json.loads(line["after_facts"])["name"]) for line in lines] == [
        ("learn", "U2", ["graph", "moon", "rocket"]),
        ("doubt", "U7", ["graph", "moon", "rocket"]),
    ]
    assert team.read(changes_of_settings, TEAM, limit=1)[0].name == "graph, moon, rocket"


def test_what_was_learned_is_forgotten_with_its_votes(team):
    team.add_workspace("T2")
    judge(team, Act.LISTEN, "graph", times=3)
    judge(team, Act.NOT_US, "moon", times=3)
    [moon] = [each for each in team.read(learned_beside, TEAM) if each.word == "moon"]

    assert not team.write(forget_beside, "T2", moon.id, by="U1", at=NOW)
    assert team.write(forget_beside, TEAM, moon.id, by="U1", at=NOW)
    assert not team.write(forget_beside, TEAM, moon.id, by="U1", at=NOW)
    judge(team, Act.NOT_US, "moon", times=2)
    assert "moon" not in told(team)
    judge(team, Act.NOT_US, "moon")
    assert told(team)["moon"] == (False, 3)


@pytest.mark.parametrize("sure", [True, False])
def test_a_mention_keeps_what_was_learned_of_it(team, sure):
    judge(team, Act.NOT_US, "moon")
    post = a_post()
    said = "3 of 3 posts with “moon” near “Apollo” were not us"
    team.poll(post, sightings=[a_sighting(team.watch, post, sure=sure, taught=said, beside=("moon",))])

    assert team.card(2).opening.taught == said
    assert team.conversation(2).unsure is not sure


def test_words_of_somebody_who_was_forgotten_are_kept_nowhere(team, asking):
    judge(team, Act.LISTEN, "graph", times=3, author="ann", watch=asking)
    judge(team, Act.NOT_US, "moon", times=3, author="bob", watch=asking)

    team.write(forget_whole, TEAM, Person("forum.example", "bob"), by="U1", at=NOW)

    assert told(team) == {"graph": (True, 3)}
    assert team.rows("SELECT DISTINCT word FROM beside_vote") == [{"word": "graph"}]
    assert {row["beside"] for row in team.rows("SELECT beside FROM mention")} == {'["graph"]', "[]"}
