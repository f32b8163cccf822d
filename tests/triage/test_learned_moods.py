"""A word that a workspace has taught is read as it means it, and the reading says so."""

import pytest
from builders import a_watch
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.learned import Learned, LearnedWord
from engagement.understanding.reading import Mood
from triage.learned import mood_heard_here
from triage.mood import mood_of
from triage.read import corrected, read


def taught(word, means):
    return LearnedWord(id=1, word=word, means=means, corrections=3)


INSANE = taught("insane", Mood.GOOD)


@pytest.mark.parametrize(
    ("text", "word", "mood", "words", "said"),
    [
        ("The speed is insane", INSANE, Mood.GOOD, ("insane",), "“insane” is good here, learned from 3 corrections"),
        ("The speed is INSANE!", INSANE, Mood.GOOD, ("insane",), "“insane” is good here, learned from 3 corrections"),
        (
            "This is not insane",
            INSANE,
            Mood.BAD,
            ("not insane",),
            "“insane” is good here, learned from 3 corrections",
        ),
        (
            "A killer feature",
            taught("killer", Mood.UNSURE),
            Mood.UNSURE,
            (),
            "“killer” says nothing here, learned from 3 corrections",
        ),
        (
            "It isn't working",
            taught("is not working", Mood.UNSURE),
            Mood.UNSURE,
            (),
            "“is not working” says nothing here, learned from 3 corrections",
        ),
        ("It crashes, insanely often", INSANE, Mood.BAD, None, ""),
        ("I love it, the speed is insane", taught("love", Mood.GOOD), Mood.GOOD, None, ""),
    ],
    ids=[
        "good here",
        "whatever its case",
        "what turns it turns it here as well",
        "it says nothing here",
        "a contraction",
        "a part of a word is another word",
        "what makes no difference is not said",
    ],
)
def test_a_learned_word_is_read_as_it_is_meant(text, word, mood, words, said):
    found, learned = mood_heard_here(text, [word])

    if words is None:
        assert found == mood_of(text)
    else:
        assert (found.mood, found.words) == (mood, words)
    assert learned == said


def test_a_reading_says_what_was_learned_until_somebody_corrects_it():
    reading = read(a_post("The speed of Tidewiki is insane"), a_watch(), Learned(words=(INSANE,)))

    assert (reading.mood, reading.mood_words) == (Mood.GOOD, ("insane",))
    assert reading.learned == "“insane” is good here, learned from 3 corrections"
    after = corrected(reading, kind=reading.kind, mood=Mood.BAD, pillar=reading.pillar)
    assert (after.learned, after.mood_words) == ("", ())


@given(st.text(max_size=80), st.text(min_size=1, max_size=20), st.sampled_from([Mood.GOOD, Mood.BAD, Mood.UNSURE]))
def test_any_word_can_be_learned_and_what_lacks_it_is_read_as_ever(text, word, means):
    found, said = mood_heard_here(text, [taught(word, means)])

    if not said:
        assert found == mood_of(text)
