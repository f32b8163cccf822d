"""When a word beside a name tells whether we are meant, and what it changes: at most, somebody is asked."""

from dataclasses import replace

import pytest
from builders import a_conversation
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.press import Act
from engagement.understanding.beside import (
    ENOUGH,
    Judged,
    LearnedBeside,
    Taught,
    Verdict,
    as_taught,
    may_be_put_aside,
    say_beside,
    say_shown,
    verdict_of,
    what_it_tells,
)
from engagement.understanding.reading import Tag

MOON = LearnedBeside(id=1, watch_id=1, word="moon", is_us=False, posts=3)
ROCKET = LearnedBeside(id=2, watch_id=1, word="rocket", is_us=False, posts=5)
GRAPH = LearnedBeside(id=3, watch_id=1, word="graph", is_us=True, posts=4)
SEEN = a_conversation()
TAGGED = replace(SEEN, tag=Tag.LISTEN)
DISMISSED = replace(SEEN, dismissed_by="U1")
UNSURE = replace(SEEN, unsure=True)


@pytest.mark.parametrize(
    ("with_word", "of_all", "tells"),
    [
        (Judged(not_us=3), Judged(us=3, not_us=3), False),
        (Judged(not_us=2), Judged(us=3, not_us=3), None),
        (Judged(not_us=9, us=1), Judged(us=3, not_us=3), None),
        (Judged(not_us=9), Judged(us=2, not_us=3), None),
        (Judged(us=3), Judged(us=3, not_us=3), True),
        (Judged(us=3), Judged(us=3, not_us=2), None),
        (Judged(), Judged(us=3, not_us=3), None),
    ],
    ids=["three of three", "two", "one against", "nothing else is us", "us", "nothing else is not us", "no vote"],
)
def test_a_word_tells_once_enough_posts_agree_and_there_are_others(with_word, of_all, tells):
    assert what_it_tells(with_word, of_all, asks=True) is tells
    assert what_it_tells(with_word, of_all, asks=False) is (None if tells else tells)


@given(us=st.integers(0, 9), not_us=st.integers(0, 9), all_us=st.integers(0, 9), all_not_us=st.integers(0, 9))
def test_one_vote_against_is_enough_for_a_word_to_tell_nothing(us, not_us, all_us, all_not_us):
    told = what_it_tells(Judged(us=us, not_us=not_us), Judged(us=us + all_us, not_us=not_us + all_not_us), asks=True)

    assert told is None or (min(us, not_us) == 0 and max(us, not_us) >= ENOUGH and told is (us > 0))


@pytest.mark.parametrize(
    ("before", "after", "act", "verdict"),
    [
        (SEEN, TAGGED, Act.LISTEN, Verdict.US),
        (SEEN, DISMISSED, Act.NOT_US, Verdict.NOT_US),
        (TAGGED, replace(TAGGED, dismissed_by="U1"), Act.NOT_US, Verdict.NOT_US),
        (replace(TAGGED, dismissed_by="U1"), TAGGED, Act.UNDO, Verdict.US),
        (DISMISSED, SEEN, Act.UNDO, Verdict.TAKEN_BACK),
        (TAGGED, SEEN, Act.UNDO, Verdict.TAKEN_BACK),
        (UNSURE, SEEN, Act.US, Verdict.US),
        (TAGGED, replace(TAGGED, tag=Tag.REACT), Act.REACT, None),
        (SEEN, SEEN, Act.SNOOZE, None),
        (DISMISSED, DISMISSED, Act.MUTE, None),
    ],
)
def test_a_decision_says_whether_it_is_us(before, after, act, verdict):
    assert verdict_of(before, after, act) is verdict


@pytest.mark.parametrize(
    ("sure", "words", "taught"),
    [
        (True, {"moon"}, Taught(sure=False, said="3 of 3 posts with “moon” near “Apollo” were not us")),
        (True, {"moon", "rocket"}, Taught(sure=False, said="5 of 5 posts with “rocket” near “Apollo” were not us")),
        (False, {"graph"}, Taught(sure=True, said="4 of 4 posts with “graph” near “Apollo” were us")),
        (True, {"moon", "graph"}, Taught(sure=True)),
        (False, {"moon"}, Taught(sure=False)),
        (True, {"graph"}, Taught(sure=True)),
        (True, {"moons"}, Taught(sure=True)),
    ],
    ids=["asks", "the stronger word says why", "is sure", "words differ", "asks anyway", "is sure anyway", "no word"],
)
def test_what_was_learned_asks_or_is_sure(sure, words, taught):
    said = as_taught(sure=sure, is_ours=False, beside=words, learned=[MOON, ROCKET, GRAPH], name="Apollo")

    assert said == taught


def test_what_has_something_of_ours_in_it_is_us_whatever_was_learned():
    assert as_taught(sure=True, is_ours=True, beside={"moon"}, learned=[MOON], name="Apollo") == Taught(sure=True)


@pytest.mark.parametrize(("waiting", "judged", "may"), [(0, 3, True), (2, 3, True), (3, 3, False), (4, 3, False)])
def test_no_more_is_put_aside_without_an_answer_than_was_judged_not_to_be_us(waiting, judged, may):
    assert may_be_put_aside(waiting=waiting, judged=judged) is may


def test_what_is_shown_all_the_same_says_why():
    said = say_shown(say_beside(MOON, name="Apollo"), waiting=1_200)

    assert said == "shown although 3 of 3 posts with “moon” near “Apollo” were not us: 1,200 like it wait for an answer"


def test_a_match_of_no_name_says_so_too():
    assert say_beside(MOON, name="") == "3 of 3 posts with “moon” near the name were not us"
