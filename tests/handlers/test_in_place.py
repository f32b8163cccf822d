"""A view in place of the one that was pressed: not of another, nor of one that is not there any more."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.in_place import show_in_place
from handlers.views import blocks
from sandbox.manifest import BOT_TOKEN


def a_list(said):
    return blocks.modal("A list", [blocks.section(said)])


@pytest.fixture
async def client(slack):
    return AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)


@pytest.fixture
async def pressed(slack, client):
    """What Slack sends when somebody presses in the first drawing of a list."""
    opened = await client.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_list("before"))
    return {"view": opened["view"]}


async def test_the_view_that_was_pressed_is_drawn_anew(slack, client, pressed):
    await show_in_place(client, pressed, a_list("after"))

    assert slack.view("maya")["blocks"][0]["text"]["text"] == "after"


async def test_what_took_its_place_meanwhile_stays(slack, client, pressed):
    await show_in_place(client, pressed, a_list("after"))
    await show_in_place(client, pressed, a_list("late"))

    assert slack.view("maya")["blocks"][0]["text"]["text"] == "after"


async def test_whoever_closed_it_meanwhile_is_not_told_that_something_went_wrong(slack, client, pressed):
    await slack.close(pressed["view"], by="maya")

    await show_in_place(client, pressed, a_list("late"))


async def test_a_view_that_slack_does_not_take_is_a_fault_of_ours(client, pressed):
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await show_in_place(client, pressed, {"type": "modal"})
