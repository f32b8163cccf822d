"""Deliveries through real Bolt: what comes twice is acted on once, and nothing that comes once is lost."""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.delivery import MEMORY_SECONDS, Deliveries


class Bot:
    """An app that counts what it is told, and a clock that goes when a test says so."""

    def __init__(self, *, at_most: int = 100) -> None:
        self.now = 0.0
        self.heard: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb", bot_user_id="U0BOT", bot_id="B1")

        app = AsyncApp(authorize=authorize)
        app.middleware(Deliveries(clock=lambda: self.now, at_most=at_most).once)

        @app.event("member_joined_channel")
        async def joined(event):
            self.heard.append(event["channel"])

        @app.view("form")
        async def submitted(ack, body):
            self.heard.append(body["view"]["id"])
            await self.may_answer.wait()
            await ack(response_action="errors", errors={"names": "Please enter a name"})

        @app.command("/fails")
        async def fails(body):
            self.heard.append(body["command"])
            raise ValueError

        self._app = app

    async def deliver(self, body, **headers: str):
        return await self._app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body, headers=headers))

    async def event(self, number: int, **headers: str):
        event = {"type": "member_joined_channel", "user": "U1", "channel": f"C{number}"}
        answer = await self.deliver(
            {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{number}", "event": event}, **headers
        )
        # Bolt acknowledges an event before the listener has run.
        await asyncio.sleep(0)
        return answer


A_FORM = {"type": "view_submission", "user": {"id": "U1"}, "view": {"type": "modal", "id": "V1", "callback_id": "form"}}


async def test_an_event_that_comes_four_times_is_acted_on_once_and_always_acknowledged():
    bot = Bot()

    answers = [await bot.event(1, **{"x-slack-retry-num": str(attempt)}) for attempt in range(4)]

    assert bot.heard == ["C1"]
    assert [answer.status for answer in answers] == [200] * 4


async def test_a_retry_that_is_the_only_delivery_is_acted_on():
    bot = Bot()

    await bot.event(1, **{"x-slack-retry-num": "1", "x-slack-retry-reason": "timeout"})

    assert bot.heard == ["C1"]


async def test_a_second_delivery_gets_the_answer_of_the_first_though_that_is_still_to_come():
    """An empty answer would close the form, and nobody would see what is wrong with it."""
    bot = Bot()
    bot.may_answer.clear()
    body = A_FORM | {"trigger_id": "1.2.3"}

    deliveries = [asyncio.create_task(bot.deliver(body)) for _ in range(2)]
    done, _ = await asyncio.wait(deliveries, timeout=0.05)
    assert not done
    bot.may_answer.set()
    first, second = await asyncio.gather(*deliveries)

    assert bot.heard == ["V1"]
    assert "Please enter a name" in first.body
    assert (second.status, second.body) == (first.status, first.body)


async def test_what_carries_no_id_always_passes():
    bot = Bot()

    for odd in ({}, {"trigger_id": ""}, {"trigger_id": ["a"]}, {"event_id": 7}):
        await bot.deliver(A_FORM | odd)

    assert bot.heard == ["V1"] * 4


async def test_it_remembers_for_ten_minutes():
    bot = Bot()
    await bot.event(1)

    bot.now = MEMORY_SECONDS - 1
    await bot.event(1)
    assert bot.heard == ["C1"]

    bot.now = MEMORY_SECONDS
    await bot.event(1)
    assert bot.heard == ["C1", "C1"]


async def test_of_a_flood_it_remembers_the_latest():
    bot = Bot(at_most=10)
    for number in range(50):
        await bot.event(number)

    for number in (49, 41, 30):
        await bot.event(number)

    assert bot.heard[50:] == ["C30"]


async def test_a_second_delivery_of_what_failed_is_answered_as_the_first():
    bot = Bot()
    command = {"command": "/fails", "text": "", "user_id": "U1", "team_id": "T1", "trigger_id": "1.2.3"}

    first, second = [await bot.deliver(command) for _ in range(2)]

    assert bot.heard == ["/fails"]
    assert (first.status, second.status) == (500, 500)
