"""A poller, its places on loopback, and a clock that stands still until a test moves it."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from aiohttp import web
from builders import DEFAULT_LIMITS
from databases import a_database
from listening import listen, remember_team

from engagement.listening.source import NewSource
from feeds.parsing.worker import Parser
from feeds.wire.fetch import Fetcher
from feeds.wire.manners import Manners
from handlers.polling.poll import Heard, NotHeard, Poller
from handlers.sending.telling import tell_troubles_due
from storage.listening.sources import all_sources

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
INTERVAL = 600


def a_feed(*titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://talk.example/{title.replace(' ', '-')}</link></item>"
        for title in titles
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Talk</title>{items}</channel></rss>'


class Place:
    """One address: what it answers, and the headers it was asked with. One that hangs answers when it is `let_go`."""

    def __init__(self) -> None:
        self.status, self.body, self.headers = 200, a_feed("Does Tidewiki export"), {"ETag": '"one"'}
        self.hangs = self.is_cut = False
        self.asked: list[dict[str, str]] = []
        self.asked_at: list[datetime] = []
        self.was_asked, self.let_go = asyncio.Event(), asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.headers))
        self.was_asked.set()
        if self.is_cut:
            # As a network that is down: the connection is gone before anything was said.
            request.transport.abort()
        if self.hangs:
            await self.let_go.wait()
        if self.status == 200 and request.headers.get("If-None-Match", "-") == self.headers.get("ETag"):
            return web.Response(status=304, headers=self.headers)
        return web.Response(
            status=self.status, text=self.body, headers=self.headers, content_type="application/rss+xml"
        )


class HostsInPaths(Manners):
    """The first part of a path counts as a public host if it ends in .test: all our servers are on loopback."""

    def paced_host_of(self, url: str) -> str:
        name = url.split("/")[3]
        return name if name.endswith(".test") else ""


MANNERS = HostsInPaths(gaps={"slow.test": 60}, default_gap_seconds=2)


class Round:
    """What a test does: listen, let time pass, take a turn, look at what is stored."""

    def __init__(self, db, fetcher: Fetcher, parser: Parser, url: str, places: dict[str, Place]) -> None:
        self.db, self.fetcher, self.places, self.url, self.now = db, fetcher, places, url, NOON
        self.parser = parser
        self.asked: list[tuple[datetime, str]] = []
        self.restart()

    def restart(self) -> None:
        """Forget all that is not in the database."""
        self.poller = Poller(
            db=self.db,
            fetcher=self.fetcher,
            parser=self.parser,
            workers=3,
            limits=DEFAULT_LIMITS,
            clock=lambda: self.now,
            manners=MANNERS,
            sleep=self.sleep,
        )

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def place(self, name: str) -> Place:
        return self.places.setdefault(name, Place())

    async def listen(self, *names: str, watch: str = "Tidewiki") -> None:
        def write(tx):
            remember_team(tx, at=self.now)
            sources = [NewSource(url=f"{self.url}/{name}", name=name, community="Talk") for name in names]
            listen(tx, *sources, name=watch, interval_seconds=INTERVAL, at=self.now)

        for name in names:
            self.place(name)
        await self.db.transact(write)

    async def turn(self, **later) -> dict[str, Heard | NotHeard]:
        """Look at what is due, and return what came of it."""
        self.now += timedelta(**later)
        # Slack takes what was queued before.
        await self.db.transact(lambda tx: tx.run("UPDATE message SET state = 'sent' WHERE kind = 'trouble'"))
        results = {}
        await self.poller.poll_due(lambda result: results.update({result.source.name: result}))
        await tell_troubles_due(self.db, self.now)
        return results

    async def turns(self, *, until: datetime, every: timedelta) -> list[str]:
        """Take a turn after the other until then, and return whom they looked at."""
        seen = []
        while self.now < until:
            seen += await self.turn()
            self.now += every
        return seen

    async def source(self, name: str):
        return next(each for each in await self.db.read(all_sources) if each.name == name)

    async def rows(self, sql: str):
        return [dict(row) for row in await self.db.read(lambda tx: tx.all(sql))]

    async def count(self, table: str) -> int:
        return (await self.db.read(lambda tx: tx.one(f"SELECT COUNT(*) AS n FROM {table}")))["n"]


@asynccontextmanager
async def a_round(path, parser, *, total_seconds=20):
    """A round of its own database and server; a place that hangs costs `total_seconds`."""
    places: dict[str, Place] = {}
    round_: Round | None = None

    async def answer(request: web.Request) -> web.Response:
        name = request.path.removeprefix("/")
        places[name].asked_at.append(round_.now)
        round_.asked.append((round_.now, name))
        return await places[name].answer(request)

    app = web.Application()
    app.router.add_get("/{name:.*}", answer)
    # Whoever was left hanging ends with its connection, not in the log of a later test.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    db = a_database(path)
    async with Fetcher(user_agent="TwoEars/test", allow_private_hosts=True, total_seconds=total_seconds) as fetcher:
        round_ = Round(db, fetcher, parser, f"http://127.0.0.1:{runner.addresses[0][1]}", places)
        yield round_
    db.close()
    await runner.cleanup()
