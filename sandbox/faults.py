"""Bad days on request: the next calls of a method fail in one of the ways they fail at Slack."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """How a call fails."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    DROP_BEFORE_WRITE = "drop_before_write"
    DROP_AFTER_WRITE = "drop_after_write"
    SLOW = "slow"
    HISTORY_WITHOUT_METADATA = "history_without_metadata"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One failure to come; `seconds` is Retry-After or the delay."""

    kind: FaultKind
    seconds: float = 1.0


class Faults:
    """The failures to come, by method, first in, first out."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = {}
        # Slack's own pace for chat.postMessage (about one a second and channel); off, because it slows tests down.
        self.one_message_a_second = False

    def add(self, method: str, kind: str, *, times: int = 1, seconds: float = 1.0) -> None:
        """Let the next `times` calls of `method` fail; ValueError for a kind that is not a `FaultKind`."""
        fault = Fault(kind=FaultKind(kind), seconds=seconds)
        self._waiting.setdefault(method, deque()).extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """Return the fault that this call meets, once."""
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Let everything work again."""
        self._waiting.clear()
        self.one_message_a_second = False

    def waiting(self) -> dict[str, list[str]]:
        """Return the kinds still to come, by method."""
        return {method: [fault.kind.value for fault in faults] for method, faults in self._waiting.items() if faults}
