"""A sandbox, its page, and a small Bolt app that is not ours, written after Bolt's getting-started guide."""

import contextlib

import pytest
from playwright.async_api import expect
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import start_sandbox


@pytest.fixture
async def slack():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def page(slack, browsing):
    """The page in a real browser, as somebody in Berlin sees it."""
    async with browsing(timezone_id="Europe/Berlin") as tab:
        await tab.goto(slack.url)
        await expect(tab.get_by_role("heading", name="mentions", exact=True)).to_be_visible()
        yield tab


@pytest.fixture
def api(slack):
    """The Web API as the app calls it, without any retry of the SDK's."""
    return AsyncWebClient(token="xoxb-sandbox", base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def bare_api():
    """The same for a sandbox of the test's own."""
    return lambda sandbox: AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def bolt(slack, api):
    return AsyncApp(client=api)


@pytest.fixture
def connected(slack):
    """`async with connected(bolt):` opens a socket for the app, and closes it at the end."""

    @contextlib.asynccontextmanager
    async def connect(app):
        handler = AsyncSocketModeHandler(app, "xapp-sandbox", ping_interval=1)
        handler.client.web_client = AsyncWebClient(base_url=slack.api_url)
        before = slack.slack.sockets.count
        await handler.connect_async()
        await slack.wait_for(lambda: slack.slack.sockets.count > before)
        try:
            yield handler
        finally:
            await handler.close_async()

    return connect
