"""Asking places for somebody who waits for the answer, in the turn of each host. Knows no Slack."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from feeds.wire.fetched import Fetches, FetchFailed, FetchRequest, FetchResult
from feeds.wire.manners import Manners
from handlers.clock import Clock
from handlers.polling.poll_answers import said_by
from handlers.polling.settle import keep_paces
from handlers.polling.turns import wait_for_turn
from storage.database import Database
from storage.listening.hosts import begin_requests

HOST_WAITS = "its host takes one request at a time"


@dataclass(slots=True, kw_only=True)
class Visitor:
    """Fetches as a `Fetcher` does, in the turns that polls take, too: of one form, or of one check.

    A public host that has to wait for more than `patience_seconds` is not asked (`FetchFailed.unasked`). What hosts
    say is kept, so that the first poll after a visit comes neither too soon nor to a host that just said no.
    """

    db: Database
    fetcher: Fetches
    manners: Manners
    clock: Clock
    patience_seconds: float
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _visited: set[str] = field(default_factory=set, init=False)

    async def fetch(self, request: FetchRequest) -> FetchResult:
        """Fetch once the host may be asked; else say how long it has to wait."""
        host = self.manners.paced_host_of(request.url)
        again = await self._wait_for(host) if host else None
        if again:
            seconds = math.ceil((again - self.clock()).total_seconds())
            return FetchFailed(reason=HOST_WAITS, retry_after_seconds=max(0, seconds), unasked=True)
        result = await self.fetcher.fetch(request)
        said, at = said_by(request.url, result, self.manners), self.clock()
        if said:
            await self.db.transact(lambda tx: keep_paces(tx, said, at=at))
        return result

    async def _wait_for(self, host: str) -> datetime | None:
        """Take a turn at the host, or return when to try again."""
        deadline = self.clock() + timedelta(seconds=self.patience_seconds)
        again = await wait_for_turn(partial(self._begin, host), until=deadline, clock=self.clock, sleep=self.sleep)
        if again is None:
            self._visited.add(host)
        return again

    async def _begin(self, host: str) -> datetime | None:
        """Take a turn, or go on with the one of this visit; else return when to try again."""
        now = self.clock()
        waits = await self.db.transact(lambda tx: begin_requests(tx, [host], gap_of=self.manners.gap_of, now=now))
        again = waits[host]
        return None if again and self._may_go_on(host, again) else again

    def _may_go_on(self, host: str, again: datetime) -> bool:
        """Whether a host takes the next request of the same visit: a page and its feeds, as a browser asks for them.

        Not one that is known to be tight, nor one that has just said so.
        """
        gap = self.manners.default_gap_seconds
        is_easy = self.manners.gap_of(host) <= gap and again - self.clock() <= timedelta(seconds=gap)
        return is_easy and host in self._visited
