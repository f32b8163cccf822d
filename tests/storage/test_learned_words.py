"""Votes on words, as people correct moods, and what follows from them."""

from dataclasses import replace

import pytest
from builders import NOW, TEAM, a_post, a_reading, a_sighting
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.conversations.press import Act, Press
from engagement.understanding.learned import Learned
from engagement.understanding.reading import Mood
from storage.conversations.decisions import correct
from storage.conversations.mentions import find_mention
from storage.records.history import changes_of_settings
from storage.understanding.learned import forget_word, learned_in
from triage.read import corrected

BAD = a_reading(mood=Mood.BAD, mood_words=("so insane",))


def hear(team, reading=BAD):
    """Hear a mention that reads so; return the number of its conversation."""
    post = a_post()
    team.poll(post, sightings=[replace(a_sighting(team.watch, post), reading=reading)])
    [row] = team.rows("SELECT id FROM conversation WHERE thread_key = :thread", thread=post.thread_key)
    return row["id"]


def say(team, number, mood, *, workspace_id=TEAM):
    """Have somebody say how it sounds."""
    reading = team.card(number).opening.reading
    after = corrected(reading, kind=reading.kind, mood=mood, pillar=reading.pillar)
    drawn = team.conversation(number).version
    press = Press(act=Act.CORRECT, conversation_id=number, by="U2", drawn=drawn)
    return team.write(correct, press, after, workspace_id=workspace_id, at=NOW)


def words_of(team, workspace_id=TEAM):
    return {each.word: (each.means, each.corrections) for each in team.read(learned_in, workspace_id).words}


def test_the_third_correction_of_another_mention_teaches(team):
    for _ in range(2):
        say(team, hear(team), Mood.GOOD)
    assert team.read(learned_in, TEAM) == Learned()

    say(team, hear(team), Mood.GOOD)

    assert words_of(team) == {"insane": (Mood.GOOD, 3)}
    assert words_of(team, "T2") == {}


def test_a_mention_votes_once_however_often_it_is_corrected(team):
    number = hear(team)
    for mood in (Mood.GOOD, Mood.UNSURE, Mood.GOOD, Mood.BAD, Mood.GOOD):
        say(team, number, mood)

    assert words_of(team) == {}
    assert team.rows("SELECT word, was, became FROM word_vote") == [{"word": "insane", "was": "bad", "became": "good"}]


def test_one_against_makes_it_doubtful_and_taken_back_it_counts_again(team):
    first, *_ = [hear(team) for _ in range(4)]
    for number in range(first, first + 3):
        say(team, number, Mood.GOOD)
    say(team, first + 3, Mood.UNSURE)
    assert words_of(team) == {}

    say(team, first + 3, Mood.BAD)

    assert words_of(team) == {"insane": (Mood.GOOD, 3)}
    assert [(change.act, change.name, change.by) for change in team.read(changes_of_settings, TEAM, limit=3)] == [
        ("learn", "insane", "U2"),
        ("doubt", "insane", "U2"),
        ("learn", "insane", "U2"),
    ]


def test_what_decided_because_it_was_learned_can_be_unlearned(team):
    for _ in range(3):
        say(team, hear(team), Mood.GOOD)

    say(team, hear(team, a_reading(mood=Mood.GOOD, mood_words=("insane",), learned="“insane” is good here")), Mood.BAD)

    assert words_of(team) == {}


def test_forgotten_it_takes_three_corrections_again(team):
    for _ in range(3):
        say(team, hear(team), Mood.GOOD)
    [word] = team.read(learned_in, TEAM).words

    assert not team.write(forget_word, "T2", word.id, by="U9", at=NOW)
    assert team.write(forget_word, TEAM, word.id, by="U9", at=NOW)
    assert not team.write(forget_word, TEAM, word.id, by="U9", at=NOW)

    assert words_of(team) == {}
    [change] = team.read(changes_of_settings, TEAM, limit=1)
    assert (change.act, change.name, change.by) == ("forget", "insane", "U9")
    for _ in range(2):
        say(team, hear(team), Mood.GOOD)
    assert words_of(team) == {}


@pytest.mark.parametrize("reading", [a_reading(mood=Mood.MIXED, mood_words=("love", "insane")), a_reading()])
def test_what_was_mixed_or_unsure_blames_no_word(team, reading):
    say(team, hear(team, reading), Mood.GOOD)

    assert team.rows("SELECT * FROM word_vote") == []


def test_a_mention_says_what_of_it_was_learned(team):
    learned = "“insane” is good here, learned from 3 corrections"
    number = hear(team, a_reading(mood=Mood.GOOD, learned=learned))

    assert team.card(number).opening.reading.learned == learned
    assert team.read(find_mention, 1).reading.learned == learned


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.sampled_from(Mood), min_size=2, max_size=6), data=st.data())
def test_the_order_of_corrections_does_not_matter_and_taken_back_nothing_is_left(new_team, said, data):
    order = data.draw(st.permutations(range(len(said))))
    teams = [new_team(), new_team()]
    for team, numbers in zip(teams, (range(len(said)), order), strict=True):
        heard = [hear(team) for _ in said]
        for number in numbers:
            say(team, heard[number], said[number])
    assert words_of(teams[0]) == words_of(teams[1])

    for number in order:
        say(teams[0], number + 1, Mood.BAD)
    assert words_of(teams[0]) == {}
