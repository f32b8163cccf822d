"""The roll-up: what was new in an hour or a day, in one message instead of a card each."""

from datetime import datetime
from typing import assert_never

from engagement.calendar import Schedule, day_begun, hour_begun
from engagement.dataclass import dataclass
from engagement.listing import Waiting
from engagement.understanding.reading import Kind
from engagement.watch import Delivery

# So many are listed; the rest is a number.
ROLLUP_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUp:
    """A conversation in a roll-up, as it stands now; `is_posted` once its card is in the channel.

    `more` counts the mentions of it after the first.
    """

    waiting: Waiting
    is_posted: bool = False
    more: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether somebody has decided on it, and nobody has to answer."""
        waiting = self.waiting
        decided = bool(waiting.dismissed_by or waiting.tag or waiting.reply.is_answered)
        return decided and not waiting.still_waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollup:
    """One message that tells a channel what was new between `starts_at` and `ends_at` (aware UTC).

    `kinds` counts all that was new, in the order of `Kind`; `rows` are the first few of it, those who ask us before
    the others. `waiting` cards can be shown still, `posted` ones are in the channel. `shown_by` (a Slack user id) is
    empty until *Show all* is pressed; `version` grows by one with that.
    """

    id: int
    workspace_id: str
    channel: str
    delivery: Delivery
    starts_at: datetime
    ends_at: datetime
    kinds: tuple[tuple[Kind, int], ...]
    watches: tuple[str, ...]
    rows: tuple[RolledUp, ...]
    waiting: int
    posted: int = 0
    shown_by: str = ""
    shown_at: datetime | None = None
    version: int = 1

    @property
    def told(self) -> int:
        """How many conversations it tells of."""
        return sum(number for _, number in self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupShown:
    """*Show all* counted: the cards go out."""

    rollup: Rollup


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupShownBefore:
    """*Show all* changed nothing: somebody was first. The roll-up as it stands."""

    rollup: Rollup


# None where the workspace has no such roll-up.
ShowRollupResult = RollupShown | RollupShownBefore | None


def told_up_to(delivery: Delivery, schedule: Schedule, now: datetime) -> datetime:
    """Return up to when all that was new is due to be told at `now` (aware): the full hour, the hour of the digest.

    A watch that delivers at once holds nothing back: all is due.
    """
    match delivery:
        case Delivery.NOW:
            return now
        case Delivery.HOURLY:
            return hour_begun(schedule.zone, now)
        case Delivery.DAILY:
            return day_begun(schedule, now)
        case _:
            assert_never(delivery)
