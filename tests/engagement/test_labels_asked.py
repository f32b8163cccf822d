"""What somebody types of labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.team.labels import (
    LABELS_AT_MOST,
    LONGEST_LABEL,
    as_label,
    is_same_label,
    labels_after,
    labels_asked,
    problem_of,
)


@pytest.mark.parametrize(
    ("typed", "labels", "words"),
    [
        ("label:journalist page history", ("journalist",), "page history"),
        ('page label:"paying customer" history', ("paying customer",), "page history"),
        ("Label:“paying customer”", ("paying customer",), ""),
        ('label:"never closed', ("never closed",), ""),
        ("label:a label:b label:a", ("a", "b"), ""),
        ("label: words", (), "label: words"),
        ('label:"" "a  phrase"', (), 'label:"" "a  phrase"'),
        ("mylabel:x and label", (), "mylabel:x and label"),
        ('label:x "a phrase"', ("x",), '"a phrase"'),
    ],
)
def test_a_question_is_narrowed_to_the_labels_it_names(typed, labels, words):
    assert labels_asked(typed) == (labels, words)


@given(st.text(max_size=120))
def test_whatever_is_typed_as_a_label_is_found_by_it_again(typed):
    label = as_label(typed)

    assert len(label) <= LONGEST_LABEL
    assert as_label(label) == label
    plain = "".join(sign for sign in typed if sign not in '"“”„«»')
    assert labels_asked(f'label:"{plain}"')[0] == tuple(filter(None, [as_label(plain)]))


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["journalist", "Journalist", "", " "], ""),
        ([f"label {number}" for number in range(LABELS_AT_MOST)], ""),
        ([f"label {number}" for number in range(LABELS_AT_MOST + 1)], "more than 20 labels"),
        (["x" * LONGEST_LABEL], ""),
        (["x" * (LONGEST_LABEL + 1)], "has at most 40 characters, this one has 41"),
    ],
)
def test_what_cannot_be_carried_is_refused_with_the_reason(names, problem):
    assert problem in problem_of(names)
    assert bool(problem_of(names)) is bool(problem)


@pytest.mark.parametrize(
    ("form", "given", "now", "after"),
    [
        ((), ("journalist",), (), ("journalist",)),
        (("journalist",), (), ("journalist",), ()),
        ((), ("journalist",), ("customer",), ("customer", "journalist")),
        ((), ("Teacher",), ("teacher",), ("teacher",)),
        (("journalist",), ("Journalist", "teacher"), ("customer",), ("customer", "teacher")),
        (("journalist", "teacher"), ("teacher",), ("journalist", "teacher", "customer"), ("teacher", "customer")),
    ],
    ids=[
        "added",
        "taken away",
        "both added one",
        "both added the same",
        "others took one away",
        "taken away while others added one",
    ],
)
def test_what_two_people_do_to_the_labels_of_somebody_both_counts(form, given, now, after):
    assert labels_after(form, given, now=now) == after


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("  paying \t customer ", "paying customer"),
        ('the "big, loud" one', "the big loud one"),
        ("zero\u200bwidth", "zero width"),
    ],
)
def test_a_label_is_what_people_see_without_the_signs_of_a_search(typed, label):
    assert as_label(typed) == label


def test_labels_that_differ_in_capitals_or_space_are_one():
    assert is_same_label("Paying  customer", "paying Customer")
    assert not is_same_label("paying customer", "customer")
