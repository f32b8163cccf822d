"""Feeds as they are found in the wild, through the whole poll: every one yields its posts, and none costs another."""

import asyncio
from datetime import UTC, datetime

import pytest
from bots import MENTIONS, TEAM
from builders import DEFAULT_LIMITS
from corpus import CORPUS, needs_corpus
from databases import a_database
from feed_street import endless, never, saying
from listening import listen, remember_team

from engagement.listening.source import NewSource
from engagement.watch import Terms
from feeds.wire.fetch import Fetcher
from handlers.polling.poll import Heard, NotHeard, Poller
from storage.listening.sources import all_sources

FEEDS = CORPUS / "real"
# By name: not a feed, and said so.
NO_FEEDS = {"node-feedparser--notafeed.html"}
KINDS = {".json": "application/feed+json", ".html": "text/html", ".atom": "application/atom+xml"}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def poller(tmp_path, parser):
    db = a_database(tmp_path / "corpus.db")
    fetching = Fetcher(user_agent="TwoEars/test", allow_private_hosts=True, total_seconds=4, max_body_bytes=8_000_000)
    async with fetching as fetcher:
        yield Poller(db=db, fetcher=fetcher, parser=parser, workers=20, limits=DEFAULT_LIMITS, clock=now)
    db.close()


@needs_corpus
async def test_every_feed_of_the_corpus_yields_its_posts_beside_the_worst_neighbours(poller, street):
    files = sorted(path for path in FEEDS.iterdir() if path.is_file())
    for path in files:
        kind = KINDS.get(path.suffix, "application/rss+xml")
        street.feed(path.name).answer = saying(path.read_bytes(), kind=kind)
    bad = {"slow": never, "endless": endless, "broken": saying("no", status=500, kind="text/plain")}
    bad["empty"] = saying(b"", kind="application/rss+xml")
    bad["bytes"] = saying(bytes(range(256)) * 100, kind="application/rss+xml")
    for name, answer in bad.items():
        street.feed(name).answer = answer
    names = [*bad, *(path.name for path in files)]
    await poller.db.transact(lambda tx: listen_everywhere(tx, [street.feed(name).url for name in names]))
    results: dict[str, Heard | NotHeard] = {}

    async with asyncio.timeout(60):
        await poller.poll_all(
            await poller.db.read(all_sources), lambda result: results.update({result.source.name: result})
        )

    deaf = {name: result.reason for name, result in results.items() if isinstance(result, NotHeard)}
    assert set(results) == set(names)
    assert set(deaf) == NO_FEEDS | set(bad)
    assert all(reason and "error of mine" not in reason for reason in deaf.values()), deaf
    heard = {name: result for name, result in results.items() if isinstance(result, Heard)}
    assert all(result.posts > 0 and result.news == result.posts for result in heard.values()), heard
    carried = await poller.db.read(lambda tx: tx.all("SELECT source_id, COUNT(*) AS n FROM source_post GROUP BY 1"))
    assert sum(row["n"] for row in carried) == sum(result.posts for result in heard.values())

    again: list[Heard] = []
    good = [result.source for result in heard.values()]
    await poller.poll_all(good, again.append)
    assert [(one.posts, one.news, one.mentions) for one in again] == [
        (heard[one.source.name].posts, 0, 0) for one in again
    ]


def listen_everywhere(tx, urls: list[str]) -> None:
    at = now()
    remember_team(tx, TEAM, at=at)
    sources = [NewSource(url=url, name=url.rpartition("/")[2].removesuffix(".rss"), community="") for url in urls]
    # Words that stand in every other post: the mentions are read and stored as well.
    terms = Terms(names=("the", "and", "de", "der", "a"))
    listen(tx, *sources, name="Everything", terms=terms, workspace_id=TEAM, channel=MENTIONS, at=at)
