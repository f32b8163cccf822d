"""Short-lived permissions that come with an interaction: trigger ids and response urls."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sandbox import limits
from sandbox.chance import Chance
from sandbox.errors import SlackError

# Far more than live at a time; without a bound a sandbox that runs for weeks would keep them all.
_KEPT: Final = 10_000


def _forget_oldest(kept: dict[str, Any]) -> None:
    if len(kept) >= _KEPT:
        del kept[next(iter(kept))]


@dataclass(slots=True, kw_only=True)
class _Trigger:
    user: str
    until: float
    view_id: str | None
    exchanged: bool = False


class Triggers:
    """Trigger ids: each opens one view, within `seconds` of the interaction (real ones, by a clock that only grows)."""

    def __init__(
        self,
        chance: Chance,
        *,
        seconds: float = limits.TRIGGER_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chance, self._clock, self._seconds = chance, clock, seconds
        self._triggers: dict[str, _Trigger] = {}

    def clear(self) -> None:
        """Forget every trigger id; they become unknown."""
        self._triggers.clear()

    def issue(self, user: str, *, view_id: str | None = None) -> str:
        """Return a trigger id for an interaction of `user`, who was looking at the modal `view_id`, if any."""
        draw = self._chance
        trigger_id = f"{draw.digits('trigger', 13)}.{draw.digits('trigger', 12)}.{draw.hex('trigger', 16)}"
        _forget_oldest(self._triggers)
        self._triggers[trigger_id] = _Trigger(user=user, until=self._clock() + self._seconds, view_id=view_id)
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """Return the user who may be shown a view; SlackError for an unknown, used or old trigger id."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.exchanged = True
        return trigger.user

    def view_of(self, trigger_id: str) -> str | None:
        """Return the modal from which the interaction came."""
        trigger = self._triggers.get(trigger_id)
        return trigger.view_id if trigger else None


@dataclass(slots=True, kw_only=True)
class Response:
    """Where a response url leads: the channel and user of the interaction, and the message that was pressed."""

    user: str
    channel: str
    until: float
    message_ts: str | None = None
    thread_ts: str | None = None
    ephemeral: bool = False
    uses: int = 0


class Responses:
    """Response urls: five uses within half an hour."""

    def __init__(self, chance: Chance, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._chance, self._clock = chance, clock
        self._responses: dict[str, Response] = {}
        self.base_url = ""

    def clear(self) -> None:
        """Forget every response url; they become expired."""
        self._responses.clear()

    def issue(
        self,
        *,
        user: str,
        channel: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
        ephemeral: bool = False,
    ) -> str:
        """Return a new response url."""
        token = self._chance.urlsafe("response", 18)
        _forget_oldest(self._responses)
        self._responses[token] = Response(
            user=user,
            channel=channel,
            message_ts=message_ts,
            thread_ts=thread_ts,
            ephemeral=ephemeral,
            until=self._clock() + limits.RESPONSE_URL_SECONDS,
        )
        return f"{self.base_url}/response/{token}"

    def use(self, token: str) -> Response:
        """Return where the url leads and count the use; SlackError `used_url` or `expired_url`."""
        response = self._responses.get(token)
        if response is None or self._clock() > response.until:
            raise SlackError("expired_url")
        if response.uses >= limits.RESPONSE_URL_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response
