import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from triage.story import Sameness, bare_address, bare_title, likeness, sameness_of, sameness_of_titles

RELEASE = "Tidewiki 4.2 brings a new editor and faster search"


@pytest.mark.parametrize(
    ("other", "sameness"),
    [
        (RELEASE, Sameness.SAME),
        (f"Show HN: {RELEASE}", Sameness.SAME),
        (f"[News] {RELEASE.upper()}!", Sameness.SAME),
        ("Tidewiki 4.2 brings new editor, faster search", Sameness.SAME),
        ("Tidewiki 4.2 is out: new editor, faster search", Sameness.PERHAPS),
        ("Tidewiki 4.1 brings a new importer and faster export", Sameness.DIFFERENT),
        ("Tidewiki", Sameness.DIFFERENT),
        ("Which wiki do you host at home?", Sameness.DIFFERENT),
        ("", Sameness.DIFFERENT),
    ],
)
def test_headlines_tell_the_same_story_when_only_their_dress_differs(other, sameness):
    assert sameness_of_titles(RELEASE, other) is sameness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fire kills eight in Porto, 20 hurt", "Fire kills eight in Porto, 35 hurt"),
        ("Harbour stocks close higher on Monday", "Harbour stocks close lower on Friday"),
    ],
)
def test_a_number_or_a_day_makes_another_story_less_likely(one, other):
    assert likeness(one, other) < likeness(one, f"{one} again")


@pytest.mark.parametrize(
    ("one", "other", "sameness"),
    [
        (
            a_post(title="A wiki", url="https://www.c.example/a/?utm_source=x#top"),
            a_post(title="Look at this", url="http://c.example/a"),
            Sameness.SAME,
        ),
        (
            a_post("Same words", url="https://c.example/1"),
            a_post("Same words", url="https://c.example/2"),
            Sameness.DIFFERENT,
        ),
        (
            a_post(title=RELEASE, url="https://c.example/1"),
            a_post(title=RELEASE, url="https://d.example/1"),
            Sameness.SAME,
        ),
        (a_post(title="x", url="https://[broken"), a_post(title="y", url="https://[broken"), Sameness.DIFFERENT),
    ],
    ids=["one address", "talk has no title", "one title", "no address at all"],
)
def test_posts_are_compared_by_address_then_by_title(one, other, sameness):
    assert sameness_of(one, other) is sameness
    assert sameness_of(other, one) is sameness


def test_what_an_address_asks_for_counts_unless_it_only_tracks():
    assert bare_address("https://c.example/item?id=1") != bare_address("https://c.example/item?id=2")
    assert bare_address("https://c.example/item?id=1&utm_campaign=a") == bare_address("http://c.example/item?id=1")


@given(one=st.text(max_size=80), other=st.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_whole_for_a_copy(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) in (0, 1)
    assert bool(likeness(one, one)) == bool(bare_title(one))
