"""What makes sure that a name which is also a word means us. Whatever does not is kept, and asked about."""

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.watch import Terms
from triage.match import Match, matcher_of
from triage.us import signs_of_us

TIDE = Terms(names=("Tide",), near=("wiki", "backup"), excluded=("high tide",))
WATCH = builders.a_watch(terms=TIDE, site="https://www.tide.example/", handles=("@TideWiki", "u/tide_team"))


def is_sure(post):
    [match] = matcher_of([WATCH]).matches(post)
    return match.sure


def test_our_site_and_our_handles_stand_for_us():
    assert signs_of_us(WATCH) == ("tide.example", "@tidewiki", "@tide_team")
    assert signs_of_us(builders.a_watch(site="", handles=())) == ()


@pytest.mark.parametrize(
    "post",
    [
        a_post("tide is a wiki"),
        a_post("our tide wiki"),
        a_post("the tide wiki is slow"),
        a_post("the tide of my wiki and its backup"),
        a_post("Tide and the wiki"),
        a_post("the tide, at tide.example"),
        a_post("@tidewiki the tide is gone"),
        a_post("the tide", url="https://docs.tide.example/a"),
        a_post("the tide", author="TideWiki"),
        a_post("RiverNotes vs Tide for two people"),
        a_post("Tide's app is slow"),
        a_post("We switched from RiverNotes to Tide"),
    ],
    ids=lambda post: post.text,
)
def test_a_mention_is_sure_where_something_speaks_for_us(post):
    assert is_sure(post)


@pytest.mark.parametrize(
    "text",
    [
        "the tide took my wiki",
        "no tide of words in this wiki",
        "My wiki is tide to me",
        "the tide of time",
        "rivernotes vs tide pools",
        "Tide came in",
        "ask tidewiki about the tide",
    ],
)
def test_a_mention_is_asked_about_where_the_name_is_used_as_a_word(text):
    assert not is_sure(a_post(text))


@pytest.mark.parametrize("text", ["a tide note book", "the note book tide of yours", "no Note  Book tide"])
def test_words_that_must_be_near_touch_the_name_together(text):
    watch = builders.a_watch(terms=Terms(names=("tide",), near=("note book",)))

    assert [match.sure for match in matcher_of([watch]).matches(a_post(text))] == [True]
    assert [match.sure for match in matcher_of([watch]).matches(a_post("the tide book, a note book"))] == [False]


def test_a_watch_that_asks_for_nothing_near_is_sure_as_ever():
    watch = builders.a_watch(terms=Terms(names=("tide",)))

    assert matcher_of([watch]).matches(a_post("the tide of time")) == [Match(watch_id=watch.id, term="tide")]


@given(st.text(alphabet="Tide wik'@.vsan", max_size=60))
def test_what_stands_beside_a_name_never_takes_a_mention_away(text):
    post = a_post(f"{text} Tide")

    assert len(matcher_of([WATCH]).matches(post)) == 1


OWN_SETS = builders.a_watch(
    terms=Terms(names=("Tidewiki", "tide", "ebb"), near=("TIDE: wiki", "ebb: -rocks", "ebb: flow"))
)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Tidewiki is slow", True),
        ("Tide and the wiki", True),
        ("Tide and the flow", False),
        ("Ebb and its flow", True),
        ("Ebb and its wiki", False),
        ("Ebb, its flow and its rocks", False),
        ("Ebb and its rocks, and Tidewiki", True),
    ],
)
def test_each_name_may_ask_for_words_of_its_own_and_one_that_is_sure_is_enough(text, sure):
    [match] = matcher_of([OWN_SETS]).matches(a_post(text))

    assert match.sure is sure


def test_a_word_of_another_name_in_the_title_makes_none_sure():
    [match] = matcher_of([OWN_SETS]).matches(a_post("it was tide", title="My flow"))

    assert not match.sure


@pytest.mark.parametrize(
    ("text", "sure"), [("the tide", True), ("tide tables", False), ("tables @tide for tide", True)]
)
def test_a_word_that_must_not_be_near_makes_a_name_unsure_but_not_what_is_ours(text, sure):
    watch = builders.a_watch(terms=Terms(names=("tide",), near=("-tables",)), handles=("tide",))

    assert [match.sure for match in matcher_of([watch]).matches(a_post(text))] == [sure]


def test_names_of_a_query_ask_for_their_words_too():
    watch = builders.a_watch(terms=Terms(names=("tide",), near=("ebb: flow",), query="tide OR ebb"))

    assert [match.sure for match in matcher_of([watch]).matches(a_post("ebb"))] == [False]
    assert [match.sure for match in matcher_of([watch]).matches(a_post("tide"))] == [True]


@pytest.mark.parametrize(("near", "sure"), [(("ebb: flow",), True), (("ebb: flow", "wiki"), False)])
def test_a_beginning_in_a_query_is_as_sure_as_the_names_that_ask_for_nothing_of_their_own(near, sure):
    watch = builders.a_watch(terms=Terms(names=("tide",), near=near, query="tid* OR ebb"))

    assert [match.sure for match in matcher_of([watch]).matches(a_post("all the tides"))] == [sure]
