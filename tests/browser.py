"""A real browser for the tests that look at the page."""

import shutil
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium (chromium, chromium-browser or google-chrome) on the PATH"
)


@asynccontextmanager
async def browsing(**context):
    """Open a browser with one tab; any error in the page's own code fails the test."""
    errors = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            tab = await browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **context})
            tab.set_default_timeout(10_000)
            tab.on("pageerror", lambda error: errors.append(str(error)))
            yield tab
        finally:
            await browser.close()
    assert errors == []
