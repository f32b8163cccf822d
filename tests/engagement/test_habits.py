"""Where exactly the lines are drawn between what is usual and what is not."""

from datetime import timedelta

import pytest
from builders import NOW, later

from engagement.listening.habits import Habits, Harvest, is_churning, is_overflowing, is_silent, learn

INSTANT = timedelta(microseconds=1)
A_DAILY_PLACE = Habits(newest_at=NOW, usual_gap_seconds=24 * 3600, gaps_seen=5)
FULL_ONCE = Habits(most_carried=5, full_polls=1, full_at=NOW)
CHURNED_ONCE = Habits(churned_polls=1, churned_at=NOW)
FULL = Harvest(carried=5, new=5)
CHURNED = Harvest(carried=25, new=6, repeated=3)


def after(habits, harvest, *, now=NOW, last_heard_at=None):
    """Return the habits after an answer that came in time, unless told otherwise."""
    return learn(habits, harvest, last_heard_at=last_heard_at or now, interval_seconds=600, now=now)


@pytest.mark.parametrize(
    ("habits", "now", "expected"),
    [
        (A_DAILY_PLACE, later(days=8), False),
        (A_DAILY_PLACE, later(days=8) + INSTANT, True),
        (Habits(newest_at=NOW, usual_gap_seconds=24 * 3600, gaps_seen=4), later(days=90), False),
        (Habits(usual_gap_seconds=60, gaps_seen=9), NOW, False),
        (Habits(newest_at=NOW, usual_gap_seconds=60, gaps_seen=9), later(days=3), False),
        (Habits(newest_at=NOW, usual_gap_seconds=60, gaps_seen=9), later(days=3) + INSTANT, True),
    ],
    ids=[
        "eight gaps",
        "more than eight gaps",
        "four gaps teach nothing",
        "nobody knows since when",
        "three days",
        "more than three days",
    ],
)
def test_a_place_is_silent_after_eight_gaps_and_three_days(habits, now, expected):
    assert is_silent(habits, now=now) is expected


@pytest.mark.parametrize(
    ("harvest", "minutes_late", "counted"),
    [(FULL, 30, 1), (FULL, 31, 0), (Harvest(carried=4, new=4), 30, 0), (Harvest(carried=6, new=5), 30, 0)],
    ids=["five, three intervals later", "more than three intervals later", "four are too few", "one was known"],
)
def test_an_answer_in_time_with_nothing_but_news_is_full(harvest, minutes_late, counted):
    learned = after(Habits(), harvest, now=NOW, last_heard_at=later(minutes=-minutes_late))

    assert learned.full_polls == counted


@pytest.mark.parametrize(
    ("new", "repeated", "counted"),
    [(6, 3, 1), (7, 3, 0), (2, 2, 0), (3, 3, 1)],
    ids=["half of the new ones", "less than half", "two are too few", "three are enough"],
)
def test_half_of_the_news_under_new_names_is_churn(new, repeated, counted):
    assert after(Habits(), Harvest(carried=25, new=new, repeated=repeated)).churned_polls == counted


@pytest.mark.parametrize(
    ("once", "harvest", "count", "lasts", "within"),
    [
        (FULL_ONCE, FULL, "full_polls", is_overflowing, timedelta(days=1)),
        (CHURNED_ONCE, CHURNED, "churned_polls", is_churning, timedelta(days=7)),
    ],
    ids=["full twice a day", "new names twice a week"],
)
def test_twice_within_its_time_is_a_habit_and_after_it_a_new_beginning(once, harvest, count, lasts, within):
    in_time = after(once, harvest, now=NOW + within - INSTANT)
    too_late = after(once, harvest, now=NOW + within)

    assert (getattr(in_time, count), getattr(too_late, count)) == (2, 1)
    assert lasts(in_time, now=NOW + within - INSTANT + within - INSTANT)
    assert not lasts(in_time, now=NOW + within - INSTANT + within)


def test_another_post_of_the_same_moment_teaches_no_gap():
    assert after(A_DAILY_PLACE, Harvest(carried=25, new=1, newest_at=NOW)).gaps_seen == 5


def test_the_shortest_gap_that_is_learned_is_a_second():
    newest_at = NOW + timedelta(seconds=0.1)

    assert after(Habits(newest_at=NOW), Harvest(carried=25, new=1, newest_at=newest_at), now=newest_at) == Habits(
        newest_at=newest_at, usual_gap_seconds=1, gaps_seen=1, most_carried=25
    )
