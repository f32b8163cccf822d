"""The counts of a week."""

from datetime import timedelta

import pytest
from builders import NOW

from engagement.conversation import ReplyState
from engagement.reading import Tag
from engagement.week import Needed, Week, week_from


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
    theirs = Needed(state=ReplyState.ANSWERED_BY_OTHERS, asked_at=NOW, answered_at=NOW + timedelta(days=1))
    untimed = Needed(state=ReplyState.ANSWERED, asked_at=NOW)

    assert a_week(*ours, theirs, untimed).slowest_answer_seconds == 3 * 60 * 60
    assert a_week(theirs, untimed).slowest_answer_seconds is None


def test_an_answer_from_before_the_question_took_no_time():
    before = Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=NOW - timedelta(hours=1))

    assert a_week(before).slowest_answer_seconds == 0
