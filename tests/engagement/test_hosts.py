from datetime import timedelta

import pytest
from builders import NOW, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.listening.hosts import Allowance, HostSaid, Pace, answered, refused, started, taught, waits_until

DAY = 24 * 3600


def a_pace(**facts):
    return Pace(**({"host": "talk.test", "next_at": NOW, "gap_seconds": 2} | facts))


def after_answer(pace=None, *, allowance=None, usual=2, pause=0, now=NOW):
    return answered(pace or a_pace(), usual_gap_seconds=usual, allowance=allowance, pause_seconds=pause, now=now)


def seconds(pace, *, since=NOW):
    return (pace.next_at - since).total_seconds()


def test_a_request_makes_the_next_one_wait_for_the_gap():
    assert seconds(started(a_pace(gap_seconds=60), now=NOW)) == 60


@pytest.mark.parametrize(
    ("remaining", "reset", "gap"),
    [(100, 600, 6), (7, 600, 86), (1, 3600, 3600), (300, 300, 2), (5, 0, 2), (1, 10 * DAY, DAY)],
)
def test_what_a_host_still_takes_is_spread_over_the_time_until_it_counts_anew(remaining, reset, gap):
    pace = after_answer(allowance=Allowance(remaining=remaining, reset_seconds=reset))

    assert pace.gap_seconds == gap
    assert seconds(pace) == (gap if gap > 2 else 0)


def test_a_host_with_nothing_left_waits_until_it_counts_anew_and_keeps_its_gap():
    pace = after_answer(a_pace(gap_seconds=9), allowance=Allowance(remaining=0, reset_seconds=500))

    assert (pace.gap_seconds, seconds(pace)) == (9, 500)


def test_a_gap_is_given_up_slowly_and_never_below_the_usual_one():
    gaps, pace = [], a_pace(gap_seconds=40)
    while pace.gap_seconds > 10:
        pace = after_answer(pace, usual=10)
        gaps.append(pace.gap_seconds)

    assert gaps == [32, 25, 20, 16, 12, 10]
    assert after_answer(pace, usual=10).gap_seconds == 10


def test_a_host_that_a_redirect_led_to_begins_with_the_gap_it_is_known_to_take():
    said = HostSaid(host="far.test", usual_gap_seconds=9)

    assert taught(None, said, now=NOW) == Pace(host="far.test", next_at=NOW, gap_seconds=9)
    assert taught(a_pace(), said, now=NOW) == after_answer(usual=9)


def test_a_refusal_teaches_the_gap_that_it_asks_for():
    said = HostSaid(host="talk.test", usual_gap_seconds=2, is_refusal=True, retry_after_seconds=50)

    assert taught(a_pace(), said, now=NOW) == refused(a_pace(), retry_after_seconds=50, now=NOW)


def test_an_api_that_asks_for_a_pause_gets_it():
    assert seconds(after_answer(pause=30)) == 30
    assert seconds(after_answer(pause=10 * DAY)) == DAY
    said = HostSaid(host="talk.test", usual_gap_seconds=2, pause_seconds=30)
    assert taught(a_pace(), said, now=NOW) == after_answer(pause=30)


@pytest.mark.parametrize(("asked", "wait"), [(0, 4), (3, 4), (120, 120), (10 * DAY, DAY)])
def test_a_host_that_says_how_long_is_left_alone_for_so_long(asked, wait):
    assert seconds(refused(a_pace(), retry_after_seconds=asked, now=NOW)) == wait


def test_a_host_that_does_not_say_how_long_waits_by_its_own_count_and_forgets_it_when_it_answers():
    pace, waits = a_pace(), []
    for _ in range(12):
        pace = refused(pace, retry_after_seconds=None, now=pace.next_at)
        waits.append(seconds(pace, since=NOW))
    assert (pace.refusals, pace.refused_since, pace.gap_seconds) == (12, NOW, 3600)
    assert waits[0] >= 60
    assert waits[-1] > DAY

    pace = after_answer(pace)
    assert (pace.refusals, pace.refused_since) == (0, None)


def test_a_tight_host_keeps_a_gap_longer_than_any_that_is_learned():
    assert refused(a_pace(gap_seconds=2 * 3600), retry_after_seconds=5, now=NOW).gap_seconds == 2 * 3600


ANSWERS = st.lists(
    st.one_of(
        st.none(),
        st.builds(
            Allowance, remaining=st.integers(0, 10**6), reset_seconds=st.integers(min_value=0, max_value=10 * DAY)
        ),
        st.tuples(st.none() | st.integers(min_value=0, max_value=10 * DAY)),
    ),
    max_size=30,
)


@given(answers=ANSWERS, usual=st.integers(min_value=1, max_value=600), lag=st.integers(min_value=0, max_value=300))
def test_whatever_a_host_answers_it_is_never_asked_too_soon_and_always_some_day(answers, usual, lag):
    pace = a_pace(gap_seconds=usual)
    for answer in answers:
        began = pace.next_at
        pace = started(pace, now=began)
        now = began + timedelta(seconds=lag)
        if isinstance(answer, tuple):
            pace = refused(pace, retry_after_seconds=answer[0], now=now)
        else:
            pace = after_answer(pace, allowance=answer, usual=usual, now=now)
        assert usual <= pace.gap_seconds <= max(DAY, usual)
        assert began + timedelta(seconds=usual) <= pace.next_at <= now + timedelta(seconds=DAY + usual)


def test_the_wait_begins_when_the_answer_came():
    assert refused(a_pace(), retry_after_seconds=60, now=later(seconds=5)).next_at == later(seconds=65)


def test_a_wait_of_up_to_a_day_holds_and_a_longer_one_is_of_a_wrong_clock():
    assert waits_until(a_pace(), now=NOW) is None
    assert waits_until(a_pace(next_at=later(days=1)), now=NOW) == later(days=1)
    assert waits_until(a_pace(next_at=later(days=2)), now=NOW) is None
