"""What a week was like: the mentions, whether anybody needed us, and who was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.conversation import ReplyState
from engagement.reading import Tag

# What needed us and is in none of these waits still.
SETTLED = frozenset({ReplyState.ANSWERED, ReplyState.ANSWERED_BY_OTHERS, ReplyState.CANNOT_TELL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The counts of one period: mentions by what was decided on them, replies, and the posts that were read.

    `mentions` are those of us, `not_us` left out. `slowest_answer_seconds` is of our own answers, None without one.
    """

    mentions: int = 0
    listen: int = 0
    interact: int = 0
    react: int = 0
    untagged: int = 0
    not_us: int = 0
    needed_us: int = 0
    answered: int = 0
    answered_by_others: int = 0
    waiting: int = 0
    posts_read: int = 0
    slowest_answer_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A conversation that needed us: what became of the reply, and when we answered, None where we did not."""

    state: ReplyState
    asked_at: datetime
    answered_at: datetime | None = None

    @property
    def answer_seconds(self) -> int | None:
        """How long they waited for our answer, None where we gave none; never below zero."""
        if self.state is not ReplyState.ANSWERED or self.answered_at is None:
            return None
        return max(0, int((self.answered_at - self.asked_at).total_seconds()))


def week_from(tags: Mapping[Tag | None, int], needed: Sequence[Needed], *, not_us: int, posts_read: int) -> Week:
    """Return the counts of a week; `tags` has the number of mentions of each tag, None for those not tagged yet."""
    states = [each.state for each in needed]
    waits = [each.answer_seconds for each in needed if each.answer_seconds is not None]
    return Week(
        mentions=sum(tags.values()),
        listen=tags.get(Tag.LISTEN, 0),
        interact=tags.get(Tag.INTERACT, 0),
        react=tags.get(Tag.REACT, 0),
        untagged=tags.get(None, 0),
        not_us=not_us,
        needed_us=len(needed),
        answered=states.count(ReplyState.ANSWERED),
        answered_by_others=states.count(ReplyState.ANSWERED_BY_OTHERS),
        waiting=sum(state not in SETTLED for state in states),
        posts_read=posts_read,
        slowest_answer_seconds=max(waits, default=None),
    )
