"""The weights that are shipped, and what a layer of them may say."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.layer import Layer
from triage.mood_layer import WEIGHTS, features_of, trained_weights, weigh
from triage.mood_vader import EMOJI_AT_MOST, SecondOpinion, second_opinion_on, words_heard_in

SILENT = SecondOpinion(compound=0.0, pleasing=0.0, hurting=0.0)
ONE_WORD = Layer(answers=("bad", "good"), leans=(0.0, 0.0), weights={"'soggy": (2.0, -1.0), "'soggy chips": (1.0, 0.0)})


def test_the_weights_are_small_and_say_where_they_come_from():
    kept = json.loads(WEIGHTS.read_text("utf-8"))

    assert WEIGHTS.stat().st_size < 200_000
    assert kept["made_by"] == "python -m triage.training.mood"
    assert kept["trained_on"]
    assert all(origin.startswith(("MIT", "CC0")) for origin in kept["trained_on"].values())


@settings(deadline=None)
@given(
    text=st.text(max_size=200),
    signs=st.lists(st.tuples(st.just("word"), st.floats(-1, 1)), max_size=5),
    compound=st.floats(-1, 1),
)
def test_bad_and_good_share_what_is_certain(text, signs, compound):
    opinion = SecondOpinion(compound=compound, pleasing=0.5, hurting=0.5)

    weighed = weigh(features_of(text, signs, opinion), trained_weights())

    assert 0 <= weighed.bad <= 1
    assert 0 <= weighed.good <= 1
    assert weighed.bad + weighed.good <= 1 + 1e-9
    assert -1 <= weighed.polarity <= 1


def test_what_pleases_more_never_sounds_worse():
    """A second opinion that rises, all else equal, raises the polarity."""
    polarities = [
        weigh(features_of("It is", [], SecondOpinion(compound=x, pleasing=0, hurting=0)), trained_weights()).polarity
        for x in (-0.9, -0.5, 0.5, 0.9)
    ]

    assert polarities == sorted(polarities)


@pytest.mark.parametrize(
    ("text", "bad"),
    [("soggy", True), ("Soggy chips", True), ("@soggy", False), ("crisp", False)],
)
def test_a_word_that_was_learnt_speaks_wherever_it_stands(text, bad):
    weighed = weigh(features_of(text, [], SILENT), ONE_WORD)

    assert (weighed.bad > weighed.good) is bad


def test_of_a_screen_of_emoji_a_few_count_and_the_words_behind_them_all():
    """Each becomes some words, which are all compared with all."""
    few, many = ("I hate it " + "\U0001f60d" * count + " and this is horrible" for count in (EMOJI_AT_MOST, 1500))

    assert second_opinion_on(many) == second_opinion_on(few)
    assert second_opinion_on(many) != second_opinion_on(few.replace("horrible", "wonderful"))


def test_the_second_opinion_names_its_words_and_emoji():
    heard = dict(words_heard_in("Horrible. But cute \U0001f60d \U0001f525"))

    assert heard["horrible"] < 0 < heard["cute"]
    assert heard["\U0001f60d"] > 0
    assert heard["\U0001f525"] > 0
