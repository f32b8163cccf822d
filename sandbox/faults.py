"""Bad days on request: calls of a method fail, or answer worse, in one of the ways they do at Slack."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

ANY_METHOD: Final = "*"
_MOST_TIMES: Final = 1_000
_MOST_SECONDS: Final = 24 * 60 * 60


class FaultKind(StrEnum):
    """What goes wrong with a call."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    DROP_BEFORE_WRITE = "drop_before_write"
    DROP_AFTER_WRITE = "drop_after_write"
    SLOW = "slow"
    INVALID_AUTH = "invalid_auth"
    HISTORY_WITHOUT_METADATA = "history_without_metadata"
    LATE_HISTORY = "late_history"
    NON_MARKETPLACE = "non_marketplace"
    ONE_MESSAGE_A_SECOND = "one_message_a_second"
    EXPIRED_SOCKET_URL = "expired_socket_url"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfFault:
    """A kind as the page offers it; without `methods` it fits every method, `standing` ones last until taken away."""

    kind: FaultKind
    sentence: str
    methods: tuple[str, ...] = ()
    seconds: float | None = None
    standing: bool = False

    def body(self) -> dict[str, Any]:
        """Return the kind for the page; `seconds` is a first value to offer, or null where seconds mean nothing."""
        return {
            "kind": self.kind.value,
            "sentence": self.sentence,
            "methods": list(self.methods),
            "seconds": self.seconds,
            "standing": self.standing,
        }


_READS: Final = ("conversations.history", "conversations.replies")
_WRITES: Final = ("chat.postMessage", "chat.postEphemeral")

KINDS: Final[tuple[KindOfFault, ...]] = (
    KindOfFault(kind=FaultKind.RATE_LIMITED, sentence="Answers 429 with Retry-After; nothing is done.", seconds=1.0),
    KindOfFault(kind=FaultKind.SERVER_ERROR, sentence="Answers 500; nothing is done."),
    KindOfFault(
        kind=FaultKind.DROP_BEFORE_WRITE, sentence="The connection drops before anything is done; the app cannot know."
    ),
    KindOfFault(
        kind=FaultKind.DROP_AFTER_WRITE, sentence="The call is done, then the connection drops; the app cannot know."
    ),
    KindOfFault(kind=FaultKind.SLOW, sentence="Answers late.", seconds=5.0),
    KindOfFault(kind=FaultKind.INVALID_AUTH, sentence="The token is refused from now on: invalid_auth.", standing=True),
    KindOfFault(
        kind=FaultKind.HISTORY_WITHOUT_METADATA,
        sentence="Messages come without their metadata, whatever was asked for.",
        methods=_READS,
    ),
    KindOfFault(
        kind=FaultKind.LATE_HISTORY,
        sentence="Messages younger than this many seconds do not show up yet.",
        methods=_READS,
        seconds=5.0,
    ),
    KindOfFault(
        kind=FaultKind.NON_MARKETPLACE,
        sentence="The limit for apps sold outside the Marketplace: one call a minute, at most 15 messages.",
        methods=_READS,
        standing=True,
    ),
    KindOfFault(
        kind=FaultKind.ONE_MESSAGE_A_SECOND,
        sentence="One message a second in each channel; a faster one is answered with 429.",
        methods=_WRITES,
        standing=True,
    ),
    KindOfFault(
        kind=FaultKind.EXPIRED_SOCKET_URL,
        sentence="The socket's address has expired before the app can use it.",
        methods=("apps.connections.open",),
    ),
)
_KIND: Final[Mapping[FaultKind, KindOfFault]] = {one.kind: one for one in KINDS}


@dataclass(slots=True, kw_only=True)
class Fault:
    """Something to go wrong with the next `times` calls of `method`, or with all of them (`times` is None)."""

    id: int
    method: str
    kind: FaultKind
    times: int | None
    seconds: float

    def body(self) -> dict[str, Any]:
        """Return the fault for the page."""
        return {
            "id": self.id,
            "method": self.method,
            "kind": self.kind.value,
            "times": self.times,
            "seconds": self.seconds,
        }


class Faults:
    """What is to go wrong. Counted faults of a method come first in, first out, one a call; standing ones always."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._latest = 0

    def add(self, method: str, kind: str, *, times: int | None = 1, seconds: float | None = None) -> Fault:
        """Let the next `times` calls of `method` (`*` is any) go wrong; None: all, until the fault is taken away.

        A kind that is standing by nature is so whatever `times` says. `seconds` is Retry-After, the delay or the age,
        by kind, at most a day. ValueError for a kind that is not a `FaultKind`, a kind that the method does not know,
        or fewer than one time.
        """
        known = _KIND[FaultKind(kind)]
        if known.methods and method not in known.methods:
            raise ValueError(f"{kind} happens to {' and '.join(known.methods)} only")
        if times is not None and not 1 <= times <= _MOST_TIMES:
            raise ValueError(f"times must be 1 or more and at most {_MOST_TIMES}, or null for always")
        wanted = (known.seconds or 1.0) if seconds is None else seconds
        if not 0 <= wanted <= _MOST_SECONDS:
            raise ValueError(f"seconds must be from 0 to {_MOST_SECONDS}")
        if known.standing:
            times = None
        self._latest += 1
        fault = Fault(id=self._latest, method=method, kind=known.kind, times=times, seconds=wanted)
        self._armed.append(fault)
        return fault

    def take(self, method: str) -> dict[FaultKind, float]:
        """Return what this call meets, as seconds by kind: every standing fault and at most one counted one."""
        fitting = [one for one in self._armed if one.method in (method, ANY_METHOD)]
        met = {one.kind: one.seconds for one in fitting if one.times is None}
        counted = next((one for one in fitting if one.times is not None), None)
        if counted is not None and counted.times is not None:
            met[counted.kind] = counted.seconds
            counted.times -= 1
            if not counted.times:
                self._armed.remove(counted)
        return met

    def armed(self) -> list[Fault]:
        """Return what is still to go wrong, in order."""
        return list(self._armed)

    def disarm(self, fault_id: int) -> None:
        """Take one fault away, if it has not been met meanwhile; LookupError for one that was never armed."""
        if not 1 <= fault_id <= self._latest:
            raise LookupError(f"no fault {fault_id} was ever armed")
        self._armed = [one for one in self._armed if one.id != fault_id]

    def clear(self) -> None:
        """Let everything work again."""
        self._armed.clear()


class Pace:
    """How often something was allowed lately, in real time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[tuple[str, ...], float] = {}

    def clear(self) -> None:
        """Allow everything at once again."""
        self._last.clear()

    def wait(self, *key: str, seconds: float) -> float:
        """Return 0 and count the call, or how many seconds are missing until the next of this `key` is allowed."""
        now = self._clock()
        left = self._last[key] + seconds - now if key in self._last else 0.0
        if left > 0:
            return left
        self._last[key] = now
        return 0.0
