"""Themes are counted by people: who spoke of what within four weeks, and who for the first time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from engagement.improvements.improvement import (
    ImprovementAct,
    ImprovementKind,
    ImprovementPress,
    ImprovementState,
    Wanted,
    begin,
)
from engagement.improvements.themes import (
    COUNTED,
    LONGEST_PHRASE,
    LONGEST_THEME,
    PHRASES_AT_MOST,
    REMEMBERED,
    Improving,
    Spoken,
    ThemeHeard,
    are_too_many,
    as_phrases,
    as_theme_name,
    count_by_people,
    improving_from,
    in_order,
)

WEEK = timedelta(weeks=1)
PEOPLE = [("r/wikis", "pat", 0), ("github.com", "pat", 0), ("r/wikis", "mira", 0), ("r/wikis", "", 7)]


def spoke(person=PEOPLE[0], *, theme=1, days_ago=1.0, until=None, **facts):
    first_at = NOW - timedelta(days=days_ago)
    last_at = first_at if until is None else NOW - timedelta(days=until)
    return Spoken(theme_id=theme, person=person, first_at=first_at, last_at=last_at, **facts)


def counted(*spoken):
    found = count_by_people(spoken, starts_at=NOW - WEEK, ends_at=NOW)
    return {each.theme_id: (each.people, each.new, each.fans) for each in found}


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ([spoke()], {1: (1, 1, 0)}),
        ([spoke(), spoke(days_ago=2)], {1: (1, 1, 0)}),
        ([spoke(days_ago=10)], {1: (1, 0, 0)}),
        ([spoke(), spoke(days_ago=60)], {1: (1, 0, 0)}),
        ([spoke(days_ago=60, until=1)], {1: (1, 0, 0)}),
        ([spoke(days_ago=28)], {1: (1, 0, 0)}),
        ([spoke(days_ago=28.01)], {}),
        ([spoke(days_ago=7)], {1: (1, 1, 0)}),
        ([spoke(days_ago=7.01)], {1: (1, 0, 0)}),
        ([spoke(days_ago=0)], {}),
        ([spoke(days_ago=0), spoke(PEOPLE[1])], {1: (1, 1, 0)}),
        ([spoke(person) for person in PEOPLE], {1: (4, 4, 0)}),
        ([spoke(), spoke(theme=2, days_ago=10)], {1: (1, 1, 0), 2: (1, 0, 0)}),
        ([spoke(praises=1)], {1: (1, 1, 1)}),
        ([spoke(praises=1), spoke()], {1: (1, 1, 0)}),
        ([spoke(mentions=3, praises=2)], {1: (1, 1, 1)}),
    ],
    ids=[
        "one person, new",
        "twice is once",
        "heard before this week",
        "new is who was never heard",
        "the same in one piece",
        "four weeks ago still counts",
        "longer ago does not",
        "the week begins with its first moment",
        "and not before",
        "the period ends before its last moment",
        "and has what came before",
        "people are of one community, and where nobody is named each is somebody",
        "two themes",
        "a fan",
        "who praises as often as not is none",
        "who mostly praises is",
    ],
)
def test_people_are_counted_and_not_posts(spoken, expected):
    assert counted(*spoken) == expected


moments = st.floats(0.001, 90)
spoken_of = st.builds(
    spoke,
    st.sampled_from(PEOPLE),
    theme=st.sampled_from([1, 2]),
    days_ago=moments,
    praises=st.sampled_from([0, 1]),
)


@given(st.lists(spoken_of, max_size=12), st.randoms())
def test_the_order_does_not_matter_and_who_repeats_themselves_is_not_counted_again(spoken, chance):
    mixed = [*spoken, *spoken]
    chance.shuffle(mixed)

    assert counted(*mixed) == counted(*spoken)


@given(st.lists(spoken_of, max_size=12))
def test_no_more_people_are_new_or_fans_than_there_are(spoken):
    for people, new, fans in counted(*spoken).values():
        assert 0 <= new <= people <= len({each.person for each in spoken})
        assert 0 <= fans <= people


def test_what_is_remembered_is_longer_than_what_is_counted():
    assert REMEMBERED > COUNTED + WEEK


def heard(name, people, new=0, **facts):
    return ThemeHeard(theme_id=1, name=name, people=people, new=new, **facts)


def test_themes_of_which_somebody_new_speaks_come_first_then_those_of_more_people():
    themes = [heard("old", 20), heard("b", 5, 5), heard("many", 9, 1), heard("a", 5, 5), heard("c", 5, 1)]

    assert [each.name for each in in_order(themes)] == ["many", "a", "b", "c", "old"]


def test_a_theme_is_liked_if_most_of_its_people_like_it():
    assert [heard("x", 4, fans=fans).is_liked for fans in (2, 3)] == [False, True]


def test_a_theme_is_decided_once_and_anew_only_when_that_is_done_with():
    decided = {state: heard("x", 1, improving=Improving(title="y", state=state)) for state in ImprovementState}

    assert heard("x", 1).is_undecided
    assert heard("x", 1).may_be_decided
    assert not any(each.is_undecided for each in decided.values())
    assert {state for state, each in decided.items() if each.may_be_decided} == {
        ImprovementState.SHIPPED,
        ImprovementState.DECLINED,
    }


@pytest.mark.parametrize(
    ("link", "tracker", "url"),
    [("https://a", "https://b", "https://a"), ("", "https://b", "https://b"), ("", "", "")],
    ids=["where it can be read", "its issue", "nowhere"],
)
def test_what_was_decided_is_told_with_the_best_address_of_it(link, tracker, url):
    wanted = Wanted(title="Keep it", kind=ImprovementKind.FIX, channel="C1", owner="U7", tracker_url=tracker)
    press = ImprovementPress(act=ImprovementAct.CREATE, by="U1", at=NOW, drawn=0, wanted=wanted)
    improvement = replace(begin(1, "T1", press), link=link)

    expected = Improving(title="Keep it", state=ImprovementState.PROPOSED, owner="U7", url=url)
    assert improving_from(improvement) == expected


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("lost history, history is  empty", ("lost history", "history is empty")),
        ("lost history\nLost History\n", ("Lost History",)),
        (" ,\n, ", ()),
    ],
)
def test_phrases_are_typed_by_commas_or_lines(typed, phrases):
    assert as_phrases(typed) == phrases


def test_quotes_round_a_phrase_are_not_of_it():
    assert as_phrases('"page history", “page history”\nlost') == ("page history", "lost")


def test_a_theme_has_not_too_many_phrases_and_no_long_ones():
    assert are_too_many(["x"] * (PHRASES_AT_MOST + 1))
    assert are_too_many(["x", "x" * (LONGEST_PHRASE + 1)])
    assert not are_too_many(["x" * LONGEST_PHRASE] * PHRASES_AT_MOST)


@given(st.text(max_size=200))
def test_a_name_is_one_line_and_stays_what_it_is(typed):
    name = as_theme_name(typed)

    assert len(name) <= LONGEST_THEME
    assert as_theme_name(name) == name
