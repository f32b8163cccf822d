"""Channels that change, direct messages, the app's home and shortcuts: what the app hears, and what it may do."""

import aiohttp
import pytest
from calls import error_of
from shapes import a_button, a_modal, plain

from sandbox.errors import SlackError
from sandbox.pressing import words_of
from sandbox.server import start_sandbox

SCOPES = ["chat:write", "channels:read", "channels:history", "im:history", "im:write", "im:read", "users:read"]
EVENTS = [
    "message.im",
    "app_home_opened",
    "channel_rename",
    "channel_archive",
    "channel_unarchive",
    "channel_left",
    "member_left_channel",
    "user_change",
]
MANIFEST = {
    "display_information": {"name": "Small"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "shortcuts": [
            {"name": "Track it", "type": "message", "callback_id": "track", "description": "Track a message"},
            {"name": "New item", "type": "global", "callback_id": "new", "description": "Make an item"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}},
}


@pytest.fixture
async def slack():
    async with start_sandbox(manifest=MANIFEST) as sandbox:
        yield sandbox


@pytest.fixture
def heard(bolt):
    """Every event the app gets."""
    events = []

    @bolt.use
    async def note(body, next):  # noqa: A002 - Bolt fills it by this name
        if "event" in body:
            events.append(body["event"])
        await next()

    for name in {event.split(".")[0] for event in EVENTS}:

        @bolt.event(name)
        async def nothing():
            pass

    return events


async def test_the_app_hears_what_becomes_of_its_channel(slack, bolt, connected, heard):
    async with connected(bolt):
        await slack.rename("mentions", "voices", by="finn")
        await slack.archive("voices", by="finn")
        await slack.archive("voices", by="finn", on=False)
        await slack.kick_bot("voices", by="finn")
        await slack.rename("voices", "echoes", by="finn")
        await slack.wait_for(lambda: len(heard) >= 4)

    assert {event["type"] for event in heard} == {
        "channel_rename",
        "channel_archive",
        "channel_unarchive",
        "channel_left",
    }
    (renamed,) = (event for event in heard if event["type"] == "channel_rename")
    assert (renamed["channel"]["id"], renamed["channel"]["name"]) == ("C0MENTIONS", "voices")


async def test_a_deleted_message_is_told_of_and_gone(slack, api):
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="t")
    (message,) = slack.messages("mentions")

    await slack.delete(message)

    assert slack.messages("mentions") == []
    assert await error_of(api.chat_update(channel="C0MENTIONS", ts=posted["ts"], text="late")) == "message_not_found"


async def test_an_app_writes_to_a_user_and_is_answered(slack, bolt, api, connected, heard):
    async with connected(bolt):
        opened = await api.conversations_open(users="U0MAYA", return_im=True)
        posted = await api.chat_postMessage(channel="U0MAYA", text="Hello, Maya")
        await slack.say("Hello, app", by="maya", channel=slack.im("maya"))
        await slack.wait_for(lambda: heard)

    (answered,) = heard
    history = await api.conversations_history(channel=posted["channel"])
    assert opened["channel"] == opened["channel"] | {"id": posted["channel"], "is_im": True, "user": "U0MAYA"}
    assert (answered["channel"], answered["channel_type"]) == (posted["channel"], "im")
    assert [message["text"] for message in history["messages"]] == ["Hello, app", "Hello, Maya"]


async def test_a_conversation_is_seen_by_its_two_only(slack, api):
    await api.chat_postMessage(channel="U0MAYA", text="for Maya")
    drawn = {}
    async with aiohttp.ClientSession() as session:
        for user in ("maya", "sam"):
            async with session.get(f"{slack.url}ui/snapshot?user={user}") as response:
                drawn[user] = await response.json()

    assert [one["user"] for one in drawn["maya"]["ims"]] == ["U0MAYA"]
    assert [message["text"] for message in drawn["maya"]["messages"]["D0MAYA"]] == ["for Maya"]
    assert "D0MAYA" not in drawn["sam"]["messages"]
    assert all(not channel["is_im"] for channel in drawn["maya"]["channels"])


async def test_conversations_need_scopes_of_their_own(slack, api):
    slack.slack.grant(["chat:write", "channels:history"])

    assert await error_of(api.conversations_open(users="U0MAYA")) == "missing_scope"
    posted = await api.chat_postMessage(channel="U0MAYA", text="t")
    assert await error_of(api.conversations_history(channel=posted["channel"])) == "missing_scope"


async def test_an_app_without_a_messages_tab_or_a_home_has_none(bare_api):
    manifest = {**MANIFEST, "features": {}}
    async with start_sandbox(manifest=manifest) as slack:
        api = bare_api(slack)

        assert await error_of(api.chat_postMessage(channel="U0MAYA", text="t")) == "messages_tab_disabled"
        assert await error_of(api.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": []})) == "not_enabled"


async def test_a_home_is_published_only_over_the_version_that_was_seen(slack, bolt, api, connected, heard):
    first = (await api.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": []}))["view"]
    await api.views_publish(user_id="U0MAYA", hash=first["hash"], view={"type": "home", "blocks": []})
    late = await error_of(api.views_publish(user_id="U0MAYA", hash=first["hash"], view={"type": "home", "blocks": []}))
    async with connected(bolt):
        await slack.open_home(by="maya")
        await slack.wait_for(lambda: heard)

    assert late == "hash_conflict"
    assert heard[0] == heard[0] | {"type": "app_home_opened", "user": "U0MAYA", "channel": "D0MAYA", "tab": "home"}
    assert heard[0]["view"]["id"] == first["id"]


async def test_a_message_shortcut_brings_the_message_and_opens_a_modal(slack, bolt, api, connected):
    @bolt.shortcut({"type": "message_action", "callback_id": "track"})
    async def track(ack, shortcut, client, respond):
        await ack()
        view = a_modal(title=plain(shortcut["message"]["text"]))
        await client.views_open(trigger_id=shortcut["trigger_id"], view=view)
        await respond("Tracked", replace_original=False)

    async with connected(bolt):
        await slack.say("Remember me", by="sam", channel="mentions")
        (message,) = slack.messages("mentions")
        outcome = await slack.shortcut("track", by="maya", on=message)
        await slack.wait_for_ephemeral(to="maya", containing="Tracked")

    assert outcome.ok
    assert words_of(slack.view("maya")).startswith("Remember me")


async def test_a_global_shortcut_has_no_channel(slack, bolt, connected):
    bodies = []

    @bolt.shortcut("new")
    async def new(ack, body):
        await ack()
        bodies.append(body)

    async with connected(bolt):
        outcome = await slack.shortcut("new", by="maya", patience=0)
        await slack.wait_for(lambda: bodies)
        async with aiohttp.ClientSession() as session:
            order = {"user": "sam", "callback_id": "new"}
            async with session.post(f"{slack.url}ui/shortcut", json=order) as response:
                from_the_page = await response.json()

    assert outcome.ok
    assert from_the_page["ok"]
    assert bodies[0]["type"] == "shortcut"
    assert "channel" not in bodies[0]
    assert "response_url" not in bodies[0]


async def test_a_shortcut_that_the_manifest_does_not_declare_is_refused(slack):
    with pytest.raises(Exception, match="shortcut_not_found"):
        await slack.shortcut("track", by="maya")


async def test_the_page_archives_renames_kicks_and_deletes(slack, api):
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="t")
    answers = []
    async with aiohttp.ClientSession() as session:
        for path, body in [
            ("delete", {"message_ts": posted["ts"]}),
            ("rename", {"name": "voices"}),
            ("kick", {}),
            ("kick", {"member": "sam"}),
            ("archive", {}),
            ("message", {"text": "too late"}),
        ]:
            order = {"user": "maya", "channel": "C0MENTIONS", **body}
            async with session.post(f"{slack.url}ui/{path}", json=order) as response:
                answers.append((await response.json()).get("error"))

    channel = slack.channel("voices")
    assert answers == [None, None, None, None, None, "is_archived"]
    assert not {"U0SMALL", "U0SAM"} & set(channel.members)
    assert posted["ts"] not in channel.messages


async def test_an_ephemeral_message_is_not_there_for_chat_update(api):
    shown = await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="psst")

    assert (
        await error_of(api.chat_update(channel="C0MENTIONS", ts=shown["message_ts"], text="t")) == "message_not_found"
    )


async def test_pressing_in_a_card_of_a_carousel_names_the_card(slack, bolt, api, connected):
    actions = []

    @bolt.action("pick")
    async def pick(ack, action):
        await ack()
        actions.append(action)

    @bolt.action("thumbs")
    async def thumbs(ack, action):
        await ack()
        actions.append(action)

    def a_card(name):
        button = a_button(f"Pick {name}", "pick", value=name)
        return {"type": "card", "block_id": name, "title": plain(name), "actions": [button]}

    feedback = {
        "type": "feedback_buttons",
        "action_id": "thumbs",
        "positive_button": {"text": plain("Good"), "value": "+"},
        "negative_button": {"text": plain("Bad"), "value": "-"},
    }
    blocks = [
        {"type": "carousel", "elements": [a_card("one"), a_card("two")]},
        {"type": "context_actions", "elements": [feedback]},
    ]
    async with connected(bolt):
        await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=blocks)
        message = await slack.wait_for_message(channel="mentions")
        await slack.click("Pick two", on=message, by="maya", patience=0)
        await slack.click("Bad", on=message, by="maya", patience=0)
        await slack.wait_for(lambda: len(actions) == 2)

    assert (actions[0]["block_id"], actions[0]["value"]) == ("two", "two")
    assert (actions[1]["type"], actions[1]["value"]) == ("feedback_buttons", "-")


async def test_the_app_hears_who_lost_their_seat_and_who_got_it_back(slack, heard, bolt, connected, bare_api):
    async with connected(bolt):
        await slack.deactivate("sam")
        await slack.wait_for(lambda: heard)
        asked = await bare_api(slack).users_info(user="U0SAM")
        await slack.deactivate("sam", on=False)
        await slack.wait_for(lambda: len(heard) > 1)

    assert [(event["type"], event["user"]["id"], event["user"]["deleted"]) for event in heard] == [
        ("user_change", "U0SAM", True),
        ("user_change", "U0SAM", False),
    ]
    assert asked["user"]["deleted"]
    with pytest.raises(SlackError):
        await slack.deactivate(slack.slack.app.bot_user)
