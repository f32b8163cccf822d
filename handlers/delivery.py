"""What Slack delivers twice is acted on once.

Slack delivers at least once: what it does not see acknowledged comes again, and Bolt runs the listener again. The
header of a retry says nothing: an event that was raised while no socket was open may come as a retry only. So what
counts is the id of what happened: the `event_id` of an event, the `trigger_id` of a click, a form or a command.

The memory is this process's own, and that is enough. Each envelope reaches one socket, one bot runs for each database,
and what would stand twice in the rows is refused there (a message by its unique key, a press by its version); kept here
is only what a person would see twice: an answer, a form, a watch. Forgetting all of it in a crash is right as well:
what was under way may not have been done, and Slack's retry is then the one that counts.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from engagement.dataclass import dataclass
from handlers.payload import Payload

log = logging.getLogger(__name__)

# Slack retries at once, after one minute and after five more (docs.slack.dev, Events API, Retries).
MEMORY_SECONDS = 600.0
# Twice what Slack delivers in that time: 30,000 events an hour and workspace (docs.slack.dev, Rate limits).
REMEMBERED_AT_MOST = 10_000
# Slack waits three seconds for an acknowledgement: an answer that takes longer is of no use to the second delivery.
ANSWER_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    at: float
    ack: AsyncAck


class Deliveries:
    """Remembers what was delivered lately, at most `at_most` ids; `clock` gives seconds and never goes back."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, at_most: int = REMEMBERED_AT_MOST) -> None:
        self._clock, self._at_most = clock, at_most
        # Oldest first.
        self._known: dict[str, _Delivery] = {}

    async def once(self, body: Payload, ack: AsyncAck, next_: Callable[[], Awaitable[None]]) -> BoltResponse | None:
        """Let a first delivery pass; answer another of it as the first was answered, and do nothing."""
        name = name_of(body)
        self._forget_the_old()
        if known := self._known.get(name):
            log.info("delivered twice", extra={"payload": str(body.get("type") or body.get("command"))})
            return await _answer(known.ack)
        if name:
            self._known[name] = _Delivery(at=self._clock(), ack=ack)
        await next_()
        return None

    def _forget_the_old(self) -> None:
        since = self._clock() - MEMORY_SECONDS
        while self._known:
            oldest, delivery = next(iter(self._known.items()))
            if delivery.at > since and len(self._known) < self._at_most:
                return
            del self._known[oldest]


def name_of(body: Payload) -> str:
    """Return the id of what happened, the same in every delivery of it; empty for what carries none."""
    name = body.get("event_id") or body.get("trigger_id")
    return name if isinstance(name, str) else ""


async def _answer(first: AsyncAck) -> BoltResponse:
    """Return the first delivery's answer: the same form may be shown, or refused, by whichever of them is heard."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            while first.response is None:  # noqa: ASYNC110 - Bolt tells nobody when a listener has acknowledged
                await asyncio.sleep(0.01)
    except TimeoutError:
        return BoltResponse(status=200, body="")
    return first.response
