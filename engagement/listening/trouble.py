"""What can be wrong with how we hear a place, and why a poll fails."""

from enum import StrEnum


class Cause(StrEnum):
    """Why the latest poll of a source failed."""

    NO_ANSWER = "no answer"
    BROKEN = "broken"
    CLOSED = "closed"
    THROTTLED = "throttled"
    GONE = "gone"


class Trouble(StrEnum):
    """A trouble; `DEAF` is about all places at once, the others about one."""

    BROKEN = "broken"
    CLOSED = "closed"
    THROTTLED = "throttled"
    GONE = "gone"
    MOVED = "moved"
    SILENT = "silent"
    OVERFLOWING = "overflowing"
    CHURNING = "churning"
    DEAF = "deaf"

    @property
    def is_told(self) -> bool:
        """Whether the channels hear of it: a place that moves is followed, and nobody has to do anything."""
        return self is not Trouble.MOVED


FAILING = frozenset({Trouble.BROKEN, Trouble.CLOSED, Trouble.THROTTLED, Trouble.GONE})
HABITUAL = frozenset({Trouble.SILENT, Trouble.OVERFLOWING, Trouble.CHURNING})
