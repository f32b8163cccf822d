"""What one person answered, from the lines of a week."""

import pytest
from builders import NOW, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.digest.figures import Pace
from engagement.digest.own_week import Given, OwnWeek, OwnWeeks, own_week

ME, OTHER = "U2", "U3"
HOUR = 60 * 60


def given(hours=1, *, by=ME, act=Act.ANSWERED, before=ReplyState.OWED, number=1, **facts):
    taken_back = act is Act.REOPEN
    return Given(
        conversation_id=number,
        act=act,
        before=before,
        answered_by="" if taken_back else by,
        answered_at=None if taken_back else later(hours=hours),
        asked_at=NOW,
        **facts,
    )


def evidence(hours, *, by=ME):
    return given(hours, by=by, act=Act.ANSWERED_THERE, before=ReplyState.ANSWERED)


REOPENED = given(act=Act.REOPEN, before=ReplyState.ANSWERED)


@pytest.mark.parametrize(
    ("lines", "waits"),
    [
        ([], []),
        ([given(1), given(3, number=2)], [1, 3]),
        ([given(1), given(2, by=OTHER, number=2), given(4, number=3)], [1, 4]),
        ([given(3), evidence(2)], [2]),
        ([given(3), evidence(2, by=OTHER)], [3]),
        ([evidence(2)], []),
        ([given(1), REOPENED], []),
        ([given(1), REOPENED, given(4)], [4]),
        ([given(1), given(5), REOPENED], [1]),
        ([given(1, by=OTHER), REOPENED], []),
        ([REOPENED], []),
        ([given(1), given(-1, number=2)], [0, 1]),
    ],
    ids=[
        "nothing",
        "two answers",
        "one of another",
        "the evidence says when it was",
        "evidence of another's",
        "evidence of an answer of another week",
        "taken back",
        "taken back and given again",
        "asked again, and the second one taken back",
        "another's taken back",
        "one of another week taken back",
        "clocks that disagree",
    ],
)
def test_my_answers_are_those_i_gave_and_nobody_took_back(lines, waits):
    half = sorted(waits)[(len(waits) - 1) // 2] * HOUR if waits else None

    assert own_week(lines, ME).answers == Pace(count=len(waits), half_within_seconds=half)


@pytest.mark.parametrize(
    ("facts", "kept", "late"),
    [
        ({"promised_by": ME, "due_at": later(hours=1)}, 1, 0),
        ({"promised_by": ME, "due_at": later(minutes=59)}, 0, 1),
        ({"promised_by": ME}, 1, 0),
        ({"promised_by": OTHER, "due_at": NOW}, 0, 0),
        ({"due_at": NOW}, 0, 0),
    ],
    ids=["in time", "late", "without a time", "promised by another", "promised by nobody"],
)
def test_a_promise_of_mine_was_kept_or_came_late(facts, kept, late):
    week = own_week([given(1, **facts)], ME)

    assert (week.kept, week.late, week.answers.count) == (kept, late, 1)


def test_there_is_something_to_say_where_either_week_has_an_answer():
    some = OwnWeek(answers=Pace(count=1))

    assert not OwnWeeks(overdue=2).say_something
    assert OwnWeeks(now=some).say_something
    assert OwnWeeks(before=some).say_something
