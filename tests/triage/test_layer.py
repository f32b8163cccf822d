"""A linear layer: what it says of features, and that training teaches it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.layer import Layer, load_layer, shares, words_of
from triage.training.regression import Example, train, write_layer

SOGGY, CRISP, NEITHER = 0, 1, 2
FACTS = [
    ("'wet", SOGGY),
    ("'rain", SOGGY),
    ("'dry", CRISP),
    ("'crunch", CRISP),
    ("'table", NEITHER),
    ("'chair", NEITHER),
]
EXAMPLES = [Example("here", {"always": 1.0, word: 1.0}, answer) for word, answer in FACTS] * 5


def learned(**options) -> Layer:
    return train(EXAMPLES, ("soggy", "crisp"), (0.0, 0.0), **({"says_at_least": 0.0} | options))


@given(
    leans=st.tuples(st.floats(-50, 50), st.floats(-50, 50)),
    features=st.dictionaries(st.sampled_from(["a", "b", "c"]), st.floats(-1000, 1000)),
)
def test_the_answers_share_what_is_certain_however_much_speaks_for_them(leans, features):
    layer = Layer(answers=("one", "other"), leans=leans, weights={"a": (3.0, -2.0), "b": (-1.0, 0.5)})

    found = shares(features, layer)

    assert len(found) == 2
    assert all(0 <= share <= 1 for share in found)
    assert sum(found) <= 1 + 1e-9


def test_what_no_weight_is_known_of_leaves_all_answers_alike():
    layer = Layer(answers=("one", "other"), leans=(0.0, 0.0), weights={})

    assert shares({"a": 1.0}, layer) == pytest.approx((1 / 3, 1 / 3))


@pytest.mark.parametrize(("word", "answer"), FACTS)
def test_a_word_that_was_seen_beside_an_answer_speaks_for_it(word, answer):
    soggy, crisp = shares({"always": 1.0, word: 1.0}, learned())

    said = {SOGGY: soggy, CRISP: crisp, NEITHER: 1 - soggy - crisp}

    assert max(said, key=lambda one: said[one]) == answer


def test_training_twice_teaches_the_same():
    assert learned() == learned()


def test_what_is_held_back_more_says_less():
    held, free = learned(hold_back=20.0).weights["'wet"], learned(hold_back=0.1).weights["'wet"]

    assert 0 < held[SOGGY] < free[SOGGY]


def test_words_that_say_little_are_left_out_and_what_is_no_word_stays():
    assert set(learned(says_at_least=100.0).weights) == {"always"}


def test_a_layer_is_read_as_it_was_written(tmp_path):
    layer, path = learned(), tmp_path / "weights.json"

    write_layer(path, layer, made_by="a test", trained_on={"here": "MIT, ours"})

    assert load_layer(path) == layer


def test_words_stand_alone_and_in_pairs_and_names_of_people_are_none():
    assert list(words_of("@soggy Don't panic!")) == ["'don't", "'panic", "'!", "'don't panic", "'panic !"]
