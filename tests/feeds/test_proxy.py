"""A proxy is used if the settings name one: it connects, so names are judged before they are handed on."""

import asyncio
import socket
from contextlib import suppress

import pytest
from aiohttp.abc import AbstractResolver
from hostile import FEED, moved, whole

from feeds.wire.fetch import Fetcher
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest
from feeds.wire.guard import PublicResolver

PRIVATE = "the address is inside a private network, and fetching from there is not allowed"
NAMES = {"feeds.test": ["8.8.8.8"], "mixed.test": ["8.8.8.8", "10.0.0.1"], "intern.test": ["10.0.0.1"]}


class Names(AbstractResolver):
    async def resolve(self, host, port=0, family=socket.AF_INET):
        if host not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is not known")
        return [
            {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": 0}
            for address in NAMES[host]
        ]

    async def close(self):
        pass


class Proxy:
    """A proxy that answers by itself; `asked` keeps what it was asked for, line and headers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, bytes] = {}

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(request)
            writer.write(self.answers.get(request.split()[1], whole(FEED, "Connection: close")))
            await writer.drain()
        writer.close()


@pytest.fixture
async def proxy():
    proxy = Proxy()
    async with await asyncio.start_server(proxy.take, "127.0.0.1", 0) as server:
        proxy.port = server.sockets[0].getsockname()[1]
        yield proxy


@pytest.fixture
async def through(proxy):
    address = f"http://pat:s3cret@127.0.0.1:{proxy.port}"
    guard = PublicResolver(Names(), strict=True)
    async with Fetcher(user_agent="x", total_seconds=3, proxy=address, resolver=guard) as fetcher:
        yield fetcher


async def test_a_name_that_is_public_is_handed_on_and_the_proxy_gets_its_password(proxy, through):
    result = await through.fetch(FetchRequest(url="http://feeds.test/feed"))

    assert isinstance(result, Fetched)
    assert proxy.asked[0].startswith("GET http://feeds.test/feed HTTP/1.1\r\nHost: feeds.test\r\n")
    assert "Proxy-Authorization: Basic cGF0OnMzY3JldA==" in proxy.asked[0]


@pytest.mark.parametrize(
    "url", ["http://intern.test/", "http://mixed.test/", "https://intern.test/", "http://10.0.0.1/", "http://[::1]/"]
)
async def test_a_name_with_any_private_address_is_not_handed_on(proxy, through, url):
    """The proxy looks it up again, and picks for itself."""
    assert await through.fetch(FetchRequest(url=url)) == FetchFailed(reason=PRIVATE)
    assert proxy.asked == []


async def test_nor_is_one_that_a_redirect_leads_to(proxy, through):
    proxy.answers["http://feeds.test/feed"] = moved("http://intern.test/secret")

    assert await through.fetch(FetchRequest(url="http://feeds.test/feed")) == FetchFailed(reason=PRIVATE)
    assert len(proxy.asked) == 1


async def test_a_name_that_nobody_knows_is_not_handed_on(proxy, through):
    result = await through.fetch(FetchRequest(url="http://nobody.test/feed"))

    assert result == FetchFailed(reason="no such host, or the name server does not answer", unreachable=True)
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("407 Who are you", "the proxy of FEED_PROXY does not let us through"),
        ("502 No", "the proxy of FEED_PROXY does not let us through"),
    ],
)
async def test_a_secure_address_is_asked_for_a_tunnel(proxy, through, status, reason):
    proxy.answers["feeds.test:443"] = whole(b"", status=status)

    assert await through.fetch(FetchRequest(url="https://feeds.test/feed")) == FetchFailed(reason=reason)
    assert proxy.asked[0].startswith("CONNECT feeds.test:443 HTTP/1.1\r\n")


async def test_a_proxy_that_does_not_know_us_is_told_by_the_name_of_its_setting(proxy, through):
    proxy.answers["http://feeds.test/feed"] = whole(b"", status="407 Who are you")

    result = await through.fetch(FetchRequest(url="http://feeds.test/feed"))

    assert result == FetchFailed(reason="the proxy of FEED_PROXY wants us to log in (407)")


async def test_a_proxy_that_is_not_there_is_named_without_its_password(proxy, caplog):
    with caplog.at_level("DEBUG"):
        async with Fetcher(
            user_agent="x", total_seconds=3, proxy="http://pat:s3cret@127.0.0.1:9", resolver=PublicResolver(Names())
        ) as fetcher:
            result = await fetcher.fetch(FetchRequest(url="http://feeds.test/feed"))

    assert result == FetchFailed(reason="the proxy of FEED_PROXY does not answer", unreachable=True)
    assert "s3cret" not in "".join(str(vars(record)) for record in caplog.records)
