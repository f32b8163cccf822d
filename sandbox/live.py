"""Who is looking right now: open pages and waiting tests hear of every change."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

# A page that reads this slowly has stalled; it is cut off and reads the snapshot when it comes back.
_BACKLOG = 2_000
_LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something to show: `name` and `data` as the page's event stream has them, `to` one user's eyes only if set."""

    name: str
    data: dict[str, Any]
    to: str | None = None


class Live:
    """Hands every change to each subscriber, in order, and wakes whoever waits for a condition.

    `published` counts the changes so far.
    """

    def __init__(self) -> None:
        self._subscribers: set[asyncio.Queue[Change | None]] = set()
        self._changed = asyncio.Event()
        self.published = 0

    def publish(self, name: str, data: dict[str, Any], *, to: str | None = None) -> None:
        """Tell everybody, or only the user `to`."""
        change = Change(name=name, data=data, to=to)
        for queue in list(self._subscribers):
            if queue.qsize() < _BACKLOG:
                queue.put_nowait(change)
            else:
                self._subscribers.discard(queue)
                queue.put_nowait(None)
        self.published += 1
        self._changed.set()
        self._changed = asyncio.Event()

    @contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[Change | None]]:
        """Give a queue of all changes from now on; `None` in it means: no more will come."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._subscribers.add(queue)
        try:
            yield queue
        finally:
            self._subscribers.discard(queue)

    def close(self) -> None:
        """Let every subscriber go."""
        for queue in self._subscribers:
            queue.put_nowait(None)
        self._subscribers.clear()

    async def next_change(self) -> None:
        """Return when something changes."""
        await self._changed.wait()

    async def wait_until(self, found: Callable[[], T], *, seconds: float | None) -> T:
        """Return the first truthy answer of `found`; TimeoutError after `seconds`.

        It is asked after every change, and at least every 50 ms, so that it may look at other things than the sandbox.
        """
        async with asyncio.timeout(seconds):
            while True:
                changed = self._changed
                if answer := found():
                    return answer
                # Not wait_for: it can swallow a cancellation that comes together with a change.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                        await changed.wait()
