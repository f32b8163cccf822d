"""The outbox at work: posts what waits, finds what is uncertain, redraws what has changed.

Committed before the call, nothing repeated blindly: see engagement/sending/outbox.py for what each answer means.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from engagement.sending.outbox import (
    CHANNEL_GAP,
    UNDRAWABLE,
    MessageState,
    OutMessage,
    not_found,
    nothing_to_say,
    posted,
    refused,
    slowed_down,
    unheard,
)
from handlers.clients import FAILED_CALL, NO_ANSWER, ClientFor, error_of, is_no, reason_of, retry_after_of
from handlers.sending.posted import find_in_history, post
from handlers.sending.redraws import CALL_TAKES, Redraws, again_in, since
from handlers.views.blocks import Message, without_charts
from storage.database import Database, Tx
from storage.sending.lost import settle_send
from storage.sending.messages import (
    doubt_what_was_sending,
    messages_to_find,
    messages_to_send,
    save_message,
    start_sending,
)

log = logging.getLogger(__name__)

# What drawing meets in rows that are not as it expects them, after an upgrade for example.
UNREADABLE = (LookupError, TypeError, ValueError)


# A message as its rows stand now, None when what it is about is gone.
Draw = Callable[[Tx, OutMessage], Message | None]


class Outbox:
    """Sends for all workspaces, one message at a time; `now` is always given."""

    def __init__(
        self, db: Database, client_for: ClientFor, *, draw: Draw, channel_gap: timedelta = CHANNEL_GAP
    ) -> None:
        self._db = db
        self._channel_gap = channel_gap
        self._client_for = client_for
        self._draw_from_rows = draw
        self._sending = asyncio.Lock()
        self._redraws = Redraws(db, client_for, draw=self._draw)
        # So a run begins, too: the last one may have ended within a call.
        self._is_broken_off = True

    async def work(self, now: datetime) -> None:
        """Redraw, look for what is uncertain, and send one message to each channel that can take one."""
        await self.redraw(now)
        async with self._sending:
            if self._is_broken_off:
                await self._doubt(now)
            self._is_broken_off = True
            for message in await self._db.read(lambda tx: messages_to_find(tx, now=now)):
                await self._find(message, now)
            began = time.monotonic()
            for message in await self._db.read(lambda tx: messages_to_send(tx, now=now, gap=self._channel_gap)):
                await self._send(message, now + since(began))
            self._is_broken_off = False

    async def redraw(self, now: datetime) -> None:
        """Redraw what has changed since it was drawn; called after a click, so that the person sees it at once."""
        await self._redraws.redraw(now)

    async def drain(self, seconds: float) -> None:
        """Let what is on its way arrive, for at most `seconds`; the rest is uncertain, and found at the next start."""
        try:
            async with asyncio.timeout(seconds), self._sending:
                await self._redraws.drain()
        except TimeoutError:
            await self._redraws.break_off()
            log.warning("messages were still on their way")

    async def _doubt(self, now: datetime) -> None:
        """Take what was being sent for uncertain: it is looked for before anything is sent again.

        A run that ended, or an error (of the database as a rule) left it so, and its channel would wait for ever.
        """
        doubtful = await self._db.transact(lambda tx: doubt_what_was_sending(tx, at=now))
        if doubtful:
            log.warning("messages in doubt since the last run", extra={"count": doubtful})

    async def _send(self, message: OutMessage, now: datetime) -> None:
        taken = await self._db.transact(lambda tx: start_sending(tx, message, at=now))
        if not taken:
            return
        began = time.monotonic()
        drawn = await self._draw(message)
        if drawn is None:
            outcome = nothing_to_say(message)
        else:
            outcome = await self._post(message, drawn, now)
        if outcome.state is MessageState.FAILED and outcome.error:
            log.error("message not posted", extra={"message_id": message.id, "reason": outcome.error})
        await self._db.transact(lambda tx: settle_send(tx, outcome, at=now + since(began)))

    async def _post(self, message: OutMessage, drawn: Message, now: datetime) -> OutMessage:
        client = self._client_for(message.workspace_id)
        try:
            ts, stands_in = await post(client, message, drawn)
        except SlackApiError as error:
            return await self._after_no(message, drawn, error, now)
        except NO_ANSWER as error:
            log.warning("no answer to a post", extra={"message_id": message.id, "reason": type(error).__name__})
            return unheard(message, now=now, error=type(error).__name__)
        return posted(message, ts, stands_in=stands_in)

    async def _after_no(self, message: OutMessage, drawn: Message, error: SlackApiError, now: datetime) -> OutMessage:
        """Say what Slack's refusal means. What it would not take is left out, a chart first: the words still go out."""
        retry_after = retry_after_of(error)
        if retry_after is not None:
            return slowed_down(message, now=now, retry_after=timedelta(seconds=retry_after) + CALL_TAKES)
        if not is_no(error):
            return unheard(message, now=now, error=error_of(error))
        if error_of(error) in UNDRAWABLE and (plainer := without_charts(drawn)) != drawn:
            return await self._post(message, plainer, now)
        if error_of(error) in UNDRAWABLE and drawn.blocks:
            log.error("Slack refused the blocks", extra={"message_id": message.id, "reason": error_of(error)})
            return await self._post(message, Message(text=drawn.text, blocks=[]), now)
        return refused(message, now=now, error=error_of(error))

    async def _find(self, message: OutMessage, now: datetime) -> None:
        if message.is_direct:
            outcome = unheard(message, now=now, error="the last run ended")
            await self._db.transact(lambda tx: save_message(tx, outcome, at=now))
            return
        try:
            ts = await find_in_history(self._client_for(message.workspace_id), message)
        except FAILED_CALL as error:
            log.warning("history not readable", extra={"message_id": message.id, "reason": reason_of(error)})
            outcome = replace(message, not_before=now + again_in(error))
        else:
            outcome = posted(message, ts) if ts else not_found(message, now=now)
        await self._db.transact(lambda tx: save_message(tx, outcome, at=now))

    async def _draw(self, message: OutMessage) -> Message | None:
        """Return the message as its rows stand now; None when they are gone, or cannot be read as they are."""
        try:
            return await self._db.read(lambda tx: self._draw_from_rows(tx, message))
        except UNREADABLE:
            log.exception("message not drawn", extra={"message_id": message.id})
            return None
