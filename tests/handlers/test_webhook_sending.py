"""The webhook on the wire: a receiver on loopback, and what it may do to us."""

import asyncio
import base64
import contextlib

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from builders import NOW
from standardwebhooks.webhooks import Webhook

from engagement.sending.webhook import Answered, Unanswered
from feeds.wire.guard import PRIVATE
from handlers.clock import utc_now
from handlers.sending.webhook import open_receiver
from handlers.sending.webhook_body import test_body as body_of_a_test
from handlers.views.sending.unwanted import draw_unwanted
from settings import Settings

SECRET = f"whsec_{base64.b64encode(b'k' * 32).decode()}"


@contextlib.asynccontextmanager
async def receiver_of(answer, *, url="", **settings):
    """Open a receiver that answers so; gives ours and the requests that came."""
    asked = []

    async def take(request):
        asked.append((request.method, request.path, dict(request.headers), await request.read()))
        return await answer(request)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", take)
    async with TestServer(app) as server:
        given = {"webhook_url": url or str(server.make_url("/hook")), "webhook_secret": SECRET} | settings
        if url:
            given["webhook_url"] = url.replace("PORT", str(server.port))
        async with open_receiver(Settings(_env_file=None, **given)) as receiver:
            yield receiver, asked


def saying(status, **headers):
    async def answer(_request):
        return web.Response(status=status, headers={key.replace("_", "-"): value for key, value in headers.items()})

    return answer


async def endless(request):
    response = web.StreamResponse()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        while True:
            await response.write(b"and on " * 10_000)
    return response


async def test_what_arrives_is_verified_by_the_library_of_standard_webhooks():
    now = utc_now()
    async with receiver_of(saying(204)) as (receiver, asked):
        answer = await receiver.post("evt_1", body_of_a_test(now), now=now)
    [(method, path, headers, body)] = asked

    assert (answer, method, path) == (Answered(status=204), "POST", "/hook")
    assert headers["Content-Type"] == "application/json"
    assert Webhook(SECRET).verify(body, headers)["type"] == "test"


async def test_no_redirect_is_followed():
    async with receiver_of(saying(307, Location="/elsewhere")) as (receiver, asked):
        answer = await receiver.post("evt_1", b"{}", now=NOW)

    assert answer == Answered(status=307)
    assert [path for _, path, _, _ in asked] == ["/hook"]


async def test_an_answer_without_end_is_not_read():
    async with receiver_of(endless) as (receiver, _asked), asyncio.timeout(5):
        assert await receiver.post("evt_1", b"{}", now=NOW) == Answered(status=200)


async def test_it_may_say_how_long_to_wait():
    async with receiver_of(saying(429, Retry_After="90")) as (receiver, _asked):
        answer = await receiver.post("evt_1", b"{}", now=NOW)

    assert answer.retry_after.total_seconds() == 90


async def test_a_name_that_leads_into_a_private_network_is_not_told_unless_that_is_allowed():
    url = "http://localhost:PORT/hook"
    async with receiver_of(saying(204), url=url.replace("http:", "https:")) as (receiver, asked):
        assert await receiver.post("evt_1", b"{}", now=NOW) == Unanswered(reason=PRIVATE)
        assert not asked
    async with receiver_of(saying(204), url=url, allow_private_hosts=True) as (receiver, asked):
        assert await receiver.post("evt_1", b"{}", now=NOW) == Answered(status=204)


async def test_where_nobody_answers_that_is_what_it_says():
    async with receiver_of(saying(204), url="http://127.0.0.1:9/hook") as (receiver, _asked):
        assert await receiver.post("evt_1", b"{}", now=NOW) == Unanswered(reason="nobody answers at this address")


async def test_without_a_setting_there_is_no_receiver():
    async with open_receiver(Settings(_env_file=None, webhook_url="", webhook_secret="")) as receiver:
        assert receiver is None


def test_the_word_on_a_receiver_that_wants_no_more_looks_as_agreed(golden):
    golden("unwanted", draw_unwanted(NOW))


@pytest.mark.parametrize("settings", [{"webhook_url": "https://x.example/"}, {"webhook_secret": SECRET}])
def test_address_and_secret_come_together(settings):
    with pytest.raises(ValueError, match="give both or none"):
        Settings(_env_file=None, **settings)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://hooks.example/x", "https"),
        ("http://93.184.215.14/x", "https"),
        ("ftp://hooks.example/x", "web address"),
        ("hooks.example", "web address"),
        ("https://hooks.example:99999999/", "web address"),
    ],
)
def test_what_is_signed_does_not_travel_in_the_open(url, says):
    with pytest.raises(ValueError, match=says):
        Settings(_env_file=None, webhook_url=url, webhook_secret=SECRET)
