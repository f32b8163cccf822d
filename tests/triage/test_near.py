"""What must be near a name: whether it is, decided in time proportional to the text, as one by one would decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.watch import Terms
from triage.match import Match, Matcher
from triage.near import NEAR_WITHIN_WORDS

TIDE = Terms(names=("tide", "tide wiki"), near=("wiki", "self-hosted"))
FILLER = " ".join(["and"] * 30)
FEWER = " ".join(["and"] * 29)


def is_sure(text: str, *, title: str = "", terms: Terms = TIDE) -> bool:
    [match] = Matcher({1: terms}).matches(a_post(text, title=title))
    return match.sure


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I run Tide as a wiki", ""),
        ("a WIKI called tide", ""),
        ("my self\u2011hosted Tide", ""),
        (f"tide {FEWER} wiki", ""),
        (f"wiki {FEWER} tide", ""),
        (f"{FILLER} {FILLER} tide", "Which wiki?"),
        (f"tide {FILLER} tide {FEWER} wiki", ""),
        ("wiki", "Tide"),
        ("Tide Wiki is a wiki", ""),
        ("tide wiki, tide and wiki", ""),
    ],
    ids=[
        "behind the name",
        "before it, in capitals",
        "typed by a phone",
        "thirty words behind",
        "thirty words before",
        "in the title, wherever the name stands",
        "near the second name",
        "in the text, the name in the title",
        "beside a name that has the word in it",
        "both",
    ],
)
def test_a_match_is_sure_where_a_word_that_must_be_near_is(text, title):
    assert is_sure(text, title=title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("High tide at noon", ""),
        (f"tide {FILLER} wiki", ""),
        (f"wiki {FILLER} tide", ""),
        ("the tide of wikis", ""),
        ("Tide Wiki is down", ""),
        (f"{FILLER} wiki", "Tide"),
    ],
    ids=["nothing", "31 words behind", "31 words before", "another word", "a part of the name", "far down in the text"],
)
def test_a_match_is_unsure_where_nothing_of_it_is_near_and_is_kept(text, title):
    assert not is_sure(text, title=title)


def test_a_watch_without_such_words_is_always_sure():
    assert is_sure("High tide at noon", terms=Terms(names=("tide",)))
    assert is_sure("High tide at noon", terms=Terms(names=("tide",), near=(" \u200b",)))
    assert is_sure("High tide at noon", terms=Terms(names=("tide",), near=("TIDE",)))


def test_words_of_one_letter_are_counted_like_any_other():
    terms = Terms(names=("r",), near=("c",))

    assert is_sure(f"r {FEWER} c", terms=terms)
    assert is_sure(f"c {FEWER} r", terms=terms)
    assert not is_sure(f"r {FILLER} c", terms=terms)
    assert not is_sure(f"c {FILLER} r", terms=terms)


def test_what_touches_a_name_is_beside_it():
    assert is_sure("I write c++", terms=Terms(names=("c",), near=("++",)))


def test_excluded_words_still_take_the_match_away():
    terms = Terms(names=("tide",), near=("wiki",), excluded=("tables",))

    assert Matcher({1: terms}).matches(a_post("tide tables")) == []


def test_each_watch_is_sure_or_not_by_its_own_words():
    matcher = Matcher({1: TIDE, 2: Terms(names=("tide",)), 3: Terms(names=("tide",), near=("noon",))})

    assert matcher.matches(a_post("High tide at noon")) == [
        Match(watch_id=1, term="tide", sure=False),
        Match(watch_id=2, term="tide"),
        Match(watch_id=3, term="tide"),
    ]


def test_without_spaces_two_characters_are_about_a_word():
    terms = Terms(names=("東京ウィキ",), near=("百科",))

    assert is_sure("東京ウィキは" + "あ" * 50 + "百科", terms=terms)
    assert not is_sure("東京ウィキは" + "あ" * 70 + "百科", terms=terms)


def test_a_text_of_many_names_and_many_words_is_read_in_time():
    """A comparison of each with each would take minutes."""
    assert not is_sure(f"{'tide ' * 20_000}{FILLER} {'wiki ' * 20_000}")


@given(
    text=st.lists(st.sampled_from(["tide", "wiki", "and", "tide wiki"]), min_size=1, max_size=80),
    gap=st.integers(0, 2 * NEAR_WITHIN_WORDS),
)
def test_it_decides_as_looking_at_each_pair_would(text, gap):
    words = ["tide", *["and"] * gap, *text]
    post = a_post(" ".join(words))

    assert Matcher({1: TIDE}).matches(post)[0].sure is _pair_by_pair(" ".join(words).split())


def _pair_by_pair(words: list[str]) -> bool:
    names = [at for at, word in enumerate(words) if word == "tide"]
    # A "wiki" behind a "tide" is a part of that name.
    wikis = [at for at, word in enumerate(words) if word == "wiki" and (at == 0 or words[at - 1] != "tide")]
    ends = [at + 1 if words[at + 1 : at + 2] == ["wiki"] else at for at in names]
    return any(
        0 < wiki - end <= NEAR_WITHIN_WORDS or 0 < start - wiki <= NEAR_WITHIN_WORDS
        for start, end in zip(names, ends, strict=True)
        for wiki in wikis
    )
