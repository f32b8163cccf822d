"""Where ids and secrets come from: from chance, or from a seed so that a story comes out the same every time."""

import base64
import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Final

# Sunday, 22 November 2026, 09:00 UTC: a morning on which every deterministic sandbox begins.
LOGICAL_START: Final = 1_795_338_000.0
# Far below the seconds that grants live, so that nothing expires because much has been said.
LOGICAL_STEP: Final = 0.001
# What an app may remember, to know a second delivery by: these ids go on when the world begins again.
_NEVER_AGAIN: Final = ("event", "envelope", "trigger", "response", "ticket", "challenge")


class Chance:
    """Draws ids by family (`block`, `event`, `envelope`, ...), so that one family never moves another's ids.

    With a `seed`, the n-th id of a family is always the same; `drawn` says how many there were, to go on after a
    restart. Without one, ids cannot be foreseen.
    """

    def __init__(self, seed: str | None = None) -> None:
        self.seed = seed
        self.drawn: Counter[str] = Counter()

    def hex(self, family: str, size: int) -> str:
        """Return `size` bytes as lower-case hexadecimal digits; at most 32 bytes."""
        return self._bytes(family, size).hex()

    def urlsafe(self, family: str, size: int) -> str:
        """Return `size` bytes as letters, digits, `-` and `_`; at most 32 bytes."""
        return base64.urlsafe_b64encode(self._bytes(family, size)).rstrip(b"=").decode()

    def digits(self, family: str, size: int) -> str:
        """Return `size` decimal digits, at most 30."""
        return f"{int.from_bytes(self._bytes(family, 32), 'big') % 10**size:0{size}d}"

    def start_over(self, drawn: Mapping[str, int] | None = None) -> None:
        """Begin again, but for the ids of what reaches the app; or go on after as many draws as another run made."""
        going_on = {family: self.drawn[family] for family in _NEVER_AGAIN}
        self.drawn = Counter(going_on if drawn is None else drawn)

    def _bytes(self, family: str, size: int) -> bytes:
        if self.seed is None:
            return secrets.token_bytes(size)
        self.drawn[family] += 1
        return hashlib.sha256(f"{self.seed}:{family}:{self.drawn[family]}".encode()).digest()[:size]


class LogicalClock:
    """A clock that stands still between the timestamps it is asked to give, each a millisecond after the last."""

    def __init__(self) -> None:
        self.now = LOGICAL_START

    def __call__(self) -> float:
        """Return the time in epoch seconds."""
        return self.now

    def step(self) -> None:
        """Let a moment pass."""
        self.now = round(self.now + LOGICAL_STEP, 6)
