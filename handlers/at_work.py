"""What listeners are at: it ends before the database closes.

Bolt starts each listener as a task of its own and waits for none: a form is acknowledged, and what comes of it is still
being stored and drawn. A stop in that moment would close the database under it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_start_handler import AsyncCustomListenerStartHandler

log = logging.getLogger(__name__)


class AtWork:
    """Knows what is being done about a delivery, from the first middleware to the end of its listener."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    def register(self, app: AsyncApp) -> None:
        """Be told of everything that `app` does; before any other middleware."""
        app.middleware(self._begin)
        app.listener_runner.listener_start_handler = AsyncCustomListenerStartHandler(log, self._note)

    async def end(self, *, within: float) -> None:
        """Let all of it end, for at most `within` seconds; the rest is broken off."""
        ends_at = asyncio.get_running_loop().time() + within
        # What is dispatched may start a listener, which is to end as well.
        while self._tasks and (left := ends_at - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(tuple(self._tasks), timeout=left)
        if self._tasks:
            log.warning("listeners were still at work", extra={"count": len(self._tasks)})
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(tuple(self._tasks))

    async def _begin(self, next_: Callable[[], Awaitable[None]]) -> None:
        await self._note()
        await next_()

    async def _note(self) -> None:
        """Take note of the task that we are in."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
