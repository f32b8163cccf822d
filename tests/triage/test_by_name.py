"""Our name in an expression: whole, in any capitals, and nothing but itself."""

import pytest
from builders import a_watch
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.watch import Terms
from triage.of_us.by_name import US, by_name, needs_no_name

LEAVES = rf"left {US}"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("left Tidewiki", True),
        ("left TIDEWIKI for good", True),
        ("left C++.", True),
        ("left Tidewikis", False),
        ("Left Tidewiki", True),
        ("left Cxx", False),
    ],
)
def test_our_name_is_found_whole_and_as_it_is(said, found):
    assert bool(by_name(LEAVES, ("Tidewiki", "C++")).search(said)) is found


def test_capitals_of_the_rest_may_matter():
    pattern = by_name(LEAVES, ("Tidewiki",), any_case=False)

    assert pattern.search("left tidewiki")
    assert not pattern.search("Left Tidewiki")


@pytest.mark.parametrize("names", [(), ("",), (" ", "")])
def test_without_a_name_nothing_is_found(names):
    assert not by_name(rf"left {US}|{US}", names).search("left nothing behind")


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(["left ", "so we left ", ""]))
def test_any_name_is_found_where_it_stands_by_itself(name, before):
    assert by_name(US, (name,)).search(f"{before} {name.strip()} ")


@pytest.mark.parametrize(
    ("community", "title", "needs_none"),
    [
        ("GitHub", "Sorting is lost on reload", True),
        ("GitHub", "tidewiki: sorting is lost", False),
        ("Reddit", "Sorting is lost on reload", False),
        ("Blog", "Sorting is lost on reload", False),
    ],
)
def test_where_people_write_to_us_they_need_not_name_us(community, title, needs_none):
    post = a_post(title=title, community=community, url="", thread_key="thread:1")

    assert needs_no_name(post, a_watch(terms=Terms(names=("Tidewiki",)))) is needs_none
