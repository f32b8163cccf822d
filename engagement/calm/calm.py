"""How calm a team wants it: when its watches deliver, what is urgent, and when nothing rings."""

from engagement.calm.surge import LIKED_AT_LEAST
from engagement.dataclass import dataclass
from engagement.watch import Delivery, Watch
from engagement.workspace import QuietHours, Workspace

SCORE_AT_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """How it stands; `version` grows by one with every change of what belongs to the workspace.

    `waiting` counts the cards that wait for a roll-up.
    """

    workspace: Workspace
    watches: tuple[Watch, ...]
    version: int
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWish:
    """How a watch is to deliver, of which version `drawn` was on the form."""

    watch_id: int
    drawn: int
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class CalmWish:
    """What somebody entered into a form that was drawn from version `drawn`."""

    drawn: int
    urgent_channel: str
    urgent_score: int
    quiet: QuietHours | None
    deliveries: tuple[DeliveryWish, ...] = ()


def is_score(text: str) -> bool:
    """Return whether `text` is a number of people that may make a post urgent."""
    return text.isascii() and text.isdecimal() and LIKED_AT_LEAST <= int(text[:10]) <= SCORE_AT_MOST
