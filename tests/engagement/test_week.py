"""The counts of a week."""

from datetime import timedelta

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.conversation import ReplyState
from engagement.digest.week import (
    NOISY_FROM,
    Line,
    Needed,
    Noise,
    OurThread,
    Week,
    line_of_the_week,
    noisiest,
    noisiest_first,
    quietest_first,
    week_from,
    within,
)
from engagement.understanding.reading import Tag


def a_week(*needed, tags=None, not_us=0, posts_read=0):
    return week_from(tags or {}, needed, not_us=not_us, posts_read=posts_read)


def test_what_is_not_us_is_no_mention_of_us():
    tags = {Tag.LISTEN: 1, Tag.INTERACT: 2, Tag.REACT: 3, None: 4}

    assert a_week(tags=tags, not_us=5) == Week(mentions=10, listen=1, interact=2, react=3, untagged=4, not_us=5)


def test_a_week_in_which_nobody_wrote_of_us_counts_what_was_read_and_nothing_else():
    assert a_week(posts_read=7) == Week(posts_read=7)


@pytest.mark.parametrize("state", ReplyState)
def test_what_needed_us_was_answered_or_waits_or_cannot_be_told(state):
    week = a_week(Needed(state=state, asked_at=NOW))

    waits = state in (ReplyState.NONE, ReplyState.OWED, ReplyState.CLAIMED)
    assert (week.needed_us, week.waiting) == (1, int(waits))
    assert week.answered == (state is ReplyState.ANSWERED)
    assert week.answered_by_others == (state is ReplyState.ANSWERED_BY_OTHERS)


def test_the_slowest_answer_is_one_of_ours():
    ours = [
        Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=NOW + timedelta(hours=hours)) for hours in (1, 3, 2)
    ]
    theirs = Needed(state=ReplyState.ANSWERED_BY_OTHERS, asked_at=NOW - timedelta(days=1))
    untimed = Needed(state=ReplyState.ANSWERED, asked_at=NOW)

    assert a_week(*ours, theirs, untimed).slowest_answer_seconds == 3 * 60 * 60
    assert a_week(theirs, untimed).slowest_answer_seconds is None


def test_an_answer_from_before_the_question_took_no_time():
    before = Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=NOW - timedelta(hours=1))

    assert a_week(before).slowest_answer_seconds == 0


def test_half_of_the_answers_came_within_the_time_that_is_told():
    hours = [Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=NOW + timedelta(hours=h)) for h in (9, 1, 5)]

    week = a_week(*hours)

    assert (week.timed_answers, week.half_within_seconds, week.most_within_seconds) == (3, 5 * 3600, None)


def test_of_ten_answers_and_more_it_is_told_within_what_nine_in_ten_came():
    waits = [
        Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=NOW + timedelta(minutes=m)) for m in range(1, 11)
    ]

    assert a_week(*waits).most_within_seconds == 9 * 60


@given(values=st.lists(st.integers(0, 10**6), min_size=1, max_size=40), share=st.floats(0, 1))
def test_within_what_is_told_lies_the_share_and_no_smaller_value_would_do(values, share):
    ordered = sorted(values)

    told = within(ordered, share)

    assert sum(value <= told for value in ordered) >= share * len(ordered)
    smaller = [value for value in ordered if value < told]
    assert len(smaller) < max(1, share * len(ordered))


@pytest.mark.parametrize(
    ("terms", "term"),
    [
        ([("tide", 15, 9), ("tidewiki", 30, 1)], "tide"),
        ([("tide", 15, 9), ("wiki", 50, 26)], "wiki"),
        ([("tide", 8, 4)], None),
        ([("tide", 18, 9)], None),
        ([], None),
    ],
    ids=["more than half are not us", "the noisier of two", "too few to say", "just half", "no terms"],
)
def test_the_noisiest_word_is_named_where_it_brings_more_of_others_than_of_us(terms, term):
    found = noisiest(Noise(term=name, hits=hits, not_us=not_us) for name, hits, not_us in terms)

    assert (found.term if found else None) == term


def a_line(text, author="u/rowing_rob"):
    return Line(text=text, author=author, community="r/selfhosted", url="https://x.example", at=NOW)


def test_a_word_is_noisy_from_so_many_others_on_and_not_before():
    few, enough = (Noise(term="tide", hits=count, not_us=count) for count in (NOISY_FROM - 1, NOISY_FROM))

    assert noisiest([few]) is None
    assert noisiest([enough]) == enough


def test_words_that_bring_others_are_listed_beside_their_week_before_the_noisiest_first():
    tide = Noise(term="tide", hits=9, not_us=4, watch="Tidewiki", watch_id=1)
    wiki = Noise(term="wiki", hits=5, not_us=4, watch="Tidewiki", watch_id=1)
    moon = Noise(term="moon", hits=6, not_us=6)
    quiet = Noise(term="quiet", hits=8, not_us=0)
    before = [Noise(term="tide", hits=3, not_us=2, watch_id=1), Noise(term="wiki", hits=7, not_us=7, watch_id=2)]

    listed = noisiest_first([quiet, tide, wiki, moon], before)

    assert [each.term for each in listed] == ["moon", "wiki", "tide"]
    assert [(each.hits_before, each.not_us_before) for each in listed] == [(0, 0), (0, 0), (3, 2)]


def test_threads_of_ours_are_listed_where_somebody_had_no_word_back_most_first_then_by_name():
    one, two = (OurThread(title=title, url="", replies=3, without_word=1) for title in ("A", "B"))
    most = OurThread(title="C", url="", replies=3, without_word=3)
    thanked = OurThread(title="D", url="", replies=9, without_word=0)

    assert quietest_first([two, thanked, one, most]) == [most, one, two]


def test_who_spoke_for_us_and_against_us_and_what_cannot_be_told_are_counted():
    week = week_from(
        {}, [Needed(state=ReplyState.CANNOT_TELL, asked_at=NOW)], not_us=0, posts_read=0, for_us=2, against_us=1
    )

    assert (week.for_us, week.against_us, week.cannot_tell) == (2, 1, 1)


def test_the_line_of_the_week_is_the_first_that_can_be_quoted_whole():
    whole = a_line("Complained about the mobile editor in September. They fixed it.")
    lines = [a_line("Nice!"), a_line("word " * 100), a_line(whole.text, author=""), whole, a_line(whole.text, "other")]

    assert line_of_the_week(lines) == whole
    assert line_of_the_week(lines[:3]) is None
