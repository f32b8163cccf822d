"""Waiting for the turn of a host, which takes one request at a time. Knows no Slack."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.clock import Clock


async def wait_for_turn(
    begin: Callable[[], Awaitable[datetime | None]],
    *,
    until: datetime,
    clock: Clock,
    sleep: Callable[[float], Awaitable[None]],
) -> datetime | None:
    """Call `begin` until it takes a turn (None) instead of saying when to try again; return when, if after `until`."""
    while again := await begin():
        if again > until:
            return again
        await sleep(max(0.0, (again - clock()).total_seconds()))
    return None
