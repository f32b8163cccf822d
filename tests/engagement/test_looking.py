"""When a thread is looked at by itself: once for each moment that matters, and never in a hurry after a failure."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from builders import NOW, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.turns.looking import (
    AHEAD,
    BEFORE_DIGEST,
    FRESH_FOR,
    MISSED_FOR,
    NEVER_LOOKED,
    Look,
    in_vain,
    is_due,
    is_due_for_digest,
    is_wanted,
    looked,
    nowhere,
)

SECOND = timedelta(seconds=1)


def seen(at):
    return looked("https://x.example/1", etag="", last_modified="", now=at)


def failed(look=NEVER_LOOKED, at=NOW, **facts):
    return in_vain(look, "it says no", thread_key="hn:1", now=at, **facts)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (NOW + AHEAD + SECOND, False),
        (NOW + AHEAD, True),
        (NOW, True),
        (NOW - MISSED_FOR + SECOND, True),
        (NOW - MISSED_FOR, False),
        (None, False),
    ],
    ids=["too soon", "shortly before", "now", "missed while we were down", "long gone", "nothing is owed"],
)
def test_a_thread_is_looked_at_near_the_moment(moment, due):
    assert is_due(NEVER_LOOKED, [moment], now=NOW) is due


def test_it_is_looked_at_once_for_each_moment():
    warn_at, due_at = later(hours=1), later(hours=3)
    look, times = NEVER_LOOKED, []
    for minutes in range(0, 24 * 60, 5):
        now = later(minutes=minutes)
        if is_due(look, [warn_at, due_at], now=now):
            look = seen(now)
            times.append(now)

    assert times == [warn_at - AHEAD, due_at - AHEAD]


def test_what_failed_is_tried_again_less_and_less_often():
    look, times = NEVER_LOOKED, []
    for minutes in range(12 * 60):
        now = later(minutes=minutes)
        if is_due(look, [NOW], now=now):
            look = failed(look, now)
            times.append(now)

    assert 2 <= len(times) <= 12
    assert look.failures == len(times)
    assert all(after - before >= timedelta(minutes=10) for before, after in pairwise(times))


@given(failures=st.integers(0, 10_000), minutes=st.integers(0, 10_000))
def test_a_failure_is_followed_by_ten_minutes_of_rest_at_least_and_a_day_at_most(failures, minutes):
    now = later(minutes=minutes)
    after = failed(replace(NEVER_LOOKED, failures=failures), now)

    assert timedelta(minutes=10) <= after.again_at - now <= timedelta(days=1)
    assert after.is_let_alone(now)


def test_a_failure_does_not_forget_when_it_was_seen_last():
    look = failed(seen(NOW), later(minutes=5))

    assert look.looked_at == NOW
    assert (look.url, look.reason) == ("https://x.example/1", "it says no")


def test_an_answer_leaves_its_validators_and_forgets_the_failures():
    look = looked("https://x.example/1", etag='"1"', last_modified="then", now=NOW)

    assert look == Look(url="https://x.example/1", etag='"1"', last_modified="then", looked_at=NOW, tried_at=NOW)


def test_what_failed_is_let_alone_until_its_moment():
    look = failed()

    assert look.is_let_alone(look.again_at - SECOND)
    assert not look.is_let_alone(look.again_at)
    assert not is_due_for_digest(look, look.again_at, now=look.again_at - SECOND)
    assert is_due_for_digest(look, look.again_at + SECOND, now=look.again_at)


def test_a_host_that_has_to_wait_is_no_failure():
    look = failed(asked=False)

    assert (look.failures, look.again_at, look.reason) == (0, None, "it says no")
    assert look.tried_at == NOW


@pytest.mark.parametrize("asked", [True, False])
def test_a_thread_that_was_listed_nowhere_is_readable_once_it_is_asked_for(asked):
    """A catalogue learns new communities."""
    look = failed(nowhere(now=NOW), later(days=1), asked=asked)

    assert (look.readable, look.tried_at) == (True, later(days=1))


def test_a_thread_that_is_listed_nowhere_is_not_tried_again_for_the_same_moment():
    assert not is_due(nowhere(now=NOW), [NOW], now=later(minutes=1))
    assert is_due(nowhere(now=NOW), [later(hours=5)], now=later(hours=5))


def test_the_rows_of_a_digest_are_looked_at_in_the_minutes_before_it():
    digest_at = later(hours=1)

    assert not is_due_for_digest(NEVER_LOOKED, digest_at, now=digest_at - BEFORE_DIGEST - SECOND)
    assert is_due_for_digest(NEVER_LOOKED, digest_at, now=digest_at - BEFORE_DIGEST)
    assert is_due_for_digest(seen(NOW), digest_at, now=digest_at - BEFORE_DIGEST)
    assert not is_due_for_digest(seen(digest_at - BEFORE_DIGEST), digest_at, now=digest_at - SECOND)


@pytest.mark.parametrize(
    ("look", "wanted"),
    [
        (NEVER_LOOKED, True),
        (seen(NOW - FRESH_FOR + SECOND), False),
        (seen(NOW - FRESH_FOR), True),
        (nowhere(now=NOW - SECOND), False),
        (nowhere(now=NOW - FRESH_FOR), True),
        (failed(at=NOW - timedelta(minutes=1)), False),
        (failed(at=NOW - timedelta(days=2)), True),
        (failed(asked=False, at=NOW - timedelta(minutes=30)), True),
        (failed(asked=False, at=NOW), False),
    ],
    ids=[
        "never",
        "within the hour",
        "an hour ago",
        "listed nowhere",
        "said so long ago",
        "has just failed",
        "failed long ago",
        "its host had to wait before",
        "its host has to wait now",
    ],
)
def test_what_a_digest_names_is_looked_at_if_it_was_not_within_the_hour(look, wanted):
    assert is_wanted(look, begun=NOW) is wanted
