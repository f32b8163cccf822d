"""Short-lived permissions that come with an interaction: trigger ids and response urls."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sandbox import limits
from sandbox.errors import SlackError


@dataclass(slots=True, kw_only=True)
class _Trigger:
    user: str
    until: float
    view_id: str | None
    exchanged: bool = False


class Triggers:
    """Trigger ids: each opens one view, within `seconds` of the interaction."""

    def __init__(self, clock: Callable[[], float], *, seconds: float = limits.TRIGGER_SECONDS) -> None:
        self._clock, self._seconds = clock, seconds
        self._triggers: dict[str, _Trigger] = {}

    def issue(self, user: str, *, view_id: str | None = None) -> str:
        """Return a trigger id for an interaction of `user`, who was looking at the modal `view_id`, if any."""
        now = self._clock()
        trigger_id = f"{int(now)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = _Trigger(user=user, until=now + self._seconds, view_id=view_id)
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

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._responses: dict[str, Response] = {}
        self.base_url = ""

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
        token = secrets.token_urlsafe(18)
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
