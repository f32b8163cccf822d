import pytest
from builders import DEFAULT_LIMITS
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.brake import CARDS_PER_HOUR, UNTOUCHED, let_through

COUNTS = st.integers(min_value=0, max_value=10_000)


@pytest.mark.parametrize(
    ("cards_last_hour", "untouched", "new", "expected"),
    [
        (0, 0, 3, 3),
        (0, 0, 47, 15),
        (12, 12, 47, 3),
        (0, 24, 10, 1),
        (15, 0, 1, 0),
        (0, 25, 1, 0),
        (0, 0, 0, 0),
        (40, 90, 5, 0),
    ],
    ids=[
        "a calm channel takes all",
        "a flood stops at fifteen",
        "what came within the hour counts",
        "cards nobody looked at fill the channel",
        "fifteen in the hour are enough",
        "twenty-five untouched are enough",
        "nothing new, nothing posted",
        "past both limits nothing goes through",
    ],
)
def test_the_brake_lets_through_what_a_team_can_still_read(cards_last_hour, untouched, new, expected):
    assert let_through(cards_last_hour=cards_last_hour, untouched=untouched, new=new, limits=DEFAULT_LIMITS) == expected


@given(hour=COUNTS, untouched=COUNTS, new=COUNTS)
def test_no_card_is_invented_and_no_limit_passed(hour, untouched, new):
    passed = let_through(cards_last_hour=hour, untouched=untouched, new=new, limits=DEFAULT_LIMITS)

    assert 0 <= passed <= new
    assert not passed or (hour + passed <= CARDS_PER_HOUR and untouched + passed <= UNTOUCHED)


@given(hour=COUNTS, untouched=COUNTS, new=COUNTS)
def test_a_card_is_held_only_when_a_limit_is_reached(hour, untouched, new):
    passed = let_through(cards_last_hour=hour, untouched=untouched, new=new, limits=DEFAULT_LIMITS)

    assert passed == new or hour + passed >= CARDS_PER_HOUR or untouched + passed >= UNTOUCHED
