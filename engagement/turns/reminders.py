"""Which promises somebody is reminded of, and when: at most once a day, all at once, while they are at work."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from engagement.conversations.conversation import ReplyState
from engagement.dataclass import dataclass
from engagement.listing import Waiting
from engagement.turns.target import WorkingHours, is_working, workday_ends_at

# So many are listed; the rest is a number.
LISTED = 10


class ReminderKind(StrEnum):
    """What a list of conversations tells whoever gets it."""

    PROMISED = "promised"  # a person: these are yours, and due
    UNOWNED = "unowned"  # a channel: these people wait, and nobody has them
    COVER = "cover"  # a person: these are yours now, while somebody is away


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A list of conversations that somebody was told of, as they stand now.

    `recipient` is a person or a channel. For COVER alone: `about` whose replies they were, who is away `until` then, or
    `has_left`.
    """

    kind: ReminderKind
    recipient: str
    rows: tuple[Waiting, ...]
    about: str = ""
    until: datetime | None = None
    has_left: bool = False
    told_at: datetime

    @property
    def left(self) -> int:
        """How many still wait for whoever was told."""
        return sum(self.waits(row) for row in self.rows)

    def waits(self, row: Waiting) -> bool:
        """Return whether the row is still what it was told as."""
        if not row.still_waits:
            return False
        is_claimed = row.reply.state is ReplyState.CLAIMED
        return not is_claimed if self.kind is ReminderKind.UNOWNED else row.reply.claimed_by == self.recipient


def to_remind_of(promises: Sequence[Waiting], hours: WorkingHours, *, now: datetime) -> tuple[Waiting, ...]:
    """Return what somebody with these `promises` is reminded of now, the first due first; empty for not now.

    Something must have had three quarters of its time. What will have had so much by the end of the working day is
    told with it, because there is one reminder a day.
    """
    if not is_working(now, hours):
        return ()
    today = workday_ends_at(now, hours)
    warned = sorted(
        (each for each in promises if each.reply.warn_at and each.reply.warn_at < today),
        key=lambda each: (each.reply.due_at or today, each.conversation_id),
    )
    is_due = any(each.reply.warn_at <= now for each in warned if each.reply.warn_at)
    return tuple(warned) if is_due else ()
