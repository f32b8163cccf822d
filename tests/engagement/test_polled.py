"""What one poll leaves in a source."""

from dataclasses import replace

import pytest
from builders import NOW, a_source, later

from engagement.listening.habits import NO_HABITS, Habits, Harvest
from engagement.listening.moving import Move
from engagement.listening.pacing import next_poll, spread_of
from engagement.listening.polled import Answer, Failure, adopted_after_failure, detail_of, failed, heard
from engagement.listening.trouble import Cause, Trouble

ANSWER = Answer(etag='"2"', last_modified="Wed, 18 Nov 2026 14:00:00 GMT", body_hash="h2")
NOTHING = Harvest(carried=25, new=0)
WHERE_IT_MOVES = Move(to="https://new.test/feed", since=NOW)


def again(source, *, seconds=600, failures=0, is_first=False):
    return next_poll(
        now=NOW,
        interval_seconds=seconds,
        failures=failures,
        retry_after_seconds=None,
        spread=spread_of(source.url),
        is_first=is_first,
    )


def test_the_first_answer_after_failures_leaves_nothing_of_them():
    before = a_source(
        failures=4,
        cause=Cause.BROKEN,
        last_error="the server is down",
        failing_since=later(days=-1),
        paused_at=later(hours=-1),
    )

    after = heard(before, ANSWER, NOTHING, now=NOW)

    assert after == a_source(
        etag=ANSWER.etag,
        last_modified=ANSWER.last_modified,
        body_hash=ANSWER.body_hash,
        well_since=NOW,
        tried_at=NOW,
        last_heard_at=NOW,
        first_polled_at=NOW,
        habits=Habits(most_carried=25),
        next_poll_at=again(before, is_first=True),
    )


def test_a_place_that_goes_on_answering_keeps_since_when():
    since = later(days=-3)
    after = heard(a_source(first_polled_at=since, well_since=since), ANSWER, NOTHING, now=NOW)

    assert (after.first_polled_at, after.well_since) == (since, since)


def test_the_marks_of_entries_are_those_of_the_last_answer_that_was_read():
    before = a_source(marks="a b")

    assert heard(before, replace(ANSWER, marks="b c"), NOTHING, now=NOW).marks == "b c"
    assert heard(before, replace(ANSWER, marks=""), NOTHING, now=NOW).marks == ""
    assert heard(before, ANSWER, NOTHING, now=NOW).marks == "a b"


@pytest.mark.parametrize(("is_deaf", "counted"), [(False, 5), (True, 0)], ids=["it is its fault", "it is ours"])
def test_a_failure_is_noted_down_and_puts_off_the_next_poll_where_it_is_the_fault_of_the_place(is_deaf, counted):
    before = a_source(failures=4, etag='"1"', well_since=later(days=-2), last_heard_at=later(hours=-1))

    after = failed(before, Failure(reason="the server is down", cause=Cause.BROKEN), now=NOW, is_deaf=is_deaf)

    assert after == replace(
        before,
        failures=5,
        cause=Cause.BROKEN,
        last_error="the server is down",
        failing_since=NOW,
        well_since=None,
        tried_at=NOW,
        next_poll_at=again(before, failures=counted),
    )


@pytest.mark.parametrize(
    ("habits", "seconds"),
    [
        (NO_HABITS, 600),
        (Habits(newest_at=later(hours=-1), usual_gap_seconds=400, gaps_seen=5), 400),
        (Habits(newest_at=later(hours=-1), usual_gap_seconds=400, gaps_seen=4), 600),
        (Habits(newest_at=later(days=-35)), 1500),
        (Habits(full_polls=1, full_at=NOW), 300),
        (Habits(full_polls=1, full_at=later(minutes=-10)), 600),
    ],
    ids=[
        "nothing is known",
        "news more often than it is asked",
        "not known well enough",
        "quiet for weeks",
        "full of news right now",
        "full of news the time before",
    ],
)
def test_the_next_poll_follows_the_habits_of_a_place(habits, seconds):
    source = a_source(habits=habits, first_polled_at=later(days=-60), last_heard_at=later(minutes=-10))

    assert heard(source, ANSWER, NOTHING, now=NOW).next_poll_at == again(source, seconds=seconds)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(reason="", cause=Cause.BROKEN, is_missing=True), WHERE_IT_MOVES.to),
        (Failure(reason="", cause=Cause.GONE), WHERE_IT_MOVES.to),
        (Failure(reason="", cause=Cause.BROKEN), ""),
    ],
    ids=["404", "410", "another failure"],
)
def test_a_place_that_said_where_it_moves_is_followed_once_its_old_address_is_missing(failure, expected):
    assert adopted_after_failure(a_source(move=WHERE_IT_MOVES), failure) == expected


@pytest.mark.parametrize(
    ("trouble", "detail"),
    [
        (Trouble.BROKEN, "the server is down"),
        (Trouble.SILENT, ""),
        (Trouble.MOVED, "new.test"),
    ],
)
def test_the_detail_of_a_trouble_is_about_that_trouble(trouble, detail):
    assert detail_of(a_source(last_error="the server is down", move=WHERE_IT_MOVES), trouble) == detail


def test_a_move_to_what_names_no_host_has_no_detail():
    assert detail_of(a_source(move=Move(to="feed.xml", since=NOW)), Trouble.MOVED) == ""
