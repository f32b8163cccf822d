"""Redrawing what has changed: one redraw at a time for each message, and none waits long for another.

Slack counts all redraws of a workspace together, so they are made one after the other. One that takes long is left to
itself, and the next begins beside it.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from engagement.sending.outbox import MESSAGE_GONE, OutMessage, is_redrawn
from handlers.clients import NO_ANSWER, ClientFor, error_of, is_no, retry_after_of
from handlers.sending.posted import update
from handlers.views.blocks import Message
from storage.database import Database
from storage.sending.lost import lose_message
from storage.sending.messages import finish_redraw, leave_as_sent, messages_to_redraw, redraw_later, start_redraw

log = logging.getLogger(__name__)

# So many are under way at the most, the slow ones among them.
AT_ONCE = 20
# So long the next one waits for the one before: several times what Slack takes as a rule.
PATIENCE_SECONDS = 0.5
TRY_AGAIN = timedelta(seconds=5)
# Slack counts Retry-After from its answer, and `now` was read before the call.
CALL_TAKES = timedelta(seconds=1)

Draw = Callable[[OutMessage], Awaitable[Message | None]]


class Redraws:
    """Redraws for all workspaces; `now` is always given."""

    def __init__(self, db: Database, client_for: ClientFor, *, draw: Draw) -> None:
        self._db = db
        self._client_for = client_for
        self._draw = draw
        # By message; whoever finds one here leaves it to who is at it: they look at the rows once more in the end.
        self._under_way: dict[int, asyncio.Task[None]] = {}
        # By workspace: Slack counts all redraws of one together.
        self._not_before: dict[str, datetime] = {}

    async def redraw(self, now: datetime) -> None:
        """Redraw what has changed since it was drawn; what is slow may still be under way afterwards."""
        began = time.monotonic()
        for message in await self._db.read(lambda tx: messages_to_redraw(tx, now=now, limit=AT_ONCE)):
            at = now + since(began)
            if message.id in self._under_way or at < self._not_before.get(message.workspace_id, at):
                continue
            if len(self._under_way) >= AT_ONCE:
                return
            if is_redrawn(message, now=at):
                await self._begin(message, at)
            else:
                await self._leave(message)

    async def drain(self) -> None:
        """Let what is under way end."""
        if self._under_way:
            await asyncio.wait(list(self._under_way.values()))

    async def break_off(self) -> None:
        """End what is under way, to the last: the rows say that it was, and the next run draws it.

        What breaks as it ends still writes that down, and the database is closed behind us.
        """
        ending = list(self._under_way.values())
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def _begin(self, message: OutMessage, now: datetime) -> None:
        """Redraw a message, and wait for that as long as patience lasts. An error of the database is raised here."""
        task = self._under_way[message.id] = asyncio.create_task(self._redraw_until_fresh(message, now))
        task.add_done_callback(lambda _: self._under_way.pop(message.id))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        if done:
            task.result()
        else:
            task.add_done_callback(lambda task: _log_error(message, task))

    async def _leave(self, message: OutMessage) -> None:
        await self._db.transact(lambda tx: leave_as_sent(tx, message.id))

    async def _redraw_until_fresh(self, message: OutMessage, now: datetime) -> None:
        """Redraw a message until what stands in the channel is what the rows say: they may change within the call."""
        began = time.monotonic()
        while await self._db.transact(lambda tx: start_redraw(tx, message.id)):
            if not await self._redraw(message, now + since(began)):
                return

    async def _redraw(self, message: OutMessage, now: datetime) -> bool:
        """Redraw a message once; return whether that is done, or to be tried again later."""
        drawn = await self._draw(message)
        if drawn is not None:
            try:
                await update(self._client_for(message.workspace_id), message, drawn)
            except SlackApiError as error:
                if await self._is_left(message, error, now):
                    return False
            except NO_ANSWER as error:
                log.warning("no answer to a redraw", extra={"message_id": message.id, "reason": type(error).__name__})
                await self._db.transact(lambda tx: redraw_later(tx, message.id, not_before=now + TRY_AGAIN))
                return False
        await self._db.transact(lambda tx: finish_redraw(tx, message.id))
        return True

    async def _is_left(self, message: OutMessage, error: SlackApiError, now: datetime) -> bool:
        """Whether a message that was not redrawn is left as it stands until Slack has time."""
        retry_after = retry_after_of(error)
        if retry_after is not None or not is_no(error):
            later = now + again_in(error)
            if retry_after is not None:
                self._not_before[message.workspace_id] = later
            await self._db.transact(lambda tx: redraw_later(tx, message.id, not_before=later))
            return True
        log.warning("message not redrawn", extra={"message_id": message.id, "reason": error_of(error)})
        if error_of(error) == MESSAGE_GONE:
            await self._db.transact(lambda tx: lose_message(tx, message.id, at=now))
        # Slack will not have it: there is nothing to try again.
        return False


def _log_error(message: OutMessage, task: asyncio.Task[None]) -> None:
    """Say what became of a redraw that nobody waits for any more."""
    if not task.cancelled() and task.exception():
        log.error("a redraw failed", exc_info=task.exception(), extra={"message_id": message.id})


def since(began: float) -> timedelta:
    """Return the whole seconds since `began` (monotonic): a slow call moves the clock, and the next message waits."""
    return timedelta(seconds=int(time.monotonic() - began))


def again_in(error: Exception) -> timedelta:
    """Return how long to leave Slack alone after a call that changed nothing: as long as it asks."""
    retry_after = retry_after_of(error) if isinstance(error, SlackApiError) else None
    return TRY_AGAIN if retry_after is None else timedelta(seconds=retry_after) + CALL_TAKES
