"""The brake: how many new cards a channel can take now; what it holds back waits behind one message."""

from datetime import datetime, timedelta

from engagement.dataclass import dataclass

CARDS_PER_HOUR = 15
"""New cards one channel takes within an hour: about one every four minutes, what a team can still read."""

WINDOW = timedelta(hours=1)
"""How far back `cards_last_hour` counts."""

UNTOUCHED = 25
"""Cards nobody has decided on that may stand in one channel; more would only push each other out of sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrakeLimits:
    """What one channel takes: new cards an hour, and cards nobody has decided on."""

    cards_per_hour: int = CARDS_PER_HOUR
    untouched: int = UNTOUCHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Brake:
    """One message that stands for `held` cards of a channel until somebody asks for them.

    `watches` are the names of the watches they come from. `released_by` (a Slack user id) is empty and
    `released_at` None until *Show all* is pressed; `version` grows by one with every decision, as on a conversation.
    Times are aware UTC.
    """

    id: int
    workspace_id: str
    channel: str
    held: int
    watches: tuple[str, ...]
    released_by: str = ""
    released_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """*Show all* counted: what the brake held goes out."""

    brake: Brake


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBefore:
    """*Show all* changed nothing: somebody was first, or the message had changed. The brake as it stands."""

    brake: Brake


# None where there is no such brake (any more).
ShowResult = Shown | ShownBefore | None


def let_through(*, cards_last_hour: int, untouched: int, new: int, limits: BrakeLimits) -> int:
    """Return how many of `new` cards may be posted to a channel now, between 0 and `new`; the rest is held.

    `cards_last_hour` counts the cards posted there within the last hour, `untouched` the cards standing there
    that nobody has decided on. Both limits may be reached exactly and never passed.
    """
    room = min(limits.cards_per_hour - cards_last_hour, limits.untouched - untouched)
    return max(0, min(new, room))
