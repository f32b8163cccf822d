"""A mute as people type it."""

from datetime import timedelta

import pytest
from builders import NOW, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.mute_words import EXAMPLES, read_mute

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("typed", "who", "where", "is_all", "lasts"),
    [
        ("u/spam on r/selfhosted for a week", "u/spam", "r/selfhosted", False, WEEK),
        ("  Jo Doe   IN Hacker News  ", "Jo Doe", "Hacker News", False, None),
        ("r/selfhosted for 3 days", "r/selfhosted", "", False, timedelta(days=3)),
        ("all of Mastodon for an hour", "Mastodon", "", True, timedelta(hours=1)),
        ("u/spam for 2 months", "u/spam", "", False, timedelta(days=60)),
        ("u/spam for 2 MONTHS", "u/spam", "", False, timedelta(days=60)),
        ("u/spam for good", "u/spam", "", False, None),
        ("u/spam for ever", "u/spam", "", False, None),
        ("forum.example", "forum.example", "", False, None),
    ],
)
def test_a_mute_is_read_as_people_type_it(typed, who, where, is_all, lasts):
    wish = read_mute(typed, now=NOW)

    assert (wish.who, wish.where, wish.is_all, wish.until) == (who, where, is_all, lasts and NOW + lasts)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "u/spam for a while",
        "u/spam for 0 days",
        "all of r/x on Reddit",
        "u/spam for two weeks",
        "u/spam for ٣ days",
    ],
)
def test_what_is_no_mute_is_refused(typed):
    assert read_mute(typed, now=NOW) is None


def test_a_time_beyond_the_calendar_is_no_time():
    assert read_mute("u/spam for 9999 months", now=NOW.replace(year=9500)) is None


def test_what_people_are_told_to_type_is_a_mute():
    wishes = [read_mute(typed, now=NOW) for typed in EXAMPLES]

    assert [(wish.who, wish.where, wish.until) for wish in wishes] == [
        ("u/name", "r/selfhosted", NOW + WEEK),
        ("r/selfhosted", "", later(days=1)),
        ("Mastodon", "", None),
    ]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_mute_or_none(typed):
    wish = read_mute(typed, now=NOW)

    assert wish is None or (wish.who.strip() and (wish.until is None or wish.until > NOW))
