"""When corrections are enough to read a word otherwise, and which words are to blame."""

import pytest
from builders import a_reading
from hypothesis import given
from hypothesis import strategies as st

from engagement.understanding.learned import ENOUGH, LONGEST_WORD, preferred_of, vote_of, what_it_means, words_in_doubt
from engagement.understanding.reading import Mood, Tag

MOODS = st.sampled_from(Mood)


@pytest.mark.parametrize(
    ("votes", "means"),
    [
        ({Mood.GOOD: 3}, Mood.GOOD),
        ({Mood.UNSURE: 4}, Mood.UNSURE),
        ({Mood.GOOD: 2}, None),
        ({Mood.GOOD: 9, Mood.BAD: 1}, None),
        ({Mood.GOOD: 3, Mood.BAD: 0}, Mood.GOOD),
        ({}, None),
    ],
    ids=[
        "three times",
        "it says nothing",
        "too few",
        "somebody disagrees",
        "nobody disagrees any more",
        "nobody spoke",
    ],
)
def test_a_word_means_something_else_after_three_corrections_and_none_against(votes, means):
    assert what_it_means(votes) is means


@pytest.mark.parametrize(
    ("was", "became", "vote"),
    [
        (Mood.BAD, Mood.GOOD, Mood.GOOD),
        (Mood.GOOD, Mood.UNSURE, Mood.UNSURE),
        (Mood.BAD, Mood.BAD, None),
        (Mood.BAD, Mood.MIXED, None),
    ],
    ids=["the opposite", "it says nothing", "taken back", "good and bad at once blames no word"],
)
def test_a_correction_is_a_vote_where_it_says_what_each_word_means(was, became, vote):
    assert vote_of(was, became) is vote


@given(st.lists(MOODS), MOODS)
def test_a_voice_against_is_always_heard(votes, against):
    counted = {mood: votes.count(mood) for mood in Mood}
    meant = what_it_means(counted)
    if meant not in (None, against):
        counted[against] += 1
        assert what_it_means(counted) is None


@given(MOODS)
def test_what_is_learned_needs_enough(mood):
    assert what_it_means({mood: ENOUGH - 1}) is None
    assert what_it_means({mood: ENOUGH}) is mood


@pytest.mark.parametrize(
    ("mood", "words", "doubted"),
    [
        (Mood.BAD, ("insane", "Slow"), ("insane", "slow")),
        (Mood.BAD, ("so insane", "very insane"), ("insane",)),
        (Mood.GOOD, ("not bad",), ("not bad",)),
        (Mood.MIXED, ("insane", "love"), ()),
        (Mood.UNSURE, (), ()),
        (Mood.BAD, ("x" * LONGEST_WORD, "x" * (LONGEST_WORD + 1)), ("x" * LONGEST_WORD,)),
        (Mood.BAD, (" ",), ()),
        (Mood.BAD, ("really",), ("really",)),
    ],
    ids=[
        "each",
        "what strengthens goes",
        "what turns stays",
        "mixed",
        "unsure",
        "too long",
        "no word",
        "one word stays",
    ],
)
def test_the_words_that_decided_are_to_blame(mood, words, doubted):
    assert words_in_doubt(a_reading(mood=mood, mood_words=words)) == doubted


@pytest.mark.parametrize(
    ("latest", "preferred"),
    [
        ("LLLLLLLLII", (Tag.LISTEN, 8)),
        ("LLLLLLLIII", None),
        ("LLLLLLLLL", None),
        ("LLLLLLLLLLIIIIII", (Tag.LISTEN, 10)),
        ("", None),
    ],
    ids=["eight of ten", "seven of ten", "only nine yet", "what was long ago", "nothing yet"],
)
def test_nearly_all_of_the_latest_choices_are_a_preference(latest, preferred):
    letters = {"L": Tag.LISTEN, "I": Tag.INTERACT}

    assert preferred_of([letters[letter] for letter in latest]) == preferred


@given(
    st.permutations([Tag.LISTEN] * 7 + [Tag.REACT] * 2 + [Tag.INTERACT]), st.permutations([Tag.REACT] * 8 + [None] * 2)
)
def test_the_order_of_the_ten_latest_does_not_matter(mixed, same):
    assert preferred_of(mixed) is None
    assert preferred_of([tag or Tag.LISTEN for tag in same]) == (Tag.REACT, 8)
