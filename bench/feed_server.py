"""Feeds on loopback for the benches, as a process of its own: `python bench/feed_server.py --feeds 200`.

    /feed/N    a file of --corpus, repeated under as many addresses as asked for; without --corpus a made-up feed
    /busy/N    a feed with new posts at every request, one of them about the watch
    /cards/N   a feed with three posts about the watch, which become three cards
    /counters  what was answered so far, as JSON
    /advance   (POST) half of the made-up feeds gain three posts

It prints its addresses, one host a line, and ends with SIGTERM. The same numbers give the same feeds on every day.
"""

import argparse
import asyncio
import gzip
import hashlib
import json
import random
import re
import signal
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from pathlib import Path

from aiohttp import web

NAME = "Tidewiki"
CARDS_PER_FEED = 3
ENTRIES = 25
ENTRY_BYTES = 1800
NEW_ENTRIES = 3
BUSY_ENTRIES = 5
PARAGRAPHS = 1000
# Feeds that are kept ready; of more of them each is made again when it is asked for.
KEPT_READY = 2000
NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
SMALL_TALK = """
    a about account after all and answer anyone are at backup be before but button by can change customer data day
    did does docs down edit error every export file find for from get had has have help how I if import in is it
    just know last link list login lost make more my need never new next not nothing now of on one only open or our
    out page people problem question read release save search server setup share slow some support table team than
    that the their then there they this time to today tried try two update us use version want was way we week what
    when which why wiki will with without work would year you your
"""
WORDS = re.findall(r"\w+", SMALL_TALK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A body ready to send; `validators` are its headers for a conditional GET, empty where there are none."""

    packed: bytes
    content_type: str
    validators: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A made-up post; `words` are HTML."""

    url: str
    title: str
    words: str
    author: str
    written: datetime


def ready(body: bytes, content_type: str, *, whole: bool) -> Feed:
    """Return a feed to serve; `whole` ones carry no validators, so that every poll is a full one."""
    tag = {} if whole else {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
    return Feed(packed=gzip.compress(body, 3), content_type=content_type, validators=tag)


def prose(rng: random.Random, length: int) -> str:
    """Return about `length` characters of words."""
    return " ".join(rng.choices(WORDS, k=length // 5)).capitalize()


@lru_cache(maxsize=1)
def paragraphs() -> tuple[str, ...]:
    """Return the paragraphs that made-up posts are made of; a new one for each post would take most of the time."""
    rng = random.Random(0)  # noqa: S311 - the same text on every day, no secret
    return tuple(f"<p>{prose(rng, 240)} <em>{prose(rng, 20)}</em> &amp; so on.</p>" for _ in range(PARAGRAPHS))


def entry(key: str, *, about: str = "", length: int = ENTRY_BYTES) -> Entry:
    """Return a made-up post, the same for the same `key`, which ends with its number."""
    rng = random.Random(key)  # noqa: S311 - as above
    forum, _, number = key.partition("/")
    return Entry(
        url=f"https://forum{forum}.example/t/{forum}-{number}",
        title=f"{about} {prose(rng, 50).lower()}".strip(),
        words="\n".join(rng.choices(paragraphs(), k=length // 290)),
        author=f"user{rng.randrange(5000)}",
        written=NEWEST + timedelta(minutes=11 * (int(number) - ENTRIES)),
    )


def rss(title: str, entries: list[Entry]) -> bytes:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{each.url}</link><guid>{each.url}</guid>"
        f"<dc:creator>{each.author}</dc:creator><pubDate>{format_datetime(each.written)}</pubDate>"
        f"<description>{escape(each.words)}</description></item>\n"
        for each in entries
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title>{items}</channel></rss>"
    ).encode()


def atom(title: str, entries: list[Entry]) -> bytes:
    items = "".join(
        f'<entry><id>{each.url}</id><link href="{each.url}"/><title>{escape(each.title)}</title>'
        f"<author><name>{each.author}</name></author><updated>{each.written.isoformat()}</updated>"
        f'<content type="html">{escape(each.words)}</content></entry>\n'
        for each in entries
    )
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{items}</feed>'.encode()
    )


class Feeds:
    """All feeds of one run, and what was asked of them."""

    def __init__(self, *, count: int, corpus: Path | None, whole: bool, delay_seconds: float) -> None:
        self.counters: Counter[str] = Counter()
        self._whole, self._delay = whole, delay_seconds
        self._busy: Counter[str] = Counter()
        self._extra = 0
        self._files = [self._file(path) for path in sorted(corpus.iterdir())] if corpus else []
        self._made_up = lru_cache(maxsize=KEPT_READY)(self._make_up)
        for number in range(min(count, KEPT_READY)):
            self._feed(number)

    def _file(self, path: Path) -> Feed:
        kind = "application/feed+json" if path.suffix == ".json" else "application/xml"
        return ready(path.read_bytes(), kind, whole=self._whole)

    def _feed(self, number: int) -> Feed:
        if self._files:
            return self._files[number % len(self._files)]
        return self._made_up(number, self._extra if number % 2 == 0 else 0)

    def _make_up(self, number: int, extra: int) -> Feed:
        newest = ENTRIES + extra
        entries = [entry(f"{number}/{k}") for k in range(newest, newest - ENTRIES, -1)]
        write, kind = (rss, "application/rss+xml") if number // 2 % 2 else (atom, "application/atom+xml")
        return ready(write(f"Forum {number}", entries), f"{kind}; charset=utf-8", whole=self._whole)

    async def feed(self, request: web.Request) -> web.Response:
        """Answer with one of the many feeds."""
        return await self._answer(request, self._feed(int(request.match_info["n"])))

    async def cards(self, request: web.Request) -> web.Response:
        """Answer with three posts about the watch, always the same."""
        number = request.match_info["n"]
        entries = [
            entry(f"cards{number}/{k}", about=f"How do I use {NAME}?", length=600) for k in range(CARDS_PER_FEED)
        ]
        return await self._answer(request, ready(rss("Cards", entries), "application/rss+xml", whole=True))

    async def busy(self, request: web.Request) -> web.Response:
        """Answer with new posts on top of those before."""
        number = request.match_info["n"]
        self._busy[number] += BUSY_ENTRIES
        newest = ENTRIES + self._busy[number]
        entries = [
            entry(f"busy{number}/{k}", about=NAME if k % BUSY_ENTRIES == 0 else "")
            for k in range(newest, newest - ENTRIES, -1)
        ]
        return await self._answer(request, ready(rss("Busy", entries), "application/rss+xml", whole=True))

    async def advance(self, _request: web.Request) -> web.Response:
        """Add new posts to every other made-up feed, and count anew."""
        self._extra += NEW_ENTRIES
        self.counters.clear()
        return web.Response()

    async def count(self, _request: web.Request) -> web.Response:
        """Answer with what was counted."""
        return web.json_response(self.counters)

    async def _answer(self, request: web.Request, feed: Feed) -> web.Response:
        await asyncio.sleep(self._delay)
        self.counters["answered"] += 1
        tag = feed.validators.get("ETag")
        if tag and request.headers.get("If-None-Match") == tag:
            self.counters["unchanged"] += 1
            return web.Response(status=304, headers=feed.validators)
        headers = {"Content-Type": feed.content_type, **feed.validators}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=feed.packed, headers=headers | {"Content-Encoding": "gzip"})
        return web.Response(body=gzip.decompress(feed.packed), headers=headers)


async def serve(feeds: Feeds, hosts: int) -> None:
    app = web.Application()
    app.add_routes(
        [
            web.get("/feed/{n}", feeds.feed),
            web.get("/busy/{n}", feeds.busy),
            web.get("/cards/{n}", feeds.cards),
            web.get("/counters", feeds.count),
            web.post("/advance", feeds.advance),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    port, addresses = 0, []
    for host in (f"127.0.0.{number + 1}" for number in range(hosts)):
        try:
            await web.TCPSite(runner, host, port, backlog=1024).start()
        except OSError:
            # macOS has one loopback address unless told otherwise.
            break
        port = runner.addresses[0][1]
        addresses.append(f"http://{host}:{port}")
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(f"Feeds: {json.dumps(addresses)}", flush=True)
    await stop.wait()
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description="Feeds on loopback for the benches.")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--corpus", type=Path, help="a folder of feeds to serve instead of made-up ones")
    parser.add_argument("--hosts", type=int, default=20, help="loopback addresses to listen on")
    parser.add_argument("--whole", action="store_true", help="no ETag: every poll is a full one")
    parser.add_argument("--delay-ms", type=float, default=0, help="before each answer, as a network would")
    asked = parser.parse_args()
    feeds = Feeds(count=asked.feeds, corpus=asked.corpus, whole=asked.whole, delay_seconds=asked.delay_ms / 1000)
    asyncio.run(serve(feeds, asked.hosts))


if __name__ == "__main__":
    main()
