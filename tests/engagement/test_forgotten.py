"""Taking a person out of texts, addresses and facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.records.forgotten import Erasure, addresses_in, hashed, is_name_of_forgotten, name_of

URLS = frozenset({"https://x.example/1", "https://x.example/12"})
ANN = Erasure(community="Forum", author="@Ann", number=1, urls=URLS)
BOB = Erasure(community="Forum", author="bob", number=2)


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("Hi @ann, thanks", "Hi forgotten person 1, thanks"),
        ("ANN said so", "forgotten person 1 said so"),
        ("Annual planning of Hannah", "Annual planning of Hannah"),
        ("see https://x.example/1 there", "see  there"),
        ("see https://x.example/12 there", "see  there"),
        ("see https://x.example/1.", "see ."),
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


def test_a_name_without_a_sign_goes_as_well():
    assert BOB.out_of("Hi Bob, thanks") == "Hi forgotten person 2, thanks"
    assert BOB.out_of_address("https://y.example/bob/7") == ""


def test_a_name_goes_with_the_sign_of_its_community_and_without():
    reddits = Erasure(community="r/selfhosted", author="u/Ann", number=4)

    assert reddits.out_of("Ann, or u/ann") == "forgotten person 4, or forgotten person 4"


@pytest.mark.parametrize("author", ["", "@"])
def test_nothing_goes_for_a_name_that_is_none(author):
    nobody = Erasure(community="Forum", author=author, number=3)

    assert nobody.out_of("Hi there, all.") == "Hi there, all."
    assert not nobody.is_told_by("https://y.example/7")
    assert not nobody.is_in("Hi there, all.")


@pytest.mark.parametrize(
    ("typed", "is_in"),
    [("For @ANN", True), ("from ann, or bob", True), ("annual", False), ("Joann", False), ("Bob", False), ("", False)],
)
def test_a_setting_names_somebody_whose_name_stands_by_itself_in_it(typed, is_in):
    assert ANN.is_in(typed) is is_in


@pytest.mark.parametrize("role", ["author", "by", "name"])
def test_whatever_their_name_is_told_as_their_words_go(role):
    assert BOB.out_of_facts({role: "bob", "title": "words"}) == {role: "forgotten person 2", "title": ""}


def test_they_go_from_what_we_typed_about_them_and_addresses_go_as_a_whole():
    drafted = {"text": "Thanks @ann", "places": ["https://y.example/ann", "http://x.example/ann"], "n": 3}

    assert ANN.out_of_typed(drafted, about_them=True) == {
        "text": "Thanks forgotten person 1",
        "places": ["", ""],
        "n": 3,
    }


def test_what_nobody_typed_stays_though_it_reads_like_the_name():
    react = Erasure(community="Forum", author="react", number=3)
    facts = {"tag": "react", "claimed_by": "react", "note": "react at once", "handles": ["Forum: react", "Else: react"]}

    assert react.out_of_typed(facts, about_them=False) == facts | {
        "handles": ["Forum: forgotten person 3", "Else: react"]
    }


@pytest.mark.parametrize(
    ("author", "said", "stays"),
    [
        ("ann", "Ann of sales asks", "Ann of sales asks"),
        ("ann", "ask @ann, u/Ann or /u/ann", "ask forgotten person 1, forgotten person 1 or forgotten person 1"),
        ("rowing_rob", "as Rowing_Rob says", "as forgotten person 1 says"),
        ("Ann Smith", "as ann smith says", "as forgotten person 1 says"),
        ("ann", "(see https://x.example/1).", "(see )."),
        ("ann", "see https://x.example/123", "see https://x.example/123"),
    ],
)
def test_a_name_goes_from_other_words_only_where_it_must_mean_them(author, said, stays):
    them = Erasure(community="Forum", author=author, number=1, urls=URLS)

    assert them.out_of_others(said) == stays


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("https://x.example/1", ""),
        ("https://y.example/@ann/7", ""),
        ("https://y.example/ann/7", "https://y.example/ann/7"),
    ],
)
def test_another_address_goes_where_it_must_mean_them(url, stays):
    assert ANN.out_of_others_address(url) == stays
    assert ANN.out_of_typed({"link": url}, about_them=False) == {"link": stays}


@given(st.text(alphabet="ab:/.)x 1"))
def test_every_address_that_stands_in_a_text_is_found(text):
    address = "https://x.example/1"

    assert address in addresses_in(f"{text} {address}), {text}")
    assert address not in ANN.out_of_others(f"{text} {address}), {text}")


def test_what_we_chose_about_them_stays_though_it_reads_like_the_name():
    react = Erasure(community="Forum", author="react", number=3)

    assert react.out_of_typed({"tag": "react", "note": "react is right", "site": None}, about_them=True) == {
        "tag": "react",
        "note": "forgotten person 3 is right",
        "site": None,
    }


@pytest.mark.parametrize("known_by", [{"improvement_id": 7}, {"state": "shipped"}])
def test_the_title_of_an_improvement_in_a_report_is_ours(known_by):
    told = {"changed": [known_by | {"title": "For ann"}], "counted": known_by, "waiting": [{"title": "For ann"}]}

    assert ANN.out_of_facts(told) == told | {"changed": [known_by | {"title": "For forgotten person 1"}]}


def test_what_is_told_beside_an_address_of_theirs_goes_with_it():
    assert ANN.out_of_facts({"url": "https://x.example/1", "title": "words", "n": 3}) == {
        "url": "",
        "title": "",
        "n": 3,
    }


def test_what_is_told_beside_their_name_goes_with_it():
    told = {
        "line": {"author": "@Ann", "community": "Forum", "title": "words", "text": "words", "url": "u", "n": 3},
        "urls": ["https://x.example/1"],
    }

    assert ANN.out_of_facts(told) == {
        "line": {"author": "forgotten person 1", "community": "Forum", "title": "", "text": "", "url": "", "n": 3},
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
    assert hashed("a") != hashed("b") != hashed("\ud800")
    assert "a" not in hashed("https://x.example/@ann").removeprefix("forgotten:").replace("a", "")
    assert is_name_of_forgotten(name_of(12))
    assert not is_name_of_forgotten("forgotten person 12 b")


def test_a_key_is_always_kept_as_the_same_hash():
    """What arrives under it is known by that, also after an upgrade."""
    assert hashed("hn:1") == "forgotten:5a69767c94bfcc7a6b20541b11a77125bc8f0b8a"
