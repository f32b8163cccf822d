"""A real browser for the tests that look at the page."""

import shutil
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium (chromium, chromium-browser or google-chrome) on the PATH"
    ),
]

# Not how long anything takes, but how long a busy machine may.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@asynccontextmanager
async def a_browser():
    """Start a browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def a_tab(browser, **context):
    """Open a tab that shares nothing with others; any error in the page's own code fails the test."""
    errors = []
    tab = await browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **context})
    try:
        tab.set_default_timeout(PATIENCE_MS)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        yield tab
    finally:
        await tab.close()
    assert errors == []
