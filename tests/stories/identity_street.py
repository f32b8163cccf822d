"""A poller, its database and its places, for stories about what is the same post: items as feeds write them."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from builders import DEFAULT_LIMITS
from databases import a_database
from feed_street import Feed, Street, saying
from listening import listen, remember_team

from engagement.listening.source import NewSource
from feeds.parsing.parsed import Parsed
from feeds.parsing.worker import Parser
from feeds.wire.fetch import Fetcher
from handlers.polling.intake import Intake
from handlers.polling.poll import Heard, Poller
from storage.database import Database
from storage.listening.sources import all_sources
from storage.stamps import stamp

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
SITE = "https://talk.example/"


def an_item(
    title: str = "Does Tidewiki export?",
    *,
    guid: str = "",
    link: str = "",
    at: datetime | str | None = NOON - timedelta(minutes=17, seconds=3),
    text: str = "Asking about Tidewiki.",
    author: str = "pat",
    comments: str = "",
    original: str = "",
) -> str:
    """Return an item of RSS; what is empty is left out. `at` may be any text; `original` is FeedBurner's."""
    date = format_datetime(at, usegmt=True) if isinstance(at, datetime) else at or ""
    named = {
        "title": title,
        "link": link,
        "guid": guid,
        "pubDate": date,
        "description": text,
        "dc:creator": author,
        "comments": comments,
        "feedburner:origLink": original,
    }
    return f"<item>{''.join(f'<{name}>{escape(said)}</{name}>' for name, said in named.items() if said)}</item>"


def a_feed(items: list[str], site: str = SITE) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>'
        f"<title>Talk</title><link>{escape(site)}</link>{''.join(items)}</channel></rss>"
    )


@dataclass(slots=True, kw_only=True)
class Ears:
    """A bot without Slack that listens for Tidewiki; a restart leaves it nothing but its database."""

    street: Street
    fetcher: Fetcher
    parser: Parser
    file: Path
    now: datetime = NOON
    places: dict[str, Feed] = field(default_factory=dict)
    db: Database = field(init=False)
    poller: Poller = field(init=False)

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.db = a_database(self.file)
        self.poller = Poller(
            db=self.db,
            fetcher=self.fetcher,
            parser=self.parser,
            workers=3,
            limits=DEFAULT_LIMITS,
            clock=lambda: self.now,
        )

    def restart(self) -> None:
        self.db.close()
        self._begin()

    async def listen(self, *names: str, community: str = "Talk", look: bool = True) -> None:
        """Listen to places, empty at first, and look there once: what comes from now on is new."""

        def write(tx):
            remember_team(tx, at=self.now)
            sources = [NewSource(url=self.places[name].url, name=name, community=community) for name in names]
            listen(tx, *sources, at=self.now)

        for name in names:
            self.places[name] = self.street.feed(name)
            self.says(name, [])
        await self.db.transact(write)
        if look:
            await self.look()

    def says(self, name: str, items: list[str], *, site: str = SITE) -> None:
        self.places[name].answer = saying(a_feed(items, site))

    async def look(self) -> None:
        """Look at every place once, an hour later."""
        self.now += timedelta(hours=1)
        await self.db.transact(lambda tx: tx.run("UPDATE source SET next_poll_at = :at", at=stamp(self.now)))
        results = []
        await self.poller.poll_due(results.append)
        assert len(results) == len(self.places)
        assert all(isinstance(result, Heard) for result in results), results

    async def hear(self, name: str, body: bytes, url: str) -> None:
        """Take in for a place what another address would have said."""
        sources = await self.db.read(all_sources)
        source = next(each for each in sources if each.name == name)
        parsed = await self.parser.parse(body, "", url, source.community, now=self.now)
        assert isinstance(parsed, Parsed), parsed
        intake = Intake(db=self.db, limits=DEFAULT_LIMITS, clock=lambda: self.now)
        await intake.take(source, parsed.posts, settle=lambda *_: None)

    async def count(self, table: str) -> int:
        return (await self.db.read(lambda tx: tx.one(f"SELECT COUNT(*) AS n FROM {table}")))["n"]

    async def posts_and_cards(self) -> tuple[int, int]:
        return await self.count("post"), await self.count("message WHERE kind = 'card'")


def shuffled(items: list[str], seed: int) -> list[str]:
    return random.Random(seed).sample(items, len(items))
