"""The page's JSON: what it draws, what it hears live, what it sends."""

import asyncio
import contextlib
import json

import aiohttp
import pytest
from shapes import a_button, a_modal, an_input

BLOCKS = [{"type": "actions", "block_id": "b1", "elements": [a_button("Press", "press")]}]


@pytest.fixture
async def page(slack):
    """Call with a path under /ui and a body to post, or none to get."""
    async with aiohttp.ClientSession() as session:

        async def call(path, body=None):
            method = "GET" if body is None else "POST"
            async with session.request(method, f"{slack.url}ui/{path}", json=body) as response:
                return await response.json()

        yield call


@contextlib.asynccontextmanager
async def a_stream(slack, user):
    """A live stream, as a function that returns the next event of a name."""
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}ui/live?user={user}") as response:

        async def following(name):
            async with asyncio.timeout(5):
                while True:
                    line = (await response.content.readline()).decode().strip()
                    if line == f"event: {name}":
                        return json.loads((await response.content.readline()).decode().removeprefix("data: "))

        assert response.content_type == "text/event-stream"
        await response.content.readline()
        yield following


async def test_a_snapshot_has_everything_a_page_draws(slack, api, page):
    await api.chat_postMessage(channel="C0MENTIONS", text="hello", blocks=BLOCKS)
    await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="psst")
    await api.views_open(trigger_id=slack.slack.triggers.issue("U0SAM"), view=a_modal())

    sam, maya = await page("snapshot?user=U0SAM"), await page("snapshot?user=U0MAYA")

    assert sam["workspace"] == {"id": "T0SANDBOX", "name": "Tidewiki"}
    assert [channel["name"] for channel in sam["channels"]] == ["mentions", "general", "product"]
    assert {"id": "U0TWOEARS", "is_bot": True}.items() <= sam["users"][-1].items()
    assert sam["commands"][0]["command"] == "/ears"
    assert (sam["bot_user"], sam["connected"]) == ("U0TWOEARS", False)
    assert sam["messages"]["C0MENTIONS"][0]["blocks"] == BLOCKS
    assert [message["text"] for message in sam["ephemerals"]] == ["psst"]
    assert [view["type"] for view in sam["views"]] == ["modal"]
    assert sam["home"] is None
    assert [call["title"] for call in sam["calls"]][:3] == ["views.open", "chat.postEphemeral", "chat.postMessage"]
    assert (maya["ephemerals"], maya["views"]) == ([], [])


async def test_a_page_hears_live_of_what_its_user_may_see(slack, api):
    async with a_stream(slack, "U0SAM") as following:
        await api.chat_postEphemeral(channel="C0MENTIONS", user="U0MAYA", text="not for sam")
        await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="for sam")
        posted = await api.chat_postMessage(channel="C0MENTIONS", text="for all")
        whispered, message = await following("ephemeral"), await following("message")
        call = await following("call")
        await api.chat_delete(channel="C0MENTIONS", ts=posted["ts"])
        deleted = await following("message_deleted")

    assert whispered["message"]["text"] == "for sam"
    assert message["message"]["text"] == "for all"
    assert call["call"]["title"] == "chat.postMessage"
    assert deleted == {"channel": "C0MENTIONS", "ts": posted["ts"]}


async def test_a_page_hears_of_modals_and_of_the_bots_connection(slack, bolt, connected):
    @bolt.command("/ears")
    async def ears(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=a_modal())

    async with a_stream(slack, "U0SAM") as following:
        async with connected(bolt):
            connection = await following("connected")
            await slack.command("/ears", by="sam", channel="mentions")
            opened = await following("view_opened")
            await slack.close(slack.view("sam"), by="sam")
            closed = await following("view_closed")
        lost = await following("connected")

    assert (connection, lost) == ({"connected": True}, {"connected": False})
    assert closed == {"view_id": opened["view"]["id"]}


async def test_a_page_posts_replies_and_commands(slack, page):
    posted = await page("message", {"user": "U0MAYA", "channel": "C0MENTIONS", "text": "a <b> & @Sam (support)"})
    (message,) = slack.messages("mentions")
    reply = {"user": "U0SAM", "channel": "C0MENTIONS", "text": "yes", "thread_ts": message["ts"]}
    await page("message", reply)
    command = await page("message", {"user": "U0MAYA", "channel": "C0MENTIONS", "text": "/ears status"})

    assert posted == {"ok": True, "response_action": None}
    assert message["text"] == "a &lt;b&gt; &amp; <@U0SAM>"
    assert [one["text"] for one in slack.replies(message)] == ["yes"]
    assert (command["ok"], command["error"]) == (False, "dispatch_failed")
    assert command["text"] == "/ears failed because the app did not respond"


async def test_a_page_clicks_and_submits(slack, bolt, api, connected, page):
    @bolt.action("press")
    async def press(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=a_modal(an_input()))

    @bolt.view("m")
    async def submitted(ack):
        await ack()

    async with connected(bolt):
        ts = (await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=BLOCKS))["ts"]
        container = {"type": "message", "channel": "C0MENTIONS", "message_ts": ts}
        action = {"type": "button", "block_id": "b1", "action_id": "press", "value": "1"}
        clicked = await page("click", {"user": "U0SAM", "container": container, "action": action})
        view = await slack.wait_for_view(by="sam")
        values = {"names": {"names": {"type": "plain_text_input", "value": ""}}}
        empty = await page("view_submit", {"user": "U0SAM", "view_id": view["id"], "state": {"values": values}})
        values["names"]["names"]["value"] = "Tidewiki"
        full = await page("view_submit", {"user": "U0SAM", "view_id": view["id"], "state": {"values": values}})

    assert clicked == {"ok": True, "response_action": None}
    assert empty["errors"] == {"names": "Please complete this required field."}
    assert full == {"ok": True, "response_action": None}


VIEW = a_modal(clear_on_close=True)
NOTHING = {"values": {}}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("view_submit", {"state": NOTHING}),
        ("view_close", {}),
        ("click", {"container": {"type": "view"}, "action": {"type": "button"}, "state": NOTHING}),
    ],
    ids=["submit", "close", "press"],
)
async def test_nobody_uses_the_modal_of_somebody_else(slack, page, path, body):
    view = slack.slack.views.show("U0MAYA", {**VIEW, "external_id": "mayas"})
    for named in (view["id"], view["external_id"], ""):
        container = {**body["container"], "view_id": named} if "container" in body else None
        answer = await page(path, {**body, "user": "U0SAM", "view_id": named, "container": container})
        assert (answer["ok"], answer["error"]) == (False, "not_found")

    assert slack.view("maya") == view
    assert not any(call["title"].startswith(("view_", "block_")) for call in slack.inspector.calls)


@pytest.mark.parametrize("path", ["view_submit", "view_close"])
async def test_a_home_is_not_submitted_and_not_closed(slack, page, path):
    home = slack.slack.views.publish("U0MAYA", {"type": "home", "blocks": []})
    answer = await page(path, {"user": "U0MAYA", "view_id": home["id"], "state": NOTHING})

    assert answer["error"] == "not_found"
    assert slack.home("maya") == home


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("message", {"text": "/ears status"}),
        ("message", {"text": "psst"}),
        ("click", {"action": {"type": "button"}}),
        ("shortcut", {"callback_id": "track"}),
        ("delete", {}),
    ],
    ids=["command", "message", "press", "shortcut", "delete"],
)
async def test_nobody_enters_the_conversation_of_somebody_else_with_the_app(slack, page, path, body):
    im = slack.im("maya")
    theirs = await slack.say("mine alone", by="maya", channel=im)
    container = {"type": "message", "channel": im, "message_ts": theirs["ts"]}
    asked = {"user": "U0SAM", "channel": im, "message_ts": theirs["ts"], "container": container, **body}

    assert (await page(path, asked))["error"] == "channel_not_found"
    assert [one["text"] for one in slack.messages(im)] == ["mine alone"]


async def test_a_broken_stream_is_asked_for_again_within_a_second(slack):
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{slack.url}ui/live?user=U0SAM") as response,
        asyncio.timeout(5),
    ):
        assert await response.content.readline() == b"retry: 500\n"


async def test_a_page_invites_the_bot_and_creates_channels(slack, page):
    created = await page("channel", {"user": "U0FINN", "name": "launch"})
    channel = created["channel"]["id"]
    invited = await page("invite", {"user": "U0FINN", "channel": channel, "invitee": "U0TWOEARS"})
    again = await page("invite", {"user": "U0FINN", "channel": channel, "invitee": "U0TWOEARS"})
    taken = await page("channel", {"user": "U0FINN", "name": "launch"})

    assert invited["ok"]
    assert again["error"] == "already_in_channel"
    assert taken["error"] == "name_taken"
    assert "U0TWOEARS" in slack.channel("launch").members


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("message", {"user": "U0NOBODY", "channel": "C0MENTIONS", "text": "t"}, "user_not_found"),
        ("message", {"user": "U0MAYA", "channel": "C0NOWHERE", "text": "t"}, "channel_not_found"),
        ("message", {"user": "U0MAYA"}, "invalid_arguments"),
        ("click", {"user": "U0MAYA", "container": {"type": "view", "view_id": "V0"}, "action": {}}, "not_found"),
        ("view_close", {"user": "U0MAYA", "view_id": "V0"}, "not_found"),
        ("view_submit", [], "invalid_arguments"),
    ],
)
async def test_a_page_is_told_what_does_not_work(page, path, body, error):
    assert (await page(path, body))["error"] == error
