"""The watchdog of the Socket Mode connection: alive is what answers pings, not what carries traffic.

A quiet day is no fault, and a connection whose pings nobody answers is dead although it looks open
(slackapi/python-slack-sdk#1922; a connection that never had a single pong is not noticed by the SDK at once).
"""

import asyncio
import logging
import time

from slack_sdk.socket_mode.aiohttp import SocketModeClient

from engagement.dataclass import dataclass
from handlers.clients import NO_ANSWER

log = logging.getLogger(__name__)

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a connection is trusted, in seconds: pinged every `ping`, dead when `silent`, looked at every `look`.

    `silent` should be several pings; `reconnect` is what one try may take.
    """

    ping: float = 10.0
    silent: float = 60.0
    look: float = 15.0
    reconnect: float = 20.0


PATIENCE = Patience()


class NoConnectionError(Exception):
    """The connection could not be healed; a supervisor should start the bot anew."""


class Watchdog:
    """Looks at the connection now and then, and opens a new one when the old one is dead."""

    def __init__(
        self,
        client: SocketModeClient,
        *,
        silent_seconds: float = PATIENCE.silent,
        reconnect_seconds: float = PATIENCE.reconnect,
    ) -> None:
        self._client = client
        self._silent_seconds, self._reconnect_seconds = silent_seconds, reconnect_seconds
        self._opened_at = time.time()
        self._failed = 0

    async def look(self) -> None:
        """Reconnect if pings go unanswered. Raises NoConnectionError after three tries in a row that did not help."""
        if await self.is_alive():
            self._failed = 0
            return
        if self._failed >= TRIES:
            raise NoConnectionError(f"Slack was not reached in {TRIES} tries to reconnect")
        log.warning("the connection to Slack is dead; opening a new one")
        self._failed += 1
        if self._client.connect_operation_lock.locked():
            # The SDK is at it, and tries one address for ever, though each opens one socket and soon expires
            # (slack_sdk/socket_mode/aiohttp, connect). A try beside it would take turns with it in closing good
            # sockets; without an address, it asks for a new one.
            self._client.wss_uri = None
            return
        try:
            # Bounded: the teardown of a dead connection may hang as well.
            async with asyncio.timeout(self._reconnect_seconds):
                await self._client.connect_to_new_endpoint(force=True)
            self._opened_at = time.time()
        except NO_ANSWER as error:
            log.warning("no new connection to Slack", extra={"reason": type(error).__name__})

    async def is_alive(self) -> bool:
        """Return whether the connection is open and the latest ping was answered in time."""
        latest = self._client.last_ping_pong_time or self._opened_at
        return await self._client.is_connected() and time.time() - latest < self._silent_seconds
