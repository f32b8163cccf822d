"""Taking a person out of texts, addresses and facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.records.forgotten import Erasure, hashed, is_name_of_forgotten, name_of

ANN = Erasure(community="Forum", author="@Ann", number=1, urls=frozenset({"https://x.example/1"}))


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("Hi @ann, thanks", "Hi forgotten person 1, thanks"),
        ("ANN said so", "forgotten person 1 said so"),
        ("Annual planning of Hannah", "Annual planning of Hannah"),
        ("see https://x.example/1 there", "see  there"),
        ("", ""),
    ],
)
def test_a_name_goes_from_our_words_where_it_stands_by_itself(said, stays):
    assert ANN.out_of(said) == stays


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("https://x.example/1", ""),
        ("https://y.example/@Ann/7", ""),
        ("https://y.example/%40ANN/7", ""),
        ("https://y.example/7", "https://y.example/7"),
        ("https://y.example/planning", "https://y.example/planning"),
        ("https://y.example/hi_ann_7", ""),
    ],
)
def test_an_address_that_leads_to_them_or_names_them_goes(url, stays):
    assert ANN.out_of_address(url) == stays


def test_what_is_told_beside_their_name_goes_with_it():
    told = {
        "line": {"author": "@Ann", "community": "Forum", "text": "words", "url": "u", "n": 3},
        "urls": ["https://x.example/1"],
    }

    assert ANN.out_of_facts(told) == {
        "line": {"author": "forgotten person 1", "community": "Forum", "text": "", "url": "", "n": 3},
        "urls": [""],
    }


def test_somebody_of_that_name_elsewhere_keeps_their_words():
    told = {"author": "@Ann", "community": "Elsewhere", "text": "words"}

    assert ANN.out_of_facts(told) == told


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_facts_without_them_stay_as_they_are_and_are_cleaned_once(facts):
    once = ANN.out_of_facts(facts)

    assert ANN.out_of_facts(once) == once
    if "@Ann" not in str(facts) and "x.example" not in str(facts):
        assert once == facts


def test_hashes_and_names_tell_people_apart():
    assert hashed("a") != hashed("b")
    assert "a" not in hashed("https://x.example/@ann").removeprefix("forgotten:").replace("a", "")
    assert is_name_of_forgotten(name_of(12))
    assert not is_name_of_forgotten("forgotten person 12 b")
