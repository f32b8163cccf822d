"""What an app answers a command, a form or a response url with is judged before anybody sees it."""

import asyncio

import pytest
from calls import a_socket, acknowledge, next_envelope, through_response_url
from shapes import a_modal, an_input, marked

NOT_A_TEXT = [3, ["words"], marked()]


@pytest.mark.parametrize("text", NOT_A_TEXT)
async def test_a_response_url_refuses_a_text_that_is_none(slack, text):
    answered = await through_response_url(slack, text=text)

    assert answered == (400, "invalid_arguments")
    assert slack.ephemerals("maya") == []


@pytest.mark.parametrize("text", NOT_A_TEXT)
async def test_a_command_refuses_a_text_that_is_none(slack, bolt, connected, text):
    @bolt.command("/ears")
    async def answer(ack):
        await ack({"text": text})

    async with connected(bolt):
        outcome = await slack.command("/ears", by="maya", channel="mentions")

    assert (outcome.ok, outcome.error) == (False, "invalid_command_response")
    assert slack.ephemerals("maya") == []


@pytest.mark.parametrize("payload", ["words", ["words"], 3])
async def test_an_acknowledgement_that_carries_no_object_is_refused(slack, payload):
    async with a_socket(slack) as socket:

        async def answer():
            await acknowledge(socket, await next_envelope(socket), payload=payload)

        task = asyncio.create_task(answer())
        outcome = await slack.command("/ears", by="maya", channel="mentions", patience=0)
        await task

    assert outcome.ok
    assert "payload" in next(one for one in slack.inspector.calls if one["kind"] == "refusal")["detail"]["reason"]


async def test_errors_of_a_form_are_words(slack, bolt, api, connected):
    @bolt.view("m")
    async def refuse(ack):
        await ack(response_action="errors", errors={"names": 3})

    async with connected(bolt):
        await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal(an_input()))
        outcome = await slack.submit(slack.view("maya"), {"Names": "x"}, by="maya")

    assert (outcome.ok, outcome.error) == (False, "invalid_arguments")
