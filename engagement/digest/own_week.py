"""What one person answered lately, for that person alone: nobody is ranked, and nobody else is told."""

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import datetime

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.dataclass import dataclass
from engagement.digest.figures import Pace, pace_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One line of the history in which a reply was given or taken back: how it stood `before`, and how it stands.

    `asked_at` is when the question was written, `due_at` when the answer was due, `promised_by` who had promised it.
    """

    conversation_id: int
    act: Act
    before: ReplyState
    answered_by: str
    answered_at: datetime | None
    asked_at: datetime
    promised_by: str = ""
    due_at: datetime | None = None

    @property
    def seconds(self) -> int:
        """How long they waited, never below zero."""
        return max(0, int((self.answered_at - self.asked_at).total_seconds())) if self.answered_at else 0

    @property
    def was_in_time(self) -> bool:
        """Whether it came before it was due."""
        return self.due_at is None or self.answered_at is None or self.answered_at <= self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWeek:
    """What one person answered within a week: how fast, and how much of it they had promised and gave in time."""

    answers: Pace = field(default_factory=Pace)
    kept: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWeeks:
    """The last seven days of one person beside the seven before; `overdue` of their promises are open still."""

    now: OwnWeek = field(default_factory=OwnWeek)
    before: OwnWeek = field(default_factory=OwnWeek)
    overdue: int = 0

    @property
    def say_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.now.answers.count or self.before.answers.count)


def own_week(lines: Iterable[Given], who: str) -> OwnWeek:
    """Return what `who` answered, of the lines of a week, oldest first; an answer that was taken back is none."""
    answers: dict[int, list[Given]] = {}
    for line in lines:
        given = answers.setdefault(line.conversation_id, [])
        if line.act is Act.REOPEN:
            given[-1:] = []
        elif line.answered_by != who:
            continue
        elif line.before is not ReplyState.ANSWERED:
            given.append(line)
        elif given:
            # Evidence of an answer that stands is no other answer; it says better when that was.
            given[-1] = replace(given[-1], answered_at=line.answered_at)
    mine = [line for given in answers.values() for line in given]
    promised = [line.was_in_time for line in mine if line.promised_by == who]
    return OwnWeek(
        answers=pace_of(line.seconds for line in mine),
        kept=promised.count(True),
        late=promised.count(False),
    )
