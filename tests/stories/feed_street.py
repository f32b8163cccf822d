"""Feeds on loopback under the control of a test: what stands in them, and how they answer."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from aiohttp import web

NEVER = datetime.min.replace(tzinfo=UTC)
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    number: int
    link: str
    title: str
    text: str
    author: str
    at: datetime

    def drawn(self) -> str:
        author = f"<dc:creator>{escape(self.author)}</dc:creator>" if self.author else ""
        return (
            f"<item><title>{escape(self.title)}</title><link>{escape(self.link)}</link>"
            f'<guid isPermaLink="false">{escape(self.link)}</guid>{author}'
            f"<pubDate>{format_datetime(self.at, usegmt=True)}</pubDate>"
            f"<description>{escape(escape(self.text))}</description></item>"
        )


@dataclass(slots=True, kw_only=True)
class Feed:
    """An RSS feed. `asked` counts requests, the last at `asked_at`; `answer`, if set, answers in place of the feed."""

    url: str
    host: str
    items: list[Item] = field(default_factory=list)
    asked: int = 0
    asked_at: datetime = NEVER
    not_modified: int = 0
    answer: Answer | None = None

    def add(self, title: str, text: str = "", *, author: str = "pat", ago: timedelta = timedelta(), link="") -> Item:
        """Write a post; the newest stands first, as in real feeds."""
        number = len(self.items) + 1
        at = datetime.now(UTC).replace(microsecond=0) - ago
        link = link or f"https://{self.host}/posts/{number}"
        self.items.insert(0, Item(number=number, link=link, title=title, text=text, author=author, at=at))
        return self.items[0]

    def add_many(self, count: int) -> None:
        """Write so many questions about Tidewiki, the last one now."""
        for left in reversed(range(count)):
            number = len(self.items) + 1
            self.add(
                f"Does Tidewiki export number {number}?", f"Asking for page {number}.", ago=timedelta(seconds=left)
            )

    def drawn(self) -> bytes:
        items = "".join(item.drawn() for item in self.items)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
            f"<title>{self.host}</title><link>https://{self.host}/</link><description>All posts</description>"
            f"{items}</channel></rss>"
        ).encode()


class Street:
    """A web server with many feeds: `/NAME.rss` is the feed of `NAME.example`."""

    def __init__(self) -> None:
        self.url = ""
        self._feeds: dict[str, Feed] = {}

    def feed(self, name: str = "talk") -> Feed:
        """Return the feed of that name, a new one at first."""
        return self._feeds.setdefault(name, Feed(url=f"{self.url}/{name}.rss", host=f"{name}.example"))

    async def serve(self, request: web.Request) -> web.StreamResponse:
        feed = self._feeds.get(request.path.removeprefix("/").removesuffix(".rss"))
        if feed is None:
            return web.Response(status=404)
        feed.asked += 1
        feed.asked_at = datetime.now(UTC)
        if feed.answer is not None:
            return await feed.answer(request)
        body = feed.drawn()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            feed.not_modified += 1
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, headers={"ETag": etag, "Content-Type": "application/rss+xml"})


@contextlib.asynccontextmanager
async def open_street() -> AsyncIterator[Street]:
    """Serve on 127.0.0.1 until the block is left."""
    street = Street()
    app = web.Application()
    app.router.add_get("/{tail:.*}", street.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        street.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield street
    finally:
        await runner.cleanup()


def saying(body: bytes | str, *, status: int = 200, kind: str = "application/rss+xml", **headers: str) -> Answer:
    """Answer always the same; `Retry_After` is the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_request: web.Request) -> web.StreamResponse:
        raw = body if isinstance(body, bytes) else body.encode()
        return web.Response(body=raw, status=status, headers={"Content-Type": kind} | named)

    return answer


async def never(_request: web.Request) -> web.StreamResponse:
    """Take the request and say nothing."""
    await asyncio.Event().wait()
    raise AssertionError


async def endless(request: web.Request) -> web.StreamResponse:
    """Go on and on."""
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        await response.write(b'<?xml version="1.0"?><rss version="2.0"><channel><title>')
        while True:
            await response.write(b"and on " * 10_000)
    return response
