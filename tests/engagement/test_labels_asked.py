"""What somebody types of labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.labels import LONGEST_LABEL, as_label, labels_asked


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
