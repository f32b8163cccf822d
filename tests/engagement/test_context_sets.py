"""What must be near a name: for all names of a watch, or for one of them."""

import pytest

from engagement.understanding.context_sets import addressed, context_sets, parted, problem_of_near
from engagement.watch import Terms


@pytest.mark.parametrize(
    ("entry", "whose"),
    [
        ("tide: wiki", ("Tide", "wiki")),
        ("TIDE : the wiki", ("Tide", "the wiki")),
        ("std:vec:fast", ("std:vec", "fast")),
        ("std: fast", ("std", "fast")),
        ("tides: wiki", ("", "tides: wiki")),
        ("tide:", ("", "tide:")),
        ("wiki", ("", "wiki")),
    ],
)
def test_a_word_is_for_the_name_before_its_colon_or_for_all(entry, whose):
    assert addressed(entry, ("Tide", "std", "std:vec")) == whose


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
    assert parted(("wiki", "-tables", "-", "- “high tide”")) == (("wiki",), ("tables", "high tide"))


@pytest.mark.parametrize("near", [("wiki", "TIDE: wiki", "-tide"), ("std::vec", "12:30", ":)"), ()])
def test_a_name_of_ours_may_stand_before_a_colon_and_so_may_what_no_space_makes_a_name(near):
    assert not problem_of_near(near, ("tide",))


@pytest.mark.parametrize(("near", "stranger"), [("tdie: wiki", "tdie"), ("-tide : wiki", "-tide"), (": wiki", "")])
def test_what_stands_before_a_colon_and_is_no_name_is_told(near, stranger):
    said = problem_of_near(("tide: wiki", near), ("tide",))

    assert said == f"“{stranger}” is none of your names: write one of them before the colon, or none."
