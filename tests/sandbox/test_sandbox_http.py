"""Signed HTTP as the app's side sees it: the challenge, signatures, retries, and answers taken as acknowledgements."""

import asyncio
import json
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from shapes import a_modal
from slack_sdk.signature import SignatureVerifier

from sandbox.server import start_sandbox

SECRET = "hush"
QUICK = {"ack_seconds": 1.0, "time_factor": 0.0001}


class App:
    """A request URL that notes what comes and answers as it is told."""

    def __init__(self):
        self.heard = []
        self.answers = []
        self.challenges = 0

    async def hear(self, request):
        body = await request.text()
        assert SignatureVerifier(SECRET).is_valid_request(body, dict(request.headers))
        if request.content_type == "application/json":
            payload = json.loads(body)
            if payload["type"] == "url_verification":
                self.challenges += 1
                return web.Response(text=payload["challenge"])
        else:
            payload = {name: values[0] for name, values in parse_qs(body).items()}
        self.heard.append((payload, request.headers))
        answer = self.answers.pop(0) if self.answers else web.Response()
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return web.Response()
        return answer

    def retries(self):
        names = ("X-Slack-Retry-Num", "X-Slack-Retry-Reason")
        return [tuple(headers.get(name) for name in names) for _, headers in self.heard]


@pytest.fixture
async def app():
    served = App()
    application = web.Application()
    application.add_routes([web.post("/slack/events", served.hear)])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield served
    await runner.cleanup()


@pytest.fixture
async def slack(app):
    async with start_sandbox(deliver_to=app.url, signing_secret=SECRET, **QUICK) as sandbox:
        await sandbox.wait_until_connected()
        yield sandbox


async def test_the_address_is_challenged_once(slack, app):
    assert app.challenges == 1
    assert slack.inspector.calls[0]["title"] == "url_verification"


async def test_an_event_is_posted_as_json(slack, app):
    said = await slack.say("hello", by="maya", channel="mentions")
    await slack.wait_for(lambda: app.heard)

    (payload, headers), *more = app.heard
    assert (payload["type"], payload["event"]["ts"]) == ("event_callback", said["ts"])
    assert "X-Slack-Retry-Num" not in headers
    assert more == []


@pytest.mark.parametrize(
    ("answer", "reason"), [(web.Response(status=500), "http_error"), (5.0, "http_timeout")], ids=["an error", "nothing"]
)
async def test_an_event_comes_again_with_a_number_and_a_reason(slack, app, answer, reason):
    app.answers = [answer]
    await slack.say("hello", by="maya", channel="mentions")
    await slack.wait_for(lambda: len(app.heard) == 2)

    assert app.retries() == [(None, None), ("1", reason)]
    assert len({payload["event_id"] for payload, _ in app.heard}) == 1


async def test_an_event_is_given_up_after_three_retries(slack, app):
    app.answers = [web.Response(status=500) for _ in range(4)]
    await slack.say("hello", by="maya", channel="mentions")
    await slack.wait_for(lambda: any(call["kind"] == "refusal" for call in slack.inspector.calls))

    assert [number for number, _ in app.retries()] == [None, "1", "2", "3"]


async def test_an_app_may_ask_not_to_be_told_again(slack, app):
    app.answers = [web.Response(status=500, headers={"X-Slack-No-Retry": "1"})]
    await slack.say("hello", by="maya", channel="mentions")
    await slack.wait_for(lambda: any(call["kind"] == "refusal" for call in slack.inspector.calls))

    assert len(app.heard) == 1


async def test_an_event_that_nobody_could_hear_comes_as_a_retry(app):
    async with start_sandbox(**QUICK) as slack:
        await slack.slack.deliver_to(app.url, signing_secret=SECRET)
        await slack.say("too early", by="maya", channel="mentions")
        await slack.wait_for(lambda: app.heard)

    assert app.retries() == [("1", "connection_failed")]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (web.Response(text="Plain words"), "Plain words"),
        (web.json_response({"text": "In JSON"}), "In JSON"),
        (web.Response(), ""),
    ],
    ids=["words", "json", "nothing"],
)
async def test_a_command_is_a_form_and_its_answer_is_shown(slack, app, answer, said):
    app.answers = [answer]

    outcome = await slack.command("/ears status", by="maya", channel="mentions", patience=0)

    (payload, _), *_ = app.heard
    assert (payload["command"], payload["text"], payload["channel_name"]) == ("/ears", "status", "mentions")
    assert outcome.ok
    assert [message["text"] for message in slack.ephemerals("maya")] == ([said] if said else [])


@pytest.mark.parametrize(
    ("answer", "error"), [(web.Response(status=500), "http_service_error"), (5.0, "operation_timeout")]
)
async def test_a_command_fails_where_the_app_does(slack, app, answer, error):
    app.answers = [answer]

    outcome = await slack.command("/ears", by="maya", channel="mentions")

    assert (outcome.ok, outcome.error) == (False, error)


async def test_an_interaction_is_json_in_a_form(slack, app):
    slack.slack.views.show("U0MAYA", a_modal())
    errors = {"response_action": "clear"}
    app.answers = [web.json_response(errors)]

    outcome = await slack.submit(slack.view("maya"), by="maya")

    payload = json.loads(app.heard[0][0]["payload"])
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "m")
    assert (outcome.response_action, slack.view("maya")) == ("clear", None)


async def test_nobody_at_the_address_is_a_failed_dispatch():
    async with start_sandbox(deliver_to="http://127.0.0.1:9/slack/events", **QUICK) as slack:
        outcome = await slack.command("/ears", by="maya", channel="mentions")

    assert outcome.error == "dispatch_failed"


async def test_a_world_that_begins_again_still_waits_for_the_address_to_answer(app):
    """A fresh start forgets events, not that the app is to be reached there."""
    async with start_sandbox(**QUICK) as slack:
        await slack.slack.deliver_to(app.url, signing_secret=SECRET)
        await slack.say("of yesterday", by="maya", channel="mentions")
        slack.slack.reset()
        await slack.wait_until_connected()
        await slack.say("of today", by="maya", channel="mentions")
        await slack.wait_for(lambda: app.heard)

    assert [payload["event"]["text"] for payload, _ in app.heard] == ["of today"]
