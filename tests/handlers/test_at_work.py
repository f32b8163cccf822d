"""A stop through real Bolt: what a listener is at ends before the database closes, or is broken off."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.at_work import AtWork

AN_EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "member_joined_channel", "user": "U1", "channel": "C1"},
}


class Bot:
    """An app whose one listener works until it may end."""

    def __init__(self):
        self.began, self.may_end, self.may_go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.may_go_on.set()
        self.done = []

        async def authorize():
            return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb", bot_user_id="U0BOT", bot_id="B1")

        self.app = AsyncApp(authorize=authorize)
        self.at_work = AtWork()
        self.at_work.register(self.app)

        @self.app.middleware
        async def look(next_):
            self.began.set()
            await self.may_go_on.wait()
            await next_()

        @self.app.event("member_joined_channel")
        async def joined(event):
            await self.may_end.wait()
            self.done.append(event["channel"])

    def deliver(self):
        """Deliver an event as the SDK does, in a task of its own."""
        request = AsyncBoltRequest(mode="socket_mode", body=AN_EVENT)
        return asyncio.create_task(self.app.async_dispatch(request))


@pytest.fixture
async def bot():
    return Bot()


async def test_a_listener_that_is_still_at_work_is_waited_for(bot):
    await bot.deliver()
    assert bot.done == []

    ending = asyncio.create_task(bot.at_work.end(within=5))
    await asyncio.sleep(0)
    assert not ending.done()
    bot.may_end.set()
    await ending

    assert bot.done == ["C1"]


async def test_a_delivery_that_has_not_reached_its_listener_yet_is_waited_for_to_its_end(bot):
    bot.may_go_on.clear()
    bot.may_end.set()
    delivered = bot.deliver()
    await bot.began.wait()

    ending = asyncio.create_task(bot.at_work.end(within=5))
    await asyncio.sleep(0)
    bot.may_go_on.set()
    await asyncio.gather(ending, delivered)

    assert bot.done == ["C1"]


async def test_what_takes_too_long_is_broken_off_and_said(bot, caplog):
    await bot.deliver()

    await bot.at_work.end(within=0)
    bot.may_end.set()
    await asyncio.sleep(0)

    assert bot.done == []
    assert [record.getMessage() for record in caplog.records] == ["listeners were still at work"]


async def test_with_nothing_at_work_there_is_nothing_to_wait_for(bot, caplog):
    await bot.at_work.end(within=0)

    assert caplog.records == []
