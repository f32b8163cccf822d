"""A web server on loopback, a fetcher to point at it, and parsers with limits of their own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from feeds.parsing.worker import Parser
from feeds.wire.fetch import Fetcher

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[..., Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start a server that answers everything with one handler; gives its address, without a closing slash.

    A second handler answers what is posted.
    """
    async with AsyncExitStack() as stack:

        async def start(handler: Handler, posted: Handler | None = None) -> str:
            app = web.Application()
            app.router.add_get("/{tail:.*}", handler)
            if posted:
                app.router.add_post("/{tail:.*}", posted)
            server = await stack.enter_async_context(TestServer(app, host="127.0.0.1"))
            return str(server.make_url("")).rstrip("/")

        yield start


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(user_agent="TwoEars/test", allow_private_hosts=True, total_seconds=5) as fetcher:
        yield fetcher


@pytest.fixture
async def start_parser() -> AsyncIterator[Callable[..., Awaitable[Parser]]]:
    """`await start_parser(seconds=1)` gives a parser that ends with the test."""
    async with AsyncExitStack() as stack:

        async def start(**limits: float) -> Parser:
            return await stack.enter_async_context(Parser(**limits))

        yield start
