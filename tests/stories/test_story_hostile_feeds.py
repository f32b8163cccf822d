"""The worst neighbours at once: each costs its own place one recorded failure, and nobody else anything."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from bots import MENTIONS, TEAM
from builders import DEFAULT_LIMITS
from databases import a_database
from hostile import PATHS, hostile_server
from listening import listen, remember_team

from engagement.listening.source import NewSource
from feeds.wire.fetch import Fetcher
from handlers.polling.poll import Heard, NotHeard, Poller, PollResult
from storage.listening.sources import all_sources

HEALTHY = ("a", "b", "c")
# Odd, but a reader can make something of them: where they lead there is a feed, or one with nothing to read in it.
HARMLESS = {"cut-gzip", "long-location", "outside-entity", "laughs", "nested", "many-entries"}
HOSTILE = {*PATHS} - HARMLESS
BLOCKED_SECONDS = 0.1


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def poller(tmp_path, parser):
    db = a_database(tmp_path / "hostile.db")
    async with Fetcher(user_agent="TwoEars/test", allow_private_hosts=True, total_seconds=0.6) as fetcher:
        yield Poller(db=db, fetcher=fetcher, parser=parser, workers=20, limits=DEFAULT_LIMITS, clock=now)
    db.close()


class Ticker:
    """Notes how long the loop works without letting anybody in, as time of its thread: others share the cores."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        while True:
            since = time.thread_time()
            await asyncio.sleep(0)
            self.longest = max(self.longest, time.thread_time() - since)
            await asyncio.sleep(0.001)


async def test_each_bad_place_costs_itself_one_failure_and_the_others_nothing(poller):
    results: dict[str, PollResult] = {}
    ticker = Ticker()
    async with hostile_server() as (url, server):
        names = [*sorted(HOSTILE | HARMLESS), *HEALTHY]
        await poller.db.transact(lambda tx: listen_everywhere(tx, url, names))
        ticking = asyncio.create_task(ticker.watch())
        async with asyncio.timeout(120):
            await poller.poll_due(lambda result: results.update({result.source.name: result}))
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking

    sources = {source.name: source for source in await poller.db.read(all_sources)}
    assert set(results) == set(sources) == set(names)
    assert {name for name, result in results.items() if isinstance(result, NotHeard)} - HARMLESS == HOSTILE
    assert {name: sources[name].failures for name in HOSTILE} == dict.fromkeys(HOSTILE, 1)
    reasons = {name: sources[name].last_error for name in HOSTILE}
    assert {name: why for name, why in reasons.items() if not why or "error of mine" in why} == {}
    for name in HEALTHY:
        assert isinstance(results[name], Heard)
        assert (results[name].posts, sources[name].failures, sources[name].last_error) == (1, 0, "")
    assert ticker.longest < BLOCKED_SECONDS
    # A connection that was kept and had just been closed is no answer: aiohttp asks once more (RFC 9110, 9.2.2).
    assert {name for name in names if server.asked.count(name) > 2} == {"circle"}


def listen_everywhere(tx, url: str, names: list[str]) -> None:
    at = now()
    remember_team(tx, TEAM, at=at)
    sources = [NewSource(url=f"{url}/{name}", name=name, community="Talk") for name in names]
    listen(tx, *sources, workspace_id=TEAM, channel=MENTIONS, at=at)
