"""One exchange with a server that may be slow, hostile or private."""

import asyncio
import gc
import gzip
import socket
import tracemalloc
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDict
from yarl import URL

from engagement.listening.hosts import Allowance
from feeds.wire.fetch import Fetcher, user_agent
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, NotModified
from feeds.wire.guard import PrivateHostError, PublicResolver
from feeds.wire.refusals import refusal

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def answering(*, body=b"<rss/>", status=200, headers=None):
    async def handler(_request):
        return web.Response(body=body, status=status, headers=headers or {})

    return handler


async def test_a_body_comes_with_its_validators_and_its_type(serve, fetcher):
    headers = {
        "ETag": '"a"',
        "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT",
        "Content-Type": "text/xml; charset=latin-1",
    }
    url = await serve(answering(body=b"<rss/>", headers=headers))

    result = await fetcher.fetch(FetchRequest(url=f"{url}/feed"))

    assert result == Fetched(
        body=b"<rss/>",
        content_type="text/xml; charset=latin-1",
        etag='"a"',
        last_modified="Sat, 21 Nov 2026 10:00:00 GMT",
        final_url=f"{url}/feed",
    )


@pytest.mark.parametrize("etag", [b'"\xe4"', b'"\xff\xfe"'])
async def test_a_validator_that_is_no_text_is_not_kept(fetcher, etag):
    """It could neither be stored nor sent back, and would have cost every poll of the place."""

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nETag: " + etag + b"\r\n\r\n<rss/>")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        result = await fetcher.fetch(FetchRequest(url=f"http://127.0.0.1:{port}/"))

    assert isinstance(result, Fetched)
    assert result.etag == ""


async def test_validators_are_sent_back_and_nothing_new_is_no_failure(serve, fetcher):
    seen = {}

    async def handler(request):
        seen.update(request.headers)
        return web.Response(status=304)

    url = await serve(handler)

    result = await fetcher.fetch(FetchRequest(url=url, etag='W/"a"', last_modified="Sat, 21 Nov 2026 10:00:00 GMT"))

    assert result == NotModified()
    assert seen["If-None-Match"] == 'W/"a"'
    assert seen["If-Modified-Since"] == "Sat, 21 Nov 2026 10:00:00 GMT"
    assert seen["User-Agent"] == "TwoEars/test"


async def test_no_cookie_is_kept(serve, fetcher):
    """Places would know us by it, and a feed asked for with one may not be what others see."""
    sent = []

    async def handler(request):
        sent.append(request.headers.get("Cookie"))
        return web.Response(body=b"<rss/>", headers={"Set-Cookie": "session=17; Path=/"})

    url = (await serve(handler)).replace("127.0.0.1", "localhost")
    for _ in range(2):
        await fetcher.fetch(FetchRequest(url=url))

    assert sent == [None, None]


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_compressed_bodies_are_inflated(serve, fetcher, encoding, pack):
    url = await serve(answering(body=pack(b"<rss/>"), headers={"Content-Encoding": encoding}))

    result = await fetcher.fetch(FetchRequest(url=url))

    assert isinstance(result, Fetched)
    assert result.body == b"<rss/>"


async def test_a_body_in_tiny_pieces_takes_little_more_memory_than_what_it_holds(serve, fetcher):
    packed = gzip.compress(b"ab") * 200_000
    url = await serve(answering(body=packed, headers={"Content-Encoding": "gzip"}))

    tracemalloc.start()
    try:
        result = await fetcher.fetch(FetchRequest(url=url))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert result.body == b"ab" * 200_000
    # Of which most is what the server here holds.
    assert peak < 10_000_000


async def test_a_body_that_is_not_what_its_header_says_is_a_failure(serve, fetcher):
    url = await serve(answering(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}))

    assert await fetcher.fetch(FetchRequest(url=url)) == FetchFailed(reason="the answer is broken")


async def test_a_body_that_is_cut_short_is_read_and_asked_for_again(serve, fetcher):
    """Its length is what the server says, so only the packing tells."""
    packed = gzip.compress(b"<rss>" + b"".join(b"%d " % (number * 2_654_435_761) for number in range(500)))
    headers = {"Content-Encoding": "gzip", "ETag": '"a"', "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"}
    url = await serve(answering(body=packed[:1_000], headers=headers))

    result = await fetcher.fetch(FetchRequest(url=url))

    assert result.body.startswith(b"<rss>")
    assert (result.etag, result.last_modified) == ("", "")


async def test_a_body_that_trickles_for_ever_is_given_up(serve):
    async def handler(request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        with suppress(ConnectionError):
            while True:
                await answer.write(b" ")
                await asyncio.sleep(0.01)
        return answer

    url = await serve(handler)
    async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=0.3) as fetcher:
        result = await fetcher.fetch(FetchRequest(url=url))

    assert result == FetchFailed(reason="no complete answer within 0.3 seconds", unreachable=True)


async def test_redirects_are_followed_and_a_permanent_one_is_reported(serve, fetcher):
    async def handler(request):
        if request.path == "/feed":
            return web.Response(body=b"<rss/>")
        status, target = {"/old": (301, "/feed"), "/now": (302, "/feed"), "/mixed": (302, "/old")}[request.path]
        return web.Response(status=status, headers={"Location": target})

    url = await serve(handler)
    old, now, mixed = [await fetcher.fetch(FetchRequest(url=url + path)) for path in ("/old", "/now", "/mixed")]

    assert (old.final_url, old.permanent_url) == (f"{url}/feed", f"{url}/feed")
    assert (now.final_url, now.permanent_url) == (f"{url}/feed", "")
    assert mixed.permanent_url == ""


async def test_a_circle_of_redirects_ends(serve, fetcher):
    url = await serve(answering(status=302, headers={"Location": "/again"}))

    result = await fetcher.fetch(FetchRequest(url=url))

    assert result == FetchFailed(reason="it sends us from one address to the next, more than 5 times")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/feed", "gopher://x/", "http://["])
async def test_a_redirect_leads_to_the_web_or_nowhere(serve, fetcher, target):
    url = await serve(answering(status=302, headers={"Location": target}))

    result = await fetcher.fetch(FetchRequest(url=url))

    assert isinstance(result, FetchFailed)
    assert "not a web address" in result.reason


@pytest.mark.parametrize(
    "url", ["", "feed", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1", "http://a b/"]
)
async def test_what_is_no_web_address_is_a_failure_and_no_exception(fetcher, url):
    assert isinstance(await fetcher.fetch(FetchRequest(url=url)), FetchFailed)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "172.16.5.5",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fec0::1]",
        "[fd00::1]",
        "[::]",
    ],
)
async def test_private_hosts_are_not_fetched_from(host):
    async with Fetcher(user_agent="x") as fetcher:
        result = await fetcher.fetch(FetchRequest(url=f"http://{host}:8080/feed"))

    assert result == FetchFailed(
        reason="the address is inside a private network, and fetching from there is not allowed"
    )


class Names(AbstractResolver):
    """A name server with a table, so that no test asks a real one."""

    def __init__(self, **addresses):
        self._addresses = addresses

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": 0}
            for address in self._addresses[host]
        ]

    async def close(self):
        pass


class GuardedButForOneHost(PublicResolver):
    """The guard, but for `feeds.test`: that one stands on loopback, so that a guarded fetch can start at all."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        if host == "feeds.test":
            return await Names(**{host: ["127.0.0.1"]}).resolve(host, port, family)
        return await super().resolve(host, port, family)


@pytest.fixture
async def guarded():
    names = Names(**{"intern.test": ["10.0.0.1", "127.0.0.1"], "localhost": ["127.0.0.1"], "0x7f.1": ["127.0.0.1"]})
    async with Fetcher(user_agent="x", total_seconds=5, resolver=GuardedButForOneHost(names)) as fetcher:
        yield fetcher


@pytest.fixture
async def redirecting(serve):
    """A server that sends /to?http://... there; gives its port, and the paths that it was asked for."""
    asked = []

    async def handler(request):
        asked.append(request.path)
        if request.path == "/to":
            return web.Response(status=302, headers={"Location": request.query_string})
        return web.Response(body=b"<rss/>")

    return URL(await serve(handler)).port, asked


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0",
        "2130706433",
        "017700000001",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost",
        "intern.test",
    ],
)
@pytest.mark.parametrize("hops", [0, 1, 2])
async def test_a_private_host_is_refused_at_the_first_hop_and_at_every_later_one(guarded, redirecting, host, hops):
    port, asked = redirecting
    url = f"http://{host}:{port}/secret"
    for _ in range(hops):
        url = f"http://feeds.test:{port}/to?{url}"

    result = await guarded.fetch(FetchRequest(url=url))

    assert result == FetchFailed(
        reason="the address is inside a private network, and fetching from there is not allowed"
    )
    assert asked == ["/to"] * hops


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://feeds.test:22/", "port 22 is not one that websites use"),
        ("ftp://feeds.test/", "this is not a web address (http or https)"),
    ],
)
async def test_other_rules_hold_for_redirects_as_well(guarded, redirecting, target, reason):
    port, asked = redirecting

    assert await guarded.fetch(FetchRequest(url=f"http://feeds.test:{port}/to?{target}")) == FetchFailed(reason=reason)
    assert asked == ["/to"]


async def test_a_guarded_fetch_follows_redirects_that_break_no_rule(guarded, redirecting):
    port, _ = redirecting

    result = await guarded.fetch(FetchRequest(url=f"http://feeds.test:{port}/to?http://feeds.test:{port}/feed"))

    assert isinstance(result, Fetched)


async def test_of_a_name_with_public_and_private_addresses_the_public_ones_count():
    resolver = PublicResolver(Names(mixed=["10.0.0.1", "8.8.8.8"], private=["10.0.0.1"]))

    assert [found["host"] for found in await resolver.resolve("mixed")] == ["8.8.8.8"]
    with pytest.raises(PrivateHostError):
        await resolver.resolve("private")


async def test_a_refused_connection_is_a_failure_in_plain_words(fetcher):
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()

    result = await fetcher.fetch(FetchRequest(url=f"http://127.0.0.1:{port}/"))

    assert result == FetchFailed(reason="nobody answers at this address", unreachable=True)


async def test_what_was_read_of_an_answer_that_broke_off_is_not_kept(fetcher):
    length = 1_000_000

    async def break_off(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length + b"x" * (length - 1))
        writer.close()

    gc.disable()
    tracemalloc.start()
    try:
        async with await asyncio.start_server(break_off, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            for _ in range(3):
                assert isinstance(await fetcher.fetch(FetchRequest(url=f"http://127.0.0.1:{port}/")), FetchFailed)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()

    assert most > length / 2
    assert kept < length / 2


async def test_a_server_that_hangs_up_is_a_failure_in_plain_words(fetcher):
    async def hang_up(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        result = await fetcher.fetch(FetchRequest(url=f"http://127.0.0.1:{port}/"))

    assert result == FetchFailed(reason="the connection broke off", unreachable=True)


@pytest.mark.parametrize("answer", [b"no HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\nbroken\r\n\r\n", b""])
async def test_the_log_names_the_host_and_never_the_address(fetcher, caplog, answer):
    """The address of a feed may carry a password or a token."""

    async def reply(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    with caplog.at_level("DEBUG", logger="feeds"):
        async with await asyncio.start_server(reply, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            url = f"http://pat:s3cret@127.0.0.1:{port}/feed?token=s3cret"
            assert isinstance(await fetcher.fetch(FetchRequest(url=url)), FetchFailed)

    assert [record.host for record in caplog.records] == ["127.0.0.1"]
    assert "s3cret" not in "".join(str(vars(record)) for record in caplog.records)


async def test_at_most_two_requests_are_under_way_per_host(serve, fetcher):
    under_way, most = 0, 0

    async def handler(_request):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        return web.Response(body=b"<rss/>")

    url = await serve(handler)
    results = await asyncio.gather(*(fetcher.fetch(FetchRequest(url=f"{url}/{n}")) for n in range(10)))

    assert all(isinstance(result, Fetched) for result in results)
    assert most == 2


async def test_waiting_for_other_requests_to_a_host_does_not_count_as_slowness(serve):
    async def handler(_request):
        await asyncio.sleep(0.1)
        return web.Response(body=b"<rss/>")

    url = await serve(handler)
    async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=1.0) as fetcher:
        # Two at a time, so that the last of them begin after their second is over.
        results = await asyncio.gather(*(fetcher.fetch(FetchRequest(url=f"{url}/{n}")) for n in range(30)))

    assert all(isinstance(result, Fetched) for result in results)


async def test_proxies_of_the_environment_are_not_used(serve, fetcher, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    url = await serve(answering())

    assert isinstance(await fetcher.fetch(FetchRequest(url=url)), Fetched)


@pytest.mark.parametrize(
    ("status", "headers", "host", "expected"),
    [
        (404, {}, "a.example", FetchFailed(reason="there is nothing at this address (404)", missing=True)),
        (401, {}, "a.example", FetchFailed(reason="the place wants us to log in (401)", closed=True)),
        (451, {}, "a.example", FetchFailed(reason="the place may not show this where we are (451)", closed=True)),
        (410, {}, "a.example", FetchFailed(reason="the feed has been closed for good (410)", gone=True)),
        (
            429,
            {"Retry-After": "120"},
            "a.example",
            FetchFailed(reason="the server asks us to slow down (429)", retry_after_seconds=120, throttled=True),
        ),
        (403, {}, "a.example", FetchFailed(reason="the place does not let us in (403)", closed=True)),
        (
            403,
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "60"},
            "api.github.com",
            FetchFailed(
                reason="the server asks us to slow down (403)",
                retry_after_seconds=60,
                throttled=True,
                allowance=Allowance(remaining=0, reset_seconds=60),
            ),
        ),
        (403, {}, "www.reddit.com", FetchFailed(reason="Reddit asks us to slow down (403)", throttled=True)),
        (503, {}, "a.example", FetchFailed(reason="the server is overloaded or under repair (503)")),
        (
            503,
            {"Retry-After": "9"},
            "a.example",
            FetchFailed(reason="the server is overloaded or under repair (503)", retry_after_seconds=9, throttled=True),
        ),
        (500, {}, "a.example", FetchFailed(reason="the server has a problem (500)")),
        (418, {}, "a.example", FetchFailed(reason="the server gives no feed (418)")),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_a_refusal_is_told_in_plain_words(status, headers, host, expected):
    assert refusal(status, CIMultiDict(headers), host=host, now=NOW) == expected


async def test_the_wait_a_server_asks_for_reaches_the_caller(serve, fetcher):
    url = await serve(answering(status=429, headers={"Retry-After": "0"}))

    assert await fetcher.fetch(FetchRequest(url=url)) == FetchFailed(
        reason="the server asks us to slow down (429)", retry_after_seconds=0, throttled=True
    )


async def test_what_the_headers_say_of_the_next_request_reaches_the_caller(serve, fetcher):
    said = {"Cache-Control": "max-age=600", "X-RateLimit-Remaining": "9", "X-RateLimit-Reset": "60"}
    left = Allowance(remaining=9, reset_seconds=60)

    async def handler(request):
        if request.path == "/moved":
            return web.Response(status=301, headers={"Location": "/" + request.query_string})
        return web.Response(status=int(request.path[1:]), headers=said)

    url = await serve(handler)
    heard, unchanged, missing = [
        await fetcher.fetch(FetchRequest(url=f"{url}/moved?{status}")) for status in (200, 304, 404)
    ]

    assert (heard.fresh_seconds, heard.allowance, heard.permanent_url) == (600, left, f"{url}/200")
    assert unchanged == NotModified(
        permanent_url=f"{url}/304", final_url=f"{url}/304", fresh_seconds=600, allowance=left
    )
    assert (missing.missing, missing.allowance, missing.permanent_url) == (True, left, f"{url}/404")


def test_the_user_agent_says_who_asks_and_fits_into_a_header():
    assert user_agent("https://tidewiki.example/bot") == "TwoEars/0.1 (+https://tidewiki.example/bot)"
    assert user_agent() == "TwoEars/0.1"
    assert user_agent("a\r\nX-Evil: (b)") == "TwoEars/0.1 (+aX-Evil:b)"
