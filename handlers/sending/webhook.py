"""The webhook at work: tells one receiver, signed, what the team decided; beside Slack's outbox, never in its way."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import aiohttp
from yarl import URL

from engagement.dataclass import dataclass
from engagement.sending.webhook import (
    ANSWER_WITHIN,
    ARRIVED,
    Answered,
    Event,
    EventState,
    Outcome,
    Unanswered,
    Unwanted,
    after_answer,
    begun,
    signed_headers,
)
from feeds.links import is_literal
from feeds.wire.fetch import user_agent
from feeds.wire.guard import PRIVATE, PublicResolver, is_of_a_private_host
from feeds.wire.headers import retry_after
from feeds.wire.refusals import why
from handlers.sending.outbox import UNREADABLE
from handlers.sending.webhook_body import body_of
from settings import Settings
from storage.database import Database
from storage.sending.events import told_by
from storage.sending.webhook import begin_event, events_due, settle_event

log = logging.getLogger(__name__)

# A receiver that is slow holds up this many events, of as many objects; the rest waits for the next look.
AT_ONCE: Final = 5
SECONDS: Final = ANSWER_WITHIN.total_seconds()
FAILURES: Final = (aiohttp.ClientError, OSError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Where events go. Its address and its secret are the operator's, and stand in no log."""

    url: str
    secret: str
    session: aiohttp.ClientSession

    async def post(self, key: str, body: bytes, *, now: datetime) -> Answered | Unanswered:
        """Send one event. Redirects are not followed, and what is answered is not read."""
        headers = {"Content-Type": "application/json", **signed_headers(self.secret, key, body, at=now)}
        return await self._asked("POST", data=body, headers=headers)

    async def knock(self) -> Answered | Unanswered:
        """Ask whether anybody is there, without an event: any answer says so."""
        return await self._asked("HEAD")

    async def _asked(
        self, method: str, *, data: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answered | Unanswered:
        try:
            asking = self.session.request(method, self.url, data=data, headers=headers, allow_redirects=False)
            async with asking as answer:
                wait = retry_after(answer.headers, now=datetime.now(UTC))
                return Answered(status=answer.status, retry_after=timedelta(seconds=wait) if wait else None)
        except FAILURES as error:
            return Unanswered(reason=PRIVATE if is_of_a_private_host(error) else why(error, SECONDS))


@asynccontextmanager
async def open_receiver(settings: Settings) -> AsyncIterator[Receiver | None]:
    """Open the way to the receiver of the settings; None where there is none.

    A name has to lead to a public address, unless private hosts are allowed. An address in numbers is what the operator
    wrote, and theirs to choose: nobody else can have us go there, since no redirect is followed.
    """
    url = settings.webhook_url.get_secret_value()
    if not url:
        yield None
        return
    is_their_choice = settings.allow_private_hosts or is_literal(URL(url).raw_host or "")
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=None if is_their_choice else PublicResolver(), limit=AT_ONCE),
        timeout=aiohttp.ClientTimeout(total=SECONDS),
        headers={"User-Agent": user_agent(settings.contact)},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
    )
    async with session:
        yield Receiver(url=url, secret=settings.webhook_secret.get_secret_value(), session=session)


class Webhook:
    """Sends what is due, a few events side by side; one object's in order. `now` is always given."""

    def __init__(self, db: Database, receiver: Receiver, *, workspace_id: str) -> None:
        self._db = db
        self._receiver = receiver
        self._workspace_id = workspace_id

    async def work(self, now: datetime) -> None:
        """Send what is due."""
        due = await self._db.read(lambda tx: events_due(tx, self._workspace_id, now=now, limit=AT_ONCE))
        async with asyncio.TaskGroup() as group:
            for event in due:
                group.create_task(self._send(event, now))

    async def _send(self, event: Event, now: datetime) -> None:
        tried = begun(event, now=now, chance=random.random())  # noqa: S311 - it spreads calls, and guards nothing
        if not await self._db.transact(lambda tx: begin_event(tx, tried)):
            return
        outcome = await self._told(tried, now)
        _log(outcome)
        await self._db.transact(lambda tx: settle_event(tx, tried, outcome, at=now))

    async def _told(self, tried: Event, now: datetime) -> Outcome:
        """Send an event as its rows stand, and return what became of it. Nothing is left to tell: it is done with."""
        try:
            told = await self._db.read(lambda tx: told_by(tx, tried))
            body = body_of(tried.type, told) if told else b""
        except UNREADABLE:
            log.exception("event not read", extra={"event": tried.key})
            return replace(tried, state=EventState.FAILED, error="its rows cannot be read")
        if not body:
            return ARRIVED
        return after_answer(tried, await self._receiver.post(tried.key, body, now=now), now=now)


def _log(outcome: Outcome) -> None:
    if isinstance(outcome, Unwanted):
        log.error("the receiver of WEBHOOK_URL wants no more events")
    elif isinstance(outcome, Event):
        given_up = outcome.state is EventState.FAILED
        level = logging.ERROR if given_up else logging.WARNING
        log.log(level, "event not told", extra={"event": outcome.key, "reason": outcome.error, "given_up": given_up})
