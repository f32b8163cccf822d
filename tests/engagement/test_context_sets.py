"""What must be near a name: for all names of a watch, or for one of them."""

import pytest

from engagement.understanding.context_sets import addressed, context_sets, parted
from engagement.watch import Terms


@pytest.mark.parametrize(
    ("entry", "whose"),
    [
        ("tide: wiki", ("Tide", "wiki")),
        ("TIDE : the wiki", ("Tide", "the wiki")),
        ("std:vec:fast", ("std:vec", "fast")),
        ("tides: wiki", ("", "tides: wiki")),
        ("tide:", ("", "tide:")),
        ("wiki", ("", "wiki")),
    ],
)
def test_a_word_is_for_the_name_before_its_colon_or_for_all(entry, whose):
    assert addressed(entry, ("Tide", "std:vec")) == whose


def test_names_that_ask_for_the_same_words_stand_together():
    terms = Terms(names=("Tide", "ebb", "Tidewiki"), near=("tide: wiki", "ebb: wiki"))

    assert [(each.names, each.near) for each in context_sets(terms, terms.names)] == [
        (("Tide", "ebb"), ("wiki",)),
        (("Tidewiki",), ()),
    ]


def test_what_is_for_all_is_for_a_name_with_words_of_its_own_as_well():
    [tide, ebb] = context_sets(Terms(names=("tide", "ebb"), near=("backup", "tide: wiki")), ("tide", "ebb"))

    assert (tide.near, ebb.near) == (("backup", "wiki"), ("backup",))


def test_words_with_a_minus_must_not_be_near():
    assert parted(("wiki", "-tables", "-", "- high tide")) == (("wiki",), ("tables", "high tide"))
