"""How the app hears of things: what Socket Mode and signed HTTP have in common, which is when an event comes again."""

import abc
import asyncio
from dataclasses import dataclass
from typing import Any, Final

from sandbox import limits
from sandbox.chance import Chance
from sandbox.inspector import Inspector
from sandbox.live import Live

# Slack sends an event that was not acknowledged again at once, after a minute and after five (Events API, "Retries").
RETRY_PAUSES: Final = (0.0, 60.0, 300.0)


class NoAnswerError(Exception):
    """The app did not acknowledge: `dispatch_failed` when it cannot be reached, else `operation_timeout`."""


class NoRetryError(Exception):
    """The app did not acknowledge, and asked not to be told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every way to the app is given; `ack_seconds` and `time_factor` are those at first."""

    live: Live
    inspector: Inspector
    chance: Chance
    ack_seconds: float = limits.ACK_SECONDS
    time_factor: float = 1.0


class Delivery(abc.ABC):
    """One way to the app. `ack_seconds` is how long it may take, `time_factor` scales the pauses between retries."""

    def __init__(self, means: Means) -> None:
        self.ack_seconds, self.time_factor = means.ack_seconds, means.time_factor
        self._live, self._inspector, self._chance = means.live, means.inspector, means.chance
        self._telling: set[asyncio.Task[None]] = set()
        self._worlds = 0

    @property
    @abc.abstractmethod
    def is_open(self) -> bool:
        """Whether events can reach the app now."""

    @abc.abstractmethod
    async def _ask(self, kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        """Send once; the answer that came with the acknowledgement, or NoAnswerError."""

    @abc.abstractmethod
    async def _attempt(self, envelope_id: str, payload: dict[str, Any], *, attempt: int, reason: str) -> str | None:
        """Send an event once; None when it was acknowledged, else the reason for the next attempt, or NoRetryError."""

    async def ask(self, kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        """Send a click, command, shortcut or view once; the payload of the acknowledgement, or NoAnswerError.

        `kind` is `interactive` or `slash_commands`. An answer that comes after `forget` is for nobody any more.
        """
        title, world = title_of(payload), self._worlds
        try:
            answer = await self._ask(kind, payload)
            if world != self._worlds:
                raise NoAnswerError("operation_timeout")  # noqa: TRY301 - recorded as any other missing answer
        except NoAnswerError as error:
            self._inspector.record("envelope", title, ok=False, request=payload, reason=str(error))
            raise
        self._inspector.record("envelope", title, ok=True, request=payload, response=answer)
        return answer

    def tell(self, payload: dict[str, Any]) -> None:
        """Send an event, and again on Slack's schedule while nobody acknowledges it.

        One that happens while the app cannot be reached is a first attempt that nobody saw: once the app is back it
        gets the event as a retry, and that is its only delivery.
        """
        task = asyncio.create_task(self._deliver(payload))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _deliver(self, payload: dict[str, Any]) -> None:
        title, envelope_id, reason = title_of(payload), self._new_envelope(), ""
        for attempt in range(len(RETRY_PAUSES) + 1):
            if not self.is_open and not attempt:
                reason = self.unreachable_reason
                continue
            if attempt:
                await asyncio.sleep(RETRY_PAUSES[attempt - 1] * self.time_factor)
            await self._live.wait_until(lambda: self.is_open, seconds=None)
            retry = {"retry_attempt": attempt, "retry_reason": reason}
            try:
                problem = await self._attempt(envelope_id, payload, attempt=attempt, reason=reason)
            except NoRetryError as error:
                self._inspector.refuse(title, f"given up: {error}", request=payload, **retry)
                return
            failure = {"reason": f"not acknowledged: {problem}"} if problem else {}
            self._inspector.record("event", title, ok=not problem, request=payload, **retry, **failure)
            if not problem:
                return
            reason = problem
        self._inspector.refuse(title, "given up: never acknowledged", request=payload)

    @property
    def unreachable_reason(self) -> str:
        """Return the retry reason of an event that could not be sent."""
        return "timeout"

    def _new_envelope(self) -> str:
        digits = self._chance.hex("envelope", 16)
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def forget(self) -> None:
        """Send no more of what happened so far, and show nobody the answers that are still to come."""
        self._worlds += 1
        for task in self._telling:
            task.cancel()

    async def stop_telling(self) -> None:
        """Forget everything, and return when nothing is on its way any more."""
        self.forget()
        await asyncio.gather(*self._telling, return_exceptions=True)


def title_of(payload: dict[str, Any]) -> str:
    """Return what an envelope is about: the event's type, the interaction's type, or the command."""
    event = payload.get("event")
    return str(event["type"] if isinstance(event, dict) else payload.get("type") or payload.get("command"))
