"""What comes back from the App Home is checked: anybody may send anything."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.home import UNTAGGED, Filters, Spot, State, Step, Tab
from engagement.understanding.reading import Kind
from handlers.home.presses import narrowed, turn_of
from handlers.payload import BadPayloadError, choice_of

FILTERS = Filters(watch=2, tag="react", community="GitHub")


def choice(name, value):
    return {"action_id": f"home.filter.{name}", "selected_option": {"value": value}}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("watch", "7", {"watch": 7}),
        ("watch", "any", {"watch": 0}),
        ("tag", UNTAGGED, {"tag": UNTAGGED}),
        ("tag", "any", {"tag": ""}),
        ("state", State.WAITING, {"state": "waiting for us"}),
        ("kind", Kind.BUG, {"kind": "bug"}),
        ("community", "r/selfhosted", {"community": "r/selfhosted"}),
    ],
)
def test_a_choice_narrows_one_thing_and_leaves_the_others(name, value, expected):
    before = {each: getattr(FILTERS, each) for each in Filters.__dataclass_fields__}

    assert narrowed(FILTERS, choice(name, value)) == Filters(**(before | expected))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("watch", "Tidewiki"),
        ("tag", "sell"),
        ("state", "1 = 1"),
        ("kind", "' OR 1"),
        ("community", "x" * 151),
        ("owner", "U1"),
    ],
)
def test_what_no_menu_offers_is_refused(name, value):
    with pytest.raises(BadPayloadError):
        narrowed(FILTERS, choice(name, value))


def test_words_are_one_line_of_at_most_two_hundred_characters():
    typed = {"action_id": "home.filter.words", "value": "  lost \n history " + "x" * 999}

    assert narrowed(Filters(), typed).words == ("lost history " + "x" * 999)[:200]
    assert narrowed(Filters(words="lost"), {"action_id": "home.filter.words", "value": None}).words == ""


def test_a_turn_says_which_way_where_and_from_which_number_on():
    at = datetime(2026, 11, 23, 8, 0, 0, 123000, tzinfo=UTC)

    assert turn_of(f"back|{at.isoformat()}|7|16") == (Step.BACK, Spot(at=at, id=7), 16)


@given(st.text() | st.sampled_from(["on|2026-11-23T08:00:00.123456|7|1", "on|2026-99-99T08:00:00+00:00|7|1"]))
def test_a_turn_of_anything_else_is_refused(value):
    with pytest.raises(BadPayloadError):
        turn_of(value)


@pytest.mark.parametrize("value", ["themes", "", "MINE"])
def test_there_is_no_tab_of_another_name(value):
    with pytest.raises(BadPayloadError):
        choice_of(Tab, value)
    assert choice_of(Tab, "mine") is Tab.MINE
