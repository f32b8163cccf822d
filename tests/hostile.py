"""A server of bad manners on loopback: each path is one way to harm whoever asks."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Final

MEGABYTE: Final = 1024 * 1024
OK: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
FEED: Final = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Talk</title><item><title>Does Tidewiki export?</title>'
    b"<link>https://talk.example/1</link></item></channel></rss>"
)


def whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return a complete answer."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/rss+xml", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def zeros(megabytes: int, wbits: int = 31) -> bytes:
    """Return so many zeros, packed piece by piece: as a whole, the test would use the memory that it watches."""
    packer = zlib.compressobj(1, wbits=wbits)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()


def moved(to: str) -> bytes:
    """Return a redirect."""
    return whole(b"", f"Location: {to}", status="302 Found")


NESTED: Final = b"<rss><channel>" + b"<a>" * 200_000
LAUGHS: Final = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(10))
    + b"]><rss><channel><item><title>&k;</title></item></channel></rss>"
)


@cache
def bomb() -> bytes:
    """Return the bomb that others are made of."""
    return zeros(300)


def text() -> bytes:
    """Return eight megabytes that do not pack well."""
    return b"".join(b"%x " % (number * 2_654_435_761) for number in range(1_000_000))


def many() -> bytes:
    """Return a feed of twenty thousand entries."""
    items = (b"<item><title>Number %d</title><guid>%d</guid></item>" % (number, number) for number in range(20_000))
    return b"<rss><channel>" + b"".join(items) + b"</channel></rss>"


# What is sent at once, then the connection is closed.
AT_ONCE: Final = {
    "cut-gzip": whole(gzip.compress(FEED)[:-9], "Content-Encoding: gzip"),
    "wrong-gzip": whole(FEED, "Content-Encoding: gzip"),
    "brotli-unasked": whole(FEED, "Content-Encoding: br"),
    "says-huge": OK + b"Content-Length: 99999999999999999999999999\r\n\r\n" + FEED,
    "says-too-much": OK + b"Content-Length: 5000\r\n\r\n" + FEED,
    "says-less-than-nothing": OK + b"Content-Length: -1\r\n\r\n" + FEED,
    "two-lengths": OK + b"Content-Length: 10\r\nContent-Length: 200\r\n\r\n" + FEED,
    "chunks-of-nonsense": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + FEED,
    "chunk-too-large": OK + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n" + FEED,
    "chunk-below-zero": OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + FEED,
    "chunks-cut-off": OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n",
    "no-http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "nothing": b"",
    "header-without-name": OK + b": x\r\nbroken\r\n\r\n" + FEED,
    "page": whole(b"<!doctype html><title>Log in</title><p>Are you a robot?"),
    "empty": whole(b""),
    "file": moved("file:///etc/passwd"),
    "data": moved("data:text/xml,<rss/>"),
    "gopher": moved("gopher://127.0.0.1:70/1"),
    "script": moved("javascript:alert(1)"),
    "no-address": moved("http://[::1"),
    "split-location": moved("/feed\rX-Injected: yes"),
    "nul-location": moved("/feed\x00"),
    "odd-location": moved("http://\xff\xfe/"),
    "long-location": moved("/" + "x" * 7000),
    "circle": moved("/circle"),
    "no-location": whole(b"", status="302 Found"),
    "odd-status": b"HTTP/1.1 999 \r\nContent-Length: 0\r\n\r\n",
    "zero-status": b"HTTP/1.1 000 \r\nContent-Length: 0\r\n\r\n",
    "outside-entity": whole(b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>'),
}
# The same, but made only where a server is: they take seconds, and a hundred megabytes.
LARGE: Final[dict[str, Callable[[], bytes]]] = {
    "gzip-bomb": lambda: whole(bomb(), "Content-Encoding: gzip"),
    "deflate-bomb": lambda: whole(zeros(300, 15), "Content-Encoding: deflate"),
    "raw-deflate-bomb": lambda: whole(zeros(300, -15), "Content-Encoding: deflate"),
    "gzip-of-text": lambda: whole(gzip.compress(text()), "Content-Encoding: gzip"),
    "gzip-in-gzip": lambda: whole(gzip.compress(bomb()), "Content-Encoding: gzip, gzip"),
    "gzip-of-a-bomb": lambda: whole(gzip.compress(bomb()), "Content-Encoding: gzip"),
    "many-gzip-members": lambda: whole(zeros(1) * 300, "Content-Encoding: gzip"),
    "unknown-encoding": lambda: whole(bytes(1000), "Content-Encoding: x-own"),
    "too-large": lambda: OK + b"Content-Length: 20000000\r\n\r\n" + bytes(20_000_000),
    "chunk-extension": lambda: OK + b"Transfer-Encoding: chunked\r\n\r\n5;" + b"x" * 20 * MEGABYTE,
    "huge-header": lambda: OK + b"X: " + b"x" * 20 * MEGABYTE + b"\r\n\r\n",
    "many-headers": lambda: OK + b"".join(b"X-%d: y\r\n" % n for n in range(200_000)) + b"\r\n",
    "huge-status": lambda: b"HTTP/1.1 200 " + b"x" * 20 * MEGABYTE,
    "laughs": lambda: whole(LAUGHS),
    "nested": lambda: whole(NESTED),
    "many-entries": lambda: whole(many()),
}
# What is sent again and again, after a beginning.
ENDLESS: Final = {
    "drip": (OK + b"\r\n<rss>", b" "),
    "endless-body": (OK + b"\r\n<rss>", b" " * 65536),
    "endless-headers": (OK, b"X-More: yes\r\n"),
    "endless-status": (b"HTTP/1.1 200 ", b"x"),
    "endless-continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "endless-trailers": (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-More: yes\r\n"),
    "endless-tiny-chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n" * 1000),
    "endless-empty-gzip": (OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 100),
    "silence": (b"", b""),
}
PATHS: Final = (*AT_ONCE, *LARGE, *ENDLESS)
PAUSE_SECONDS: Final = 0.005


@cache
def answers() -> dict[str, bytes]:
    """Return what is sent at once, by path."""
    return AT_ONCE | {path: make() for path, make in LARGE.items()}


class HostileServer:
    """What it does not know it answers with a feed; `asked` keeps the paths that it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answers = answers()
        self._under_way: set[asyncio.Task[None]] = set()

    def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, in a task that ends with the server."""
        task = asyncio.get_running_loop().create_task(self._answer(reader, writer))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def stop(self) -> None:
        """Hang up on everybody."""
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode().strip("/")
                self.asked.append(path)
                await self._send(path, writer)
        finally:
            writer.close()

    async def _send(self, path: str, writer: asyncio.StreamWriter) -> None:
        if path not in ENDLESS:
            writer.write(self._answers.get(path, whole(FEED)))
            await writer.drain()
            return
        beginning, more = ENDLESS[path]
        writer.write(beginning)
        while not writer.is_closing():
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(PAUSE_SECONDS)


@asynccontextmanager
async def hostile_server() -> AsyncIterator[tuple[str, HostileServer]]:
    """Start the server; gives its address, without a closing slash, and the server."""
    hostile = HostileServer()
    server = await asyncio.start_server(hostile.take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", hostile
    finally:
        server.close()
        await hostile.stop()
