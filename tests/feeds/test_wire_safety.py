"""Whatever a server does, a fetch ends in time with a value, within its memory, and lets others work meanwhile."""

import asyncio
import json
import socket
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver
from hostile import AT_ONCE, ENDLESS, FEED, PATHS, hostile_server, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from feeds.wire.fetch import Fetcher
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, NotModified
from feeds.wire.guard import PublicResolver, RefusedError, checked, is_public

MEASURE = Path(__file__).parents[1] / "measured_fetch.py"
SECONDS = 0.6
LONG_SECONDS = 20
BROKEN = "the answer is broken"
BROKEN_OFF = "the connection broke off"
LATE = f"no complete answer within {SECONDS:g} seconds"
LARGE = "the answer is larger than 15 MB"
NOWHERE = "this is not a web address (http or https)"

REASONS = {
    **dict.fromkeys(["gzip-bomb", "deflate-bomb", "raw-deflate-bomb", "many-gzip-members", "too-large"], LARGE),
    **dict.fromkeys(["wrong-gzip", "brotli-unasked", "says-huge", "says-too-much", "says-less-than-nothing"], BROKEN),
    **dict.fromkeys(["two-lengths", "chunks-of-nonsense", "chunk-too-large", "chunk-below-zero"], BROKEN),
    **dict.fromkeys(["chunks-cut-off", "chunk-extension", "huge-header", "many-headers", "huge-status"], BROKEN),
    **dict.fromkeys(["no-http", "header-without-name", "split-location", "nul-location"], BROKEN),
    **dict.fromkeys(["file", "data", "gopher", "script"], NOWHERE),
    **dict.fromkeys(["no-address", "odd-location"], "this is not a web address"),
    "circle": "it sends us from one address to the next, more than 5 times",
    "nothing": BROKEN_OFF,
    "no-location": "the server gives no feed (302)",
    "odd-status": "the server has a problem (999)",
    "zero-status": "the server gives no feed (0)",
    **dict.fromkeys(["drip", "endless-status", "endless-continue", "endless-tiny-chunks", "silence"], LATE),
}


@pytest.fixture
async def hostile():
    async with hostile_server() as (url, server):
        yield url, server


@pytest.mark.parametrize("name", PATHS)
async def test_every_bad_answer_ends_in_time_with_a_reason_or_a_body(hostile, name):
    url, _ = hostile
    # Only what would never end is broken off: a busy machine may take longer than that for a good answer.
    seconds = SECONDS if name in ENDLESS else LONG_SECONDS
    async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=seconds) as fetcher:
        result = await fetcher.fetch(FetchRequest(url=f"{url}/{name}"))
    async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=LONG_SECONDS) as fetcher:
        healthy = await fetcher.fetch(FetchRequest(url=f"{url}/feed"))

    if name in REASONS:
        assert result == FetchFailed(reason=REASONS[name], unreachable=REASONS[name] in (LATE, BROKEN_OFF))
    elif name in ENDLESS:
        assert isinstance(result, FetchFailed)
    else:
        assert isinstance(result, Fetched)
    assert healthy.body == FEED


async def test_each_costs_50_megabytes_at_most_and_blocks_nobody_for_a_tenth_of_a_second(hostile):
    """Measured in a process of its own; blocked is what the loop's thread worked between two turns of a ticker."""
    url, _ = hostile
    child = await asyncio.create_subprocess_exec(
        sys.executable, MEASURE, *(f"{url}/{name}" for name in PATHS), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await child.communicate()
    measured = dict(zip(PATHS, map(json.loads, out.splitlines()), strict=True))

    assert sum(each["megabytes"] for each in measured.values()) < 50
    assert {name: each["blocked"] for name, each in measured.items() if each["blocked"] > 0.1} == {}


SMALL = [whole(FEED), *(answer for answer in AT_ONCE.values() if len(answer) < 2_000)]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), st.binary(max_size=4)), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(answer=st.sampled_from(SMALL), edits=EDITS)
async def test_no_bytes_whatever_make_a_fetch_raise(answer, edits):
    for place, cut, put in edits:
        at = int(place * len(answer))
        answer = answer[:at] + put + answer[at + cut :]

    async def send(reader, writer):
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(send, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        # A redirect made up here may name a host: nobody is asked for it.
        async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=0.5, resolver=Lost()) as fetcher:
            result = await fetcher.fetch(FetchRequest(url=url))

    assert isinstance(result, Fetched | FetchFailed | NotModified)


async def test_a_second_answer_that_nobody_asked_for_is_taken_by_nobody():
    """On a connection that is kept, it would pass for the answer to the next request."""

    async def answer(reader, writer):
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                writer.write(whole(request.split(b" ")[1]) + whole(b"injected"))
                await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=2) as fetcher:
            bodies = [getattr(await fetcher.fetch(FetchRequest(url=f"{url}/{n}")), "body", b"") for n in range(3)]

    assert b"injected" not in bodies
    assert bodies[0] == b"/0"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1.", "127.0.1", "127.1", "0", "0.0.0.0", "2130706433", "017700000001", "00000177.0.0.1",
        "\uff11\uff12\uff17.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "8.8.8.8@127.0.0.1", "8.8.8.8:80@10.0.0.1",
        "127.0.0.1:80@127.0.0.1", "168.63.129.16",
        "169.254.169.254", "100.100.100.200", "100.64.0.1", "192.0.0.192", "198.18.0.1", "255.255.255.255", "240.0.0.1",
        "192.88.99.1", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
        "[fe80::1%25lo]", "[fe80::1%25eth0]", "[fec0::1]", "[fd00:ec2::254]", "[ff02::1]", "[100::1]", "[5f00::1]",
        "[3fff::1]", "[2001:db8::1]", "[4000::1]",
    ],
)  # fmt: skip
def test_no_spelling_of_a_private_address_gets_past(host):
    """Judged without a fetch: what got past would be asked, and may well answer. Fetches are in test_fetching.py."""
    for scheme in ("http", "https"):
        with pytest.raises(RefusedError, match="inside a private network"):
            checked(URL(f"{scheme}://{host}/feed"), allow_private_hosts=False)


@pytest.mark.parametrize(
    "host", ["127.0.0.1\\@8.8.8.8", "8.8.8.8\\@127.0.0.1", "a b", "[::1", "[127.0.0.1]", "a" * 300]
)
async def test_what_browsers_and_libraries_read_differently_is_no_address(host):
    async with Fetcher(user_agent="x", resolver=Lost()) as fetcher:
        assert isinstance(await fetcher.fetch(FetchRequest(url=f"http://{host}/feed")), FetchFailed)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "gopher://a.example/", "data:text/xml,<rss/>", "file:///etc/passwd"]
)
async def test_other_schemes_are_none_of_ours_even_where_private_hosts_are_allowed(url):
    async with Fetcher(user_agent="x", allow_private_hosts=True) as fetcher:
        assert await fetcher.fetch(FetchRequest(url=url)) == FetchFailed(reason=NOWHERE)


@pytest.mark.parametrize("port", [1, 21, 22, 23, 25, 53, 110, 143, 445, 993])
async def test_ports_of_other_services_are_not_asked(port):
    async with Fetcher(user_agent="x", resolver=Lost()) as fetcher:
        result = await fetcher.fetch(FetchRequest(url=f"http://feeds.example:{port}/"))

    assert result == FetchFailed(reason=f"port {port} is not one that websites use")


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "192.0.78.9",
        "2a00:1450:4001::200e",
        "2606:4700::1",
        "2002:808:808::1",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
    ],
)
def test_the_public_internet_is_public(address):
    assert is_public(address)


class Lost(AbstractResolver):
    """A name server that knows nobody: what reaches it got past the judgement of addresses."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        raise OSError(None, f"{host} is not known")

    async def close(self):
        pass


class Turning(AbstractResolver):
    """A name server that answers differently each time it is asked: DNS rebinding."""

    def __init__(self, *addresses):
        self.addresses = list(addresses)
        self.asked = 0

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked += 1
        address = self.addresses.pop(0) if len(self.addresses) > 1 else self.addresses[0]
        return [{"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self):
        pass


class Loopback(PublicResolver):
    """The guard, with one public address that stands for this machine, so that a fetch can end somewhere."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        found = await super().resolve(host, port, family)
        return [{**each, "host": "127.0.0.1"} if each["host"] == "8.8.8.8" else each for each in found]


async def test_a_name_that_turns_private_between_two_looks_is_asked_once_and_connected_to_where_it_was_judged(serve):
    asked = []

    async def handler(request):
        asked.append(request.path)
        if request.path == "/away":
            return web.Response(status=302, headers={"Location": "http://turning.test:9/secret"})
        return web.Response(body=FEED, headers={"Connection": "close"})

    port = URL(await serve(handler)).port
    names = Turning("8.8.8.8", "127.0.0.1")
    async with Fetcher(user_agent="x", total_seconds=2, resolver=Loopback(names)) as fetcher:
        first = await fetcher.fetch(FetchRequest(url=f"http://turning.test:{port}/feed"))
        looked = names.asked
        second = await fetcher.fetch(FetchRequest(url=f"http://other.test:{port}/feed"))

    assert isinstance(first, Fetched)
    assert looked == 1
    assert second.reason.startswith("the address is inside a private network")
    assert asked == ["/feed"]
