"""The words that stand beside a name, which *Us* and *Not us* teach about."""

import pytest
from builders import a_watch
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.beside import LearnedBeside
from engagement.watch import Terms
from triage.beside import LONGEST, WORDS_AT_MOST, taught_about, words_beside

MOON = LearnedBeside(id=1, watch_id=1, word="moon", is_us=False, posts=3)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (a_post("The Moon landing of Apollo's crew"), ("moon", "landing", "crew")),
        (a_post("It was on the way to Apollo, you know"), ()),
        (a_post("Apollo Client and Apollo Server", title="GraphQL"), ("graphql", "client", "server")),
        (a_post("nothing of that name, moon"), ()),
        (a_post("Apollo 11 c3po apollo"), ("c3po",)),
        (a_post("Die Landung von Apollo auf dem Mond"), ("landung", "mond")),
        (a_post(f"Apollo {'x ' * 20} moon"), ()),
    ],
    ids=["words", "small words", "title", "no name", "numbers and names", "in other languages", "too far"],
)
def test_words_beside_a_name_are_found_as_they_are_compared(post, words):
    assert words_beside(post, ["apollo"]) == words


def test_a_long_post_that_repeats_the_name_costs_little_and_gives_a_few_words():
    words = words_beside(a_post(" ".join(f"apollo word{number}" for number in range(20_000))), ["apollo"])

    assert len(words) == WORDS_AT_MOST


@given(st.text(max_size=300))
def test_any_text_gives_words_of_a_reasonable_length(text):
    assert all(len(word) <= LONGEST for word in words_beside(a_post(f"apollo {text}"), ["apollo"]))


@pytest.mark.parametrize(
    ("watch", "post", "sure"),
    [
        (a_watch(terms=Terms(names=("Apollo",))), a_post("Apollo on the moon"), False),
        (a_watch(terms=Terms(names=("x1",), query="apollo NEAR/9 (on OR at)")), a_post("Apollo on the moon"), False),
        (a_watch(id=2, terms=Terms(names=("Apollo",))), a_post("Apollo on the moon"), True),
        (a_watch(terms=Terms(names=("Apollo",)), handles=("apollo_hq",)), a_post("Apollo moon @apollo_hq"), True),
        (
            a_watch(terms=Terms(names=("Apollo",)), site="apollo.example"),
            a_post("Apollo on the moon", url="https://blog.apollo.example/moon"),
            True,
        ),
    ],
    ids=["a name", "a query", "another watch", "our handle", "our site"],
)
def test_what_was_taught_of_a_watch_holds_for_it_and_not_for_what_is_ours(watch, post, sure):
    taught, beside = taught_about(post, watch, "Apollo", sure=True, learned=[MOON])

    assert taught.sure is sure
    assert "moon" in beside
