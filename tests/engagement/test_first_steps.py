"""The first steps of a conversation, as its history tells them."""

import pytest
from builders import NOW, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.digest.first_steps import Answer, Passed, Question, answered_question, first_answer, first_tagged_at

HOURS = [later(hours=hours) for hours in range(10)]


def passed(hour, act=Act.CORRECT, *, tagged=False, reply=ReplyState.NONE, answered=None):
    at = None if answered is None else HOURS[answered]
    return Passed(act=act, at=HOURS[hour], is_tagged=tagged, reply=reply, answered_at=at)


def answers(hour, act=Act.ANSWERED, *, answered=None):
    return passed(hour, act, reply=ReplyState.ANSWERED, answered=hour if answered is None else answered)


OWED = ReplyState.OWED


@pytest.mark.parametrize(
    ("tagged", "since"),
    [([], None), ([0, 1, 1], 1), ([1, 0], None), ([1, 0, 1], 2)],
    ids=["nothing happened", "another tag", "taken back", "taken back and given again"],
)
def test_it_is_tagged_since_the_first_tag_that_nobody_took_back(tagged, since):
    lines = [passed(hour, tagged=bool(each)) for hour, each in enumerate(tagged)]

    assert first_tagged_at(lines) == (None if since is None else HOURS[since])


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        ([], None),
        ([passed(1, Act.CLAIM, reply=ReplyState.CLAIMED)], None),
        ([answers(1)], Answer(at=HOURS[1])),
        ([answers(3), answers(4, Act.ANSWERED_THERE, answered=2)], Answer(at=HOURS[2])),
        ([answers(1), passed(2, Act.ASKED_AGAIN, reply=OWED), answers(3)], Answer(at=HOURS[1])),
        ([answers(1), passed(2, Act.REOPEN, reply=OWED)], None),
        ([answers(1), passed(2, Act.REOPEN, reply=OWED), answers(3)], Answer(at=HOURS[3])),
        (
            [answers(1), passed(2, Act.ASKED_AGAIN, reply=OWED), answers(3), passed(4, Act.REOPEN, reply=OWED)],
            Answer(at=HOURS[1]),
        ),
        ([passed(2, Act.ASKED_AGAIN, reply=OWED), answers(3)], Answer(at=HOURS[3], asked_since=HOURS[2])),
        ([passed(1, reply=ReplyState.ANSWERED_BY_OTHERS, answered=1)], None),
        ([passed(1, reply=ReplyState.ANSWERED_BY_OTHERS), passed(2, Act.REOPEN, reply=OWED)], None),
    ],
    ids=[
        "nothing happened",
        "a promise is no answer",
        "answered",
        "the evidence says when it was",
        "asked again",
        "taken back",
        "taken back and answered",
        "the second one taken back",
        "what was asked first needed none",
        "others are not us",
        "others taken back",
    ],
)
def test_the_first_answer_is_ours_and_stands(lines, first):
    assert first_answer(lines) == first


def test_an_answer_is_for_the_first_question_that_nobody_had_settled():
    questions = [Question(written_at=HOURS[hour], noticed_at=HOURS[hour + 1]) for hour in (4, 0, 2)]

    assert answered_question(questions, None) == HOURS[0]
    assert answered_question(questions, Answer(at=HOURS[9])) == HOURS[0]
    assert answered_question(questions, Answer(at=HOURS[9], asked_since=HOURS[3])) == HOURS[2]
    assert answered_question(questions, Answer(at=HOURS[9], asked_since=HOURS[8])) == HOURS[4]
    assert answered_question([], Answer(at=NOW)) is None
