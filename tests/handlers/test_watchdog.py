"""The watchdog of the connection: silence on the wire is no fault, unanswered pings are."""

import asyncio

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.watchdog import TRIES, NoConnectionError, Watchdog

PING_SECONDS, SILENT_SECONDS, RECONNECT_SECONDS = 0.2, 0.7, 1.0


@pytest.fixture
async def client(slack):
    """The SDK's client without its own healing, which takes half a minute and does not notice every death."""
    client = SocketModeClient(
        app_token="xapp-sandbox",
        web_client=AsyncWebClient(base_url=slack.api_url, retry_handlers=[]),
        auto_reconnect_enabled=False,
        ping_interval=PING_SECONDS,
    )
    await client.connect()
    yield client
    await client.close()


@pytest.fixture
def watchdog(client):
    return Watchdog(client, silent_seconds=SILENT_SECONDS, reconnect_seconds=RECONNECT_SECONDS)


def opened(slack) -> int:
    return sum(call["title"] == "apps.connections.open" and call["ok"] for call in slack.inspector.calls)


async def until(holds) -> None:
    async with asyncio.timeout(5):
        while not await holds():  # noqa: ASYNC110 - the SDK tells nobody when a pong comes
            await asyncio.sleep(0.02)


async def test_a_quiet_connection_that_answers_pings_is_left_alone(slack, client, watchdog):
    async def answered() -> bool:
        return client.last_ping_pong_time is not None

    await until(answered)
    first = client.last_ping_pong_time

    async def answered_later() -> bool:
        return client.last_ping_pong_time > first + SILENT_SECONDS

    await until(answered_later)
    await watchdog.look()

    assert opened(slack) == 1


async def test_a_half_open_connection_is_replaced_and_events_come_again(slack, client, watchdog):
    heard: list[str] = []

    async def listen(client: SocketModeClient, request) -> None:
        heard.append(request.payload["event"]["text"])
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    client.socket_mode_request_listeners.append(listen)
    slack.slack.sockets.half_open = True

    async def dead() -> bool:
        return not await watchdog.is_alive()

    await until(dead)
    slack.slack.sockets.half_open = False
    await watchdog.look()

    async def alive() -> bool:
        return await watchdog.is_alive()

    await until(alive)
    await slack.say("Are you there?", by="maya", channel="mentions")
    await slack.wait_for(lambda: heard == ["Are you there?"])
    assert opened(slack) == 2


async def test_a_connection_that_dies_before_its_first_pong_is_noticed(slack, client, watchdog):
    client.last_ping_pong_time = None
    slack.slack.sockets.half_open = True

    async def dead() -> bool:
        return not await watchdog.is_alive()

    await until(dead)
    slack.slack.sockets.half_open = False
    await watchdog.look()

    assert opened(slack) == 2


async def test_when_slack_cannot_be_reached_it_gives_up_after_three_tries(slack, client, watchdog):
    await client.disconnect()
    slack.faults.add("apps.connections.open", "server_error", times=10)

    for _ in range(TRIES):
        await watchdog.look()
    with pytest.raises(NoConnectionError, match="in 3 tries"):
        await watchdog.look()


async def test_one_try_that_helps_clears_the_count(slack, client):
    watchdog = Watchdog(client, silent_seconds=60, reconnect_seconds=20)
    for _ in range(TRIES + 1):
        await client.disconnect()
        slack.faults.add("apps.connections.open", "server_error")
        await watchdog.look()
        await watchdog.look()
        assert await watchdog.is_alive()
        await watchdog.look()


async def test_a_reconnection_that_is_stuck_on_a_used_address_gets_a_new_one(slack, client, watchdog):
    """The SDK tries one address for ever, and a second reconnection beside it would fight it for the socket."""
    async with client.connect_operation_lock:
        stuck = asyncio.create_task(client.connect())

        async def refused() -> bool:
            return any(call["title"] == "socket" for call in slack.inspector.calls) or not await client.is_connected()

        await until(refused)
        await watchdog.look()
        await asyncio.wait_for(stuck, timeout=5)

    assert await watchdog.is_alive()
    assert opened(slack) == 2
