"""What an app does on the wire: calls that are refused, sockets, and answers in its own time."""

import contextlib

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

ENVELOPE_WITHIN_SECONDS = 5


async def refusal(call):
    """What Slack says to a call that it refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def error_of(call):
    return (await refusal(call))["error"]


async def socket_address(slack):
    """An address for one socket, as an app asks for it."""
    headers = {"Authorization": "Bearer xapp-sandbox"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{slack.api_url}apps.connections.open") as response,
    ):
        return (await response.json())["url"]


@contextlib.asynccontextmanager
async def a_socket(slack, **options):
    """A raw socket, after its hello."""
    url = await socket_address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url, **options) as socket:
        socket.hello = await next_envelope(socket)
        yield socket


async def next_envelope(socket):
    return await socket.receive_json(timeout=ENVELOPE_WITHIN_SECONDS)


async def acknowledge(socket, envelope, **answer):
    await socket.send_json({"envelope_id": envelope["envelope_id"], **answer})


async def through_response_url(slack, **answer):
    """Answer maya as an app does in its own time; the status and the words that come back."""
    return await respond(slack.slack.responses.issue(user="U0MAYA", channel="C0MENTIONS"), **answer)


async def respond(response_url, **answer):
    async with aiohttp.ClientSession() as session, session.post(response_url, json=answer) as response:
        return response.status, await response.text()
