"""The poll: what a source's answer means for its next turn, and that one source costs only itself."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from builders import CHANNEL, TEAM, a_schedule

from engagement.brake import DEFAULT_LIMITS
from engagement.watch import NewSource, Outcome, Terms
from feeds.fetch import Fetcher
from feeds.worker import Parser
from handlers.poll import Deaf, Heard, Poller
from storage.database import open_database
from storage.sources import all_sources
from storage.watches import listen_to, save_watch
from storage.workspaces import remember_workspace

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
INTERVAL = 600


def a_feed(*titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://talk.example/{title.replace(' ', '-')}</link></item>"
        for title in titles
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Talk</title>{items}</channel></rss>'


class Place:
    """One address: what it answers, and the headers it was asked with."""

    def __init__(self) -> None:
        self.status, self.body, self.headers = 200, a_feed("Does Tidewiki export"), {"ETag": '"one"'}
        self.hangs = False
        self.asked: list[dict[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.headers))
        if self.hangs:
            await asyncio.Event().wait()
        if self.status == 200 and request.headers.get("If-None-Match") == self.headers.get("ETag"):
            return web.Response(status=304)
        return web.Response(
            status=self.status, text=self.body, headers=self.headers, content_type="application/rss+xml"
        )


class Round:
    """A poller, its places, and a clock that stands still until a test moves it."""

    def __init__(self, db, fetcher: Fetcher, url: str, places: dict[str, Place]) -> None:
        self.db, self.places, self.url, self.now = db, places, url, NOON
        self.poller = Poller(
            db=db, fetcher=fetcher, parser=Parser(), workers=3, limits=DEFAULT_LIMITS, clock=lambda: self.now
        )

    async def listen(self, *names: str, watch: str = "Tidewiki") -> None:
        def write(tx):
            remember_workspace(
                tx, workspace_id=TEAM, name="T", bot_user="U0", schedule=a_schedule(), digest_channel="", at=self.now
            )
            saved = save_watch(
                tx,
                workspace_id=TEAM,
                channel=CHANNEL,
                name=watch,
                terms=Terms(names=(watch,)),
                outcome=Outcome.SUPPORT,
                site="",
                by="U1",
                at=self.now,
            )
            sources = [NewSource(url=f"{self.url}/{name}", name=name, community="Talk") for name in names]
            listen_to(tx, saved.id, sources, interval_seconds=INTERVAL, at=self.now)

        for name in names:
            self.places.setdefault(name, Place())
        await self.db.transact(write)

    async def turn(self) -> dict[str, Heard | Deaf]:
        """Look at what is due, and return what came of it."""
        results = {}
        await self.poller.poll_due(lambda result: results.update({result.source.name: result}))
        return results

    async def source(self, name: str):
        return next(each for each in await self.db.read(all_sources) if each.name == name)

    async def count(self, table: str) -> int:
        return (await self.db.read(lambda tx: tx.one(f"SELECT COUNT(*) AS n FROM {table}")))["n"]  # noqa: S608


@pytest.fixture
async def poll(tmp_path):
    places: dict[str, Place] = {}

    async def answer(request: web.Request) -> web.Response:
        return await places[request.path.removeprefix("/")].answer(request)

    app = web.Application()
    app.router.add_get("/{name}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    db = open_database(str(tmp_path / "poll.db"))
    async with Fetcher(user_agent="TwoEars/test", allow_private_hosts=True, total_seconds=0.7) as fetcher:
        yield Round(db, fetcher, f"http://127.0.0.1:{runner.addresses[0][1]}", places)
    db.close()
    await runner.cleanup()


async def test_a_source_that_was_heard_is_asked_again_after_its_interval_and_conditionally(poll):
    await poll.listen("talk")
    first = await poll.turn()
    assert (first["talk"].posts, first["talk"].news, first["talk"].mentions) == (1, 1, 1)

    assert await poll.turn() == {}
    poll.now += timedelta(seconds=INTERVAL * 2)
    second = await poll.turn()

    assert second["talk"].news == 0
    assert [asked.get("If-None-Match") for asked in poll.places["talk"].asked] == [None, '"one"']
    assert (await poll.source("talk")).etag == '"one"'
    assert (await poll.source("talk")).last_heard_at == poll.now


@pytest.mark.parametrize(("asked", "at_least"), [("7200", 7200), ("", INTERVAL), ("1", INTERVAL)])
async def test_a_source_that_refuses_is_left_alone_as_long_as_it_asks(poll, asked, at_least):
    await poll.listen("talk")
    place = poll.places["talk"]
    place.status, place.headers = 429, {"Retry-After": asked} if asked else {}

    result = (await poll.turn())["talk"]

    source = await poll.source("talk")
    assert isinstance(result, Deaf)
    assert "slow down" in result.reason
    assert (source.failures, source.last_error) == (1, result.reason)
    assert source.next_poll_at >= NOON + timedelta(seconds=at_least)


async def test_it_waits_longer_with_every_failure_and_forgets_them_when_it_hears_again(poll):
    await poll.listen("talk")
    poll.places["talk"].status = 500
    for failures in range(1, 4):
        await poll.turn()
        source = await poll.source("talk")
        assert source.failures == failures
        assert source.next_poll_at >= poll.now + timedelta(seconds=INTERVAL)
        poll.now = source.next_poll_at

    poll.places["talk"].status = 200
    assert isinstance((await poll.turn())["talk"], Heard)
    source = await poll.source("talk")
    assert (source.failures, source.last_error) == (0, "")


async def test_one_that_hangs_one_that_is_no_feed_and_one_that_is_gone_cost_the_others_nothing(poll):
    names = ["hangs", "page", "gone", *(f"good{number}" for number in range(6))]
    await poll.listen(*names)
    poll.places["hangs"].hangs = True
    poll.places["page"].body = "<!doctype html><title>A page</title>"
    poll.places["gone"].status = 410

    results = await poll.turn()

    assert {name for name, result in results.items() if isinstance(result, Deaf)} == {"hangs", "page", "gone"}
    assert sum(result.posts for result in results.values() if isinstance(result, Heard)) == 6
    # One post in six places.
    assert await poll.count("post") == 1
    assert await poll.count("mention") == 1


async def test_an_error_of_ours_costs_its_source_alone_and_is_in_the_log(poll, caplog):
    caplog.set_level(logging.ERROR)
    await poll.listen("good")
    await poll.listen("bad", watch="Harbour")
    # As somebody with an editor may leave a row.
    await poll.db.transact(lambda tx: tx.run("UPDATE watch SET names = 'Harbour' WHERE name = 'Harbour'"))

    results = await poll.turn()

    assert isinstance(results["good"], Heard)
    assert results["bad"].reason == "an error of mine; my log has the details"
    assert [record.exc_info is not None for record in caplog.records] == [True]
    assert (await poll.source("bad")).failures == 1


async def test_validators_are_not_kept_without_the_posts_they_belong_to(poll):
    await poll.listen("talk")
    poll.places["talk"].body = "<!doctype html><title>Down for maintenance</title>"

    assert isinstance((await poll.turn())["talk"], Deaf)

    source = await poll.source("talk")
    assert source.etag == ""
    poll.places["talk"].body = a_feed("Does Tidewiki export")
    poll.now = source.next_poll_at
    assert (await poll.turn())["talk"].mentions == 1


async def test_a_watch_that_joins_later_sees_the_newest_three_of_what_was_there(poll):
    await poll.listen("talk")
    poll.places["talk"].body = a_feed(*(f"Harbour does {number}" for number in range(5)))
    assert (await poll.turn())["talk"].mentions == 0

    await poll.listen("talk", watch="Harbour")
    assert (await poll.turn())["talk"].mentions == 3

    assert await poll.count("mention WHERE before_start = 1") == 3
    poll.now += timedelta(seconds=INTERVAL * 2)
    assert (await poll.turn())["talk"].mentions == 0


async def test_two_watches_on_one_place_fetch_it_once(poll):
    await poll.listen("talk")
    await poll.listen("talk", watch="export")

    results = await poll.turn()

    assert len(poll.places["talk"].asked) == 1
    # One post is one mention of the workspace, whichever watch saw it first.
    assert results["talk"].mentions == 1
    assert await poll.count("conversation") == 1


async def test_an_error_that_cannot_even_be_recorded_costs_its_source_alone(poll, caplog):
    """A row that the database refuses to change stands for a full disk or a lost connection."""
    await poll.listen("bad", *(f"good{number}" for number in range(6)))
    await poll.db.transact(
        lambda tx: tx.run(
            "CREATE TRIGGER no_news BEFORE UPDATE ON source WHEN OLD.name = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    )

    results = await poll.turn()

    assert sum(isinstance(result, Heard) for result in results.values()) == 6
    assert isinstance(results["bad"], Deaf)
    assert "failure not recorded" in caplog.text


async def test_a_turn_that_is_broken_off_leaves_its_places_to_the_next_one(poll):
    await poll.listen(*(f"talk{number}" for number in range(9)))

    def break_off(_result):
        raise BrokenPipeError

    with pytest.raises(ExceptionGroup):
        await poll.poller.poll_due(break_off)
    poll.now += timedelta(seconds=INTERVAL * 2)

    assert len(await poll.turn()) == 9
