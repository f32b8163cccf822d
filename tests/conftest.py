"""What every test may ask for. What is slow to start, and remembers nothing, is started once for all."""

import functools
import logging
from collections.abc import AsyncIterator, Callable

import pytest
from browser import a_browser, a_tab
from hypothesis import settings
from playwright.async_api import Browser

from feeds.parsing.worker import Parser

# How long an example takes says more about the machine than about the law.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
# Bolt warns of listeners and of answers that a test leaves out on purpose.
logging.getLogger("slack_bolt").setLevel(logging.ERROR)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Bolt, aiohttp and we run on asyncio only; on one loop for all, as the parser and the browser live on it."""
    return "asyncio"


@pytest.fixture(scope="session")
async def parser() -> AsyncIterator[Parser]:
    """One parser for all: each starts a process of its own."""
    async with Parser() as parser:
        yield parser


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all; each test opens tabs of its own."""
    async with a_browser() as running:
        yield running


@pytest.fixture
def browsing(browser: Browser) -> Callable:
    """`async with browsing(viewport=...) as tab:` opens a tab that shares nothing with others."""
    return functools.partial(a_tab, browser)
