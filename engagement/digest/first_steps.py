"""What the history of a conversation says of its first steps: since when it is tagged, and our first answer."""

from collections.abc import Iterable
from datetime import datetime

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """How a conversation stood after one line of its history; times are aware UTC."""

    act: Act
    at: datetime
    is_tagged: bool
    reply: ReplyState
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What asked us something: when it was written, and when we noticed it (aware UTC)."""

    written_at: datetime
    noticed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of ours; what was noticed before `asked_since` was settled otherwise, or answered, before."""

    at: datetime
    asked_since: datetime | None = None


def first_tagged_at(lines: Iterable[Passed]) -> datetime | None:
    """Return since when a conversation is tagged, whichever tags it had since; None where it is not.

    `lines` are its history, oldest first. A tag that was taken back was none.
    """
    since: datetime | None = None
    for line in lines:
        since = (since or line.at) if line.is_tagged else None
    return since


def first_answer(lines: Iterable[Passed]) -> Answer | None:
    """Return our first answer of those that nobody took back, None without one.

    `lines` are the history of the conversation, oldest first. It stays the first where somebody asks again; evidence of
    it that is found later says better when it was.
    """
    answers: list[Answer] = []
    was, asked_since = ReplyState.NONE, None
    for line in lines:
        if line.act is Act.ASKED_AGAIN:
            asked_since = line.at
        if line.reply is ReplyState.ANSWERED and line.answered_at:
            answer = Answer(at=line.answered_at, asked_since=asked_since)
            answers[len(answers) - (was is ReplyState.ANSWERED) :] = [answer]
        elif line.act is Act.REOPEN and was is ReplyState.ANSWERED:
            answers.pop()
        was = line.reply
    return next(iter(answers), None)


def answered_question(questions: Iterable[Question], answer: Answer | None) -> datetime | None:
    """Return when the question was written that the answer is for: the first, or the one that asked again before it.

    Without an answer, the first one; None without a question.
    """
    since = answer.asked_since if answer else None
    written = sorted(each.written_at for each in questions)
    again = [each.written_at for each in questions if since is None or each.noticed_at >= since]
    # We may have known of what asked again before we knew whom it was meant for.
    return min(again, default=written[-1] if written else None)
