from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, a_source, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.listening.habits import NO_HABITS, Habits, Harvest, learn
from engagement.listening.health import Silence, are_we_deaf, is_heard, troubles_of
from engagement.listening.moving import Move
from engagement.listening.polled import Answer, Failure, adopted, adopted_after_failure, detail_of, failed, heard
from engagement.listening.telling import is_time_to_tell
from engagement.listening.trouble import Cause, Trouble

HOUR = timedelta(hours=1)
ANSWER = Answer(etag='"1"', last_modified="", body_hash="h", fresh_seconds=None, ttl_seconds=0)
NOTHING = Harvest(carried=25, new=0)


class Place:
    """A source that is polled every ten minutes, unless told otherwise."""

    def __init__(self, **facts):
        self.source, self.now, self.seen = a_source(**facts), NOW, []

    def wait(self, **duration):
        self.now += timedelta(**duration)

    def hears(self, harvest=NOTHING, *, times=1, every=timedelta(minutes=10), **answer):
        for _ in range(times):
            self.source = heard(self.source, replace(ANSWER, **answer), harvest, now=self.now)
            self.seen.append(self.source.troubles)
            self.now += every
        return self.source.troubles

    def fails(self, cause=Cause.NO_ANSWER, *, times=1, every=timedelta(minutes=10), is_deaf=False, **failure):
        for _ in range(times):
            given = Failure(reason="nobody answers", cause=cause, **failure)
            self.source = failed(self.source, given, now=self.now, is_deaf=is_deaf)
            self.seen.append(self.source.troubles)
            self.now += every
        return self.source.troubles


def posts(new, *, carried=25, repeated=0, newest_at=None, more=None):
    return Harvest(carried=carried, new=new, repeated=repeated, newest_at=newest_at, more=more)


@pytest.mark.parametrize(
    ("interval_seconds", "heard_within"),
    [(600, timedelta(hours=1)), (24 * 60 * 60, timedelta(hours=48))],
    ids=["within the hour", "asked once a day, within two days"],
)
def test_a_place_is_heard_that_answered_a_while_ago(interval_seconds, heard_within):
    source = a_source(interval_seconds=interval_seconds, last_heard_at=NOW)

    assert is_heard(source, now=NOW + heard_within)
    assert not is_heard(source, now=NOW + heard_within + timedelta(seconds=1))
    assert not is_heard(replace(source, last_heard_at=None), now=NOW)


def test_a_place_that_fails_for_six_hours_is_broken_and_no_sooner():
    place = Place()
    place.hears()
    assert place.fails(every=HOUR, times=6) == set()
    assert place.fails() == {Trouble.BROKEN}


def test_two_failures_far_apart_are_not_yet_broken():
    place = Place()
    assert place.fails(every=timedelta(days=1), times=2) == set()
    assert place.fails() == {Trouble.BROKEN}


@pytest.mark.parametrize(("cause", "trouble"), [(Cause.CLOSED, Trouble.CLOSED), (Cause.THROTTLED, Trouble.THROTTLED)])
def test_a_place_that_refuses_is_told_of_after_an_hour(cause, trouble):
    place = Place()
    assert place.fails(cause, every=timedelta(minutes=25), times=3) == set()
    assert place.fails(cause) == {trouble}


def test_a_place_that_comes_and_goes_is_told_of_once_and_healed_once():
    place = Place()
    place.fails(times=40)
    for _ in range(6):
        place.hears(times=3)
        place.fails(times=3)
    assert place.source.troubles == {Trouble.BROKEN}
    place.hears(times=8)

    told = [before != after for before, after in zip([frozenset(), *place.seen], place.seen, strict=False)]
    assert sum(told) == 2


def test_one_way_of_being_deaf_that_follows_another_is_not_told_of():
    place = Place()
    place.fails(times=40)
    assert place.fails(Cause.CLOSED, times=40) == {Trouble.BROKEN}


def test_a_feed_closed_for_good_is_paused_and_heals_when_it_was_woken_and_answers():
    place = Place()
    assert place.fails(Cause.GONE) == {Trouble.GONE}
    assert place.source.paused_at == NOW

    place.source = replace(place.source, paused_at=None, failures=0, cause=None, failing_since=None)
    assert place.fails(Cause.BROKEN) == {Trouble.GONE}
    assert place.hears() == set()
    assert place.source.paused_at is None


def test_a_closed_feed_that_said_before_where_it_moves_is_followed_instead_of_paused():
    place = Place(move=Move(to="https://new.test/feed", since=NOW))
    place.fails(Cause.GONE)

    assert place.source.paused_at is None
    assert adopted_after_failure(place.source, Failure(reason="", cause=Cause.GONE)) == "https://new.test/feed"
    assert adopted_after_failure(place.source, Failure(reason="", cause=Cause.BROKEN)) == ""


def test_while_we_hear_nobody_no_trouble_of_a_place_begins_and_it_is_asked_at_its_usual_pace():
    place = Place()
    place.hears()
    assert place.fails(times=100, is_deaf=True) == set()
    assert place.source.next_poll_at - place.now < timedelta(minutes=11)


def test_a_place_that_says_it_moves_is_in_a_trouble_that_no_channel_hears_of():
    place = Place()
    assert place.hears(permanent_url="https://new.test/feed") == {Trouble.MOVED}
    assert adopted(place.source, now=later(days=6)) == ""
    assert adopted(place.source, now=later(days=7)) == "https://new.test/feed"
    assert not Trouble.MOVED.is_told
    assert detail_of(place.source, Trouble.MOVED) == "new.test"
    assert detail_of(replace(place.source, last_error="why"), Trouble.BROKEN) == "why"
    assert detail_of(place.source, Trouble.SILENT) == ""


def a_daily_place(gaps=6):
    place = Place()
    place.hears(posts(25))
    for _ in range(gaps):
        place.hears(posts(1), every=timedelta(days=1))
    return place


def test_a_place_is_silent_when_it_is_so_for_eight_times_its_usual_gap():
    place = a_daily_place()
    place.wait(days=4)
    assert place.hears() == set()
    place.wait(days=4)
    assert place.hears() == {Trouble.SILENT}
    assert place.fails() == {Trouble.SILENT}
    assert place.hears() == {Trouble.SILENT}
    assert place.hears(posts(1)) == set()


def test_a_long_weekend_is_no_silence_and_a_place_whose_habits_are_unknown_never_is_silent():
    busy = Place()
    busy.hears(posts(25))
    busy.hears(posts(1), times=30)
    busy.wait(days=2.9)
    assert busy.hears() == set()
    busy.wait(days=0.2)
    assert busy.hears() == {Trouble.SILENT}

    unknown = a_daily_place(gaps=4)
    unknown.wait(days=300)
    assert unknown.hears() == set()


def test_old_entries_and_wrong_dates_teach_no_gap():
    habits = learn(NO_HABITS, posts(25, newest_at=later(days=-2)), last_heard_at=None, interval_seconds=600, now=NOW)
    assert (habits.newest_at, habits.gaps_seen) == (later(days=-2), 0)

    def next_answer(**harvest):
        return learn(habits, posts(1, **harvest), last_heard_at=NOW, interval_seconds=600, now=later(minutes=10))

    assert next_answer(newest_at=later(days=-9)).gaps_seen == 0
    assert next_answer(newest_at=later(days=900)).newest_at == later(minutes=10)
    assert next_answer(newest_at=later(days=-1)).usual_gap_seconds == 24 * 3600
    assert (
        learn(
            Habits(newest_at=later(days=-900)), posts(1), last_heard_at=NOW, interval_seconds=600, now=NOW
        ).usual_gap_seconds
        == 30 * 24 * 3600
    )


def test_a_place_whose_answer_is_full_of_news_twice_a_day_overflows_until_a_day_without():
    place = Place()
    place.hears(posts(25))
    assert place.hears(posts(25)) == set()
    assert place.source.next_poll_at - place.now < timedelta(minutes=0)
    assert place.hears(posts(25)) == {Trouble.OVERFLOWING}
    assert place.hears(posts(3), times=100) == {Trouble.OVERFLOWING}
    place.wait(days=1)
    assert place.hears(posts(3)) == set()
    assert place.hears(posts(25)) == set()


@pytest.mark.parametrize(
    "harvest",
    [
        posts(24, carried=25),
        posts(4, carried=4),
        posts(20, carried=20),
        posts(25, more=False),
        posts(25, repeated=25),
        posts(0, carried=0, more=True),
    ],
    ids=["one is known", "too few to tell", "it was longer before", "it says that is all", "new names", "empty"],
)
def test_an_answer_with_room_for_more_is_no_overflow(harvest):
    place = Place()
    place.hears(posts(25))
    place.hears(harvest, times=3)

    assert Trouble.OVERFLOWING not in place.source.troubles


def test_an_api_that_says_there_is_more_than_it_carries_overflows_however_short_its_answer():
    place = Place()
    place.hears(posts(25))
    assert place.hears(posts(3, carried=3, more=True), times=2) == {Trouble.OVERFLOWING}


def test_after_a_pause_of_ours_everything_may_be_new():
    place = Place()
    place.hears(posts(25))
    for _ in range(3):
        place.wait(days=0.3)
        assert place.hears(posts(25)) == set()


def test_old_posts_under_new_names_are_told_of_when_it_happens_again_within_a_week():
    place = Place()
    place.hears(posts(25))
    assert place.hears(posts(25, repeated=25)) == set()
    place.wait(days=6)
    assert place.hears(posts(25, repeated=25)) == {Trouble.CHURNING}
    assert place.hears(posts(2, repeated=2)) == {Trouble.CHURNING}
    place.wait(days=8)
    assert place.hears() == set()
    assert place.hears(posts(25, repeated=25)) == set()


def test_the_pause_a_feed_asks_for_is_remembered_over_answers_that_do_not_repeat_it():
    place = Place()
    place.hears(ttl_seconds=7200)
    place.hears(ttl_seconds=None)
    assert place.source.next_poll_at >= place.now - timedelta(minutes=10) + timedelta(hours=2)
    place.hears(fresh_seconds=4 * 3600, ttl_seconds=None)
    assert place.source.next_poll_at >= place.now - timedelta(minutes=10) + timedelta(hours=4)
    place.hears()
    assert place.source.next_poll_at < place.now + timedelta(minutes=2)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(list(Cause)),
            st.builds(posts, st.integers(0, 25), repeated=st.integers(0, 25), more=st.sampled_from([None, True])),
        ),
        max_size=60,
    ),
    st.integers(min_value=1, max_value=600),
)
def test_whatever_happens_a_place_is_deaf_in_one_way_at_most_and_no_message_follows_another_at_once(events, minutes):
    place = Place()
    began = None
    for event in events:
        before = place.source.troubles
        every = timedelta(minutes=minutes)
        after = place.fails(event, every=every) if isinstance(event, Cause) else place.hears(event, every=every)
        failing = after & {Trouble.BROKEN, Trouble.CLOSED, Trouble.THROTTLED, Trouble.GONE}
        assert len(failing) <= 1
        if Trouble.BROKEN in after - before:
            assert began is None or place.now - began >= timedelta(hours=6)
            began = place.now


def a_silence(**facts):
    return Silence(**({"heard_at": later(minutes=-15), "sources": 3, "hosts": 2, "refused": 0} | facts))


@pytest.mark.parametrize(
    ("silence", "deaf"),
    [
        (a_silence(), True),
        (a_silence(heard_at=None), False),
        (a_silence(heard_at=later(minutes=-14)), False),
        (a_silence(sources=2), False),
        (a_silence(hosts=1, sources=90), False),
        (a_silence(refused=1), False),
    ],
    ids=["nobody answers", "never heard any", "not yet", "too few", "one host", "one answered, if only to refuse"],
)
def test_our_own_network_is_blamed_when_nobody_at_all_answers(silence, deaf):
    assert are_we_deaf(silence, now=NOW) is deaf


@pytest.mark.parametrize(
    ("cause", "failures", "minutes", "expected"),
    [
        (Cause.BROKEN, 3, 360, {Trouble.BROKEN}),
        (Cause.BROKEN, 3, 359, set()),
        (Cause.BROKEN, 2, 900, set()),
        (Cause.CLOSED, 3, 60, {Trouble.CLOSED}),
        (Cause.CLOSED, 3, 59, set()),
        (Cause.CLOSED, 2, 900, set()),
        (Cause.THROTTLED, 1, 60, {Trouble.THROTTLED}),
        (Cause.THROTTLED, 1, 59, set()),
        (Cause.GONE, 9, 900, set()),
    ],
    ids=[
        "broken for six hours",
        "not yet six hours",
        "two failures",
        "closed for an hour",
        "not yet an hour",
        "closed twice",
        "slowed down for an hour",
        "not yet an hour of that",
        "gone for good is a trouble once it is paused",
    ],
)
def test_a_failure_is_a_trouble_when_it_lasts(cause, failures, minutes, expected):
    source = a_source(failures=failures, cause=cause, failing_since=later(minutes=-minutes))

    assert troubles_of(source, now=NOW) == expected


def test_a_place_that_failed_is_well_after_an_hour_of_answers():
    source = a_source(troubles=frozenset({Trouble.BROKEN}), well_since=NOW)

    assert troubles_of(source, now=later(minutes=59)) == {Trouble.BROKEN}
    assert troubles_of(source, now=later(hours=1)) == set()


def test_a_place_that_does_not_answer_neither_falls_silent_nor_finds_its_voice():
    place = a_daily_place()
    assert place.fails(times=30, every=timedelta(days=1)) == {Trouble.BROKEN}

    silent = a_source(failures=1, cause=Cause.BROKEN, failing_since=NOW, troubles=frozenset({Trouble.SILENT}))
    assert troubles_of(silent, now=NOW) == {Trouble.SILENT}


def test_a_failure_without_a_cause_is_none():
    """As a row may look that an older version wrote."""
    source = a_source(failures=9, cause=None, failing_since=later(days=-9))
    assert troubles_of(source, now=NOW) == set()


def test_a_channel_is_told_after_two_minutes_and_once_an_hour():
    assert not is_time_to_tell(oldest_at=later(minutes=-1), told_at=None, now=NOW)
    assert is_time_to_tell(oldest_at=later(minutes=-2), told_at=None, now=NOW)
    assert not is_time_to_tell(oldest_at=later(minutes=-20), told_at=later(minutes=-59), now=NOW)
    assert is_time_to_tell(oldest_at=later(minutes=-20), told_at=later(hours=-1), now=NOW)


def test_what_a_clock_far_ahead_noted_down_is_told_all_the_same():
    assert is_time_to_tell(oldest_at=later(days=400), told_at=later(days=399), now=NOW)
