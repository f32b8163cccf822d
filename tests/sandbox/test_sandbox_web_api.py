"""The Web API says yes where Slack says yes, and no where Slack says no."""

import json

import aiohttp
import pytest
from calls import error_of, refusal
from shapes import a_modal, a_section

from sandbox.server import start_sandbox

MANIFEST = {
    "display_information": {"name": "Small"},
    "features": {"slash_commands": [{"command": "/small", "description": "Say something", "usage_hint": "[words]"}]},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    "settings": {"event_subscriptions": {"bot_events": []}},
}


async def test_auth_test_says_who_the_bot_is_and_what_it_may_do(slack, api):
    answer = await api.auth_test()

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0SANDBOX", "U0TWOEARS", "B0SANDBOX")
    assert answer.headers["x-oauth-scopes"] == "channels:history,channels:read,chat:write,commands,users:read"


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-sandbox", "not_allowed_token_type")],
)
async def test_a_call_without_the_right_token_is_refused(slack, token, error):
    async with aiohttp.ClientSession() as session, session.post(f"{slack.api_url}auth.test?token={token}") as response:
        assert (await response.json())["error"] == error


async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing(bare_api):
    async with start_sandbox(manifest=MANIFEST) as slack:
        api = bare_api(slack)

        answer = await refusal(api.conversations_info(channel="C0MENTIONS"))

    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "channels:read", "chat:write")


async def test_joining_by_itself_needs_a_scope_that_the_bot_has_not(slack, api):
    assert (await refusal(api.conversations_join(channel="C0GENERAL")))["needed"] == "channels:join"


async def test_an_unknown_method_is_refused_loudly(slack, api, caplog):
    answer = await refusal(api.api_call("chat.whisper"))

    assert answer["error"] == "unknown_method"
    assert "chat.whisper" in caplog.text
    assert [call["title"] for call in slack.inspector.calls if call["kind"] == "refusal"] == ["chat.whisper"]


@pytest.mark.parametrize("how", ["query", "form", "json"])
async def test_arguments_come_as_query_form_or_json(slack, how):
    blocks = [a_section("in blocks")]
    plain = {"channel": "C0MENTIONS", "text": "t & t"}
    encoded = {**plain, "blocks": json.dumps(blocks)}
    sent = {"query": {"params": encoded}, "form": {"data": encoded}, "json": {"json": {**plain, "blocks": blocks}}}[how]
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    address = f"{slack.api_url}chat.postMessage"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(address, **sent) as response:
        answer = await response.json()

    assert answer["ok"]
    (message,) = slack.messages("mentions", containing="in blocks")
    assert message["text"] == "t & t"


async def test_a_posted_message_carries_who_posted_it(slack, api):
    answer = await api.chat_postMessage(channel="C0MENTIONS", text="&lt;hi&gt;", unfurl_links=False)

    message = answer["message"]
    assert (message["user"], message["bot_id"], message["app_id"]) == ("U0TWOEARS", "B0SANDBOX", "A0SANDBOX")
    assert message["text"] == "&lt;hi&gt;"
    assert slack.messages("mentions")[0]["unfurl_links"] is False


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "t"}, "channel_not_found"),
        ({"channel": "C0GENERAL", "text": "t"}, "not_in_channel"),
        ({"channel": "C0MENTIONS", "text": ""}, "no_text"),
        ({"channel": "C0MENTIONS", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0MENTIONS", "text": "t", "blocks": "[{"}, "invalid_blocks_format"),
        ({"channel": "C0MENTIONS", "text": "t", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        *(
            ({"channel": "C0MENTIONS", "text": "t", "metadata": {"event_type": kind, "event_payload": payload}}, error)
            for kind, payload, error in (
                ("", {}, "invalid_metadata_format"),
                (3, {}, "invalid_metadata_format"),
                ("card", "words", "invalid_metadata_format"),
                ("card", [], "invalid_metadata_format"),
                ("card", {"words": "x" * 8_001}, "metadata_too_large"),
            )
        ),
        ({"channel": "C0MENTIONS", "text": "t", "metadata": "[3"}, "invalid_metadata_format"),
        ({"channel": "C0MENTIONS", "text": "t", "thread_ts": "1.2"}, "thread_not_found"),
        ({"text": "t"}, "invalid_arguments"),
    ],
)
async def test_a_message_slack_would_not_take_is_refused(slack, api, arguments, error):
    assert await error_of(api.api_call("chat.postMessage", json=arguments)) == error
    assert slack.messages("mentions") == []


async def test_nothing_is_posted_into_an_archive(slack, api):
    slack.channel("mentions").is_archived = True

    assert await error_of(api.chat_postMessage(channel="C0MENTIONS", text="t")) == "is_archived"


async def test_an_update_replaces_what_it_sends_and_keeps_metadata(slack, api):
    metadata = {"event_type": "card", "event_payload": {"id": "1"}}
    blocks = [{"type": "divider"}]
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="old", blocks=blocks, metadata=metadata)

    await api.chat_update(channel="C0MENTIONS", ts=posted["ts"], text="new")

    (message,) = slack.messages("mentions")
    assert message["text"] == "new"
    assert "blocks" not in message
    assert message["metadata"] == metadata


async def test_only_its_own_message_may_be_changed_or_deleted(slack, api):
    said = await slack.say("mine", by="maya", channel="mentions")
    where = {"channel": "C0MENTIONS", "ts": said["ts"]}

    assert await error_of(api.chat_update(**where, text="t")) == "cant_update_message"
    assert await error_of(api.chat_delete(**where)) == "cant_delete_message"
    assert await error_of(api.chat_update(channel="C0MENTIONS", ts="1.0", text="t")) == "message_not_found"


async def test_a_deleted_message_is_gone(slack, api):
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="t")

    await api.chat_delete(channel="C0MENTIONS", ts=posted["ts"])

    assert slack.messages("mentions") == []


async def test_an_ephemeral_message_is_seen_by_one_member_only(slack, api):
    await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="psst")

    assert [message["text"] for message in slack.ephemerals("sam")] == ["psst"]
    assert slack.messages("mentions") == []
    stranger = await refusal(api.chat_postEphemeral(channel="C0MENTIONS", user="U0NOBODY", text="t"))
    assert stranger["error"] == "user_not_in_channel"


async def test_history_is_newest_first_in_pages_without_replies(slack, api):
    posted = [(await api.chat_postMessage(channel="C0MENTIONS", text=str(number)))["ts"] for number in range(5)]
    await api.chat_postMessage(channel="C0MENTIONS", text="reply", thread_ts=posted[0])

    first = await api.conversations_history(channel="C0MENTIONS", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = await api.conversations_history(channel="C0MENTIONS", limit=3, cursor=cursor)

    assert [message["text"] for message in first["messages"]] == ["4", "3", "2"]
    assert [message["text"] for message in second["messages"]] == ["1", "0"]
    assert (first["has_more"], second["has_more"]) == (True, False)
    assert second["messages"][-1]["reply_count"] == 1


async def test_history_ends_belong_to_it_only_when_inclusive(slack, api):
    posted = [(await api.chat_postMessage(channel="C0MENTIONS", text=str(number)))["ts"] for number in range(4)]
    between = {"channel": "C0MENTIONS", "oldest": posted[0], "latest": posted[3]}

    open_ends = await api.conversations_history(**between)
    closed_ends = await api.conversations_history(**between, inclusive=True)

    assert [message["text"] for message in open_ends["messages"]] == ["2", "1"]
    assert [message["text"] for message in closed_ends["messages"]] == ["3", "2", "1", "0"]


async def test_replies_begin_with_their_parent(slack, api):
    parent = (await api.chat_postMessage(channel="C0MENTIONS", text="parent"))["ts"]
    for number in range(2):
        await api.chat_postMessage(channel="C0MENTIONS", text=str(number), thread_ts=parent)

    answer = await api.conversations_replies(channel="C0MENTIONS", ts=parent)

    assert [message["text"] for message in answer["messages"]] == ["parent", "0", "1"]
    assert {message["thread_ts"] for message in answer["messages"]} == {parent}


async def test_metadata_is_returned_only_when_asked_for(slack, api):
    metadata = {"event_type": "card", "event_payload": {"subject_id": "7"}}
    await api.chat_postMessage(channel="C0MENTIONS", text="t", metadata=metadata)

    plain = await api.conversations_history(channel="C0MENTIONS")
    full = await api.conversations_history(channel="C0MENTIONS", include_all_metadata=True)

    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_history_of_a_channel_the_bot_is_not_in_is_refused(slack, api):
    assert await error_of(api.conversations_history(channel="C0GENERAL")) == "not_in_channel"


async def test_channels_and_people_can_be_looked_up(slack, api):
    listed = await api.conversations_list(limit=2)
    info = await api.conversations_info(channel="C0GENERAL")
    members = await api.conversations_members(channel="C0MENTIONS")
    user = await api.users_info(user="U0MAYA")

    assert [channel["name"] for channel in listed["channels"]] == ["mentions", "general"]
    assert listed["response_metadata"]["next_cursor"]
    assert info["channel"]["is_member"] is False
    assert "U0TWOEARS" in members["members"]
    assert user["user"]["profile"]["display_name"] == "maya"
    assert await error_of(api.users_info(user="U0NOBODY")) == "user_not_found"


async def test_a_permalink_names_channel_and_message(slack, api):
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="t")

    answer = await api.chat_getPermalink(channel="C0MENTIONS", message_ts=posted["ts"])

    assert answer["permalink"] == f"{slack.url}archives/C0MENTIONS/p{posted['ts'].replace('.', '')}"


async def test_a_trigger_opens_one_view(slack, api):
    trigger_id = slack.slack.triggers.issue("U0MAYA")
    await api.views_open(trigger_id=trigger_id, view=a_modal())

    again = await refusal(api.views_open(trigger_id=trigger_id, view=a_modal()))
    made_up = await refusal(api.views_open(trigger_id="1.2.x", view=a_modal()))

    assert again["error"] == "exchanged_trigger_id"
    assert made_up["error"] == "invalid_trigger_id"


async def test_a_trigger_that_was_left_lying_about_has_expired(bare_api):
    async with start_sandbox(trigger_seconds=-1) as slack:
        api = bare_api(slack)
        trigger_id = slack.slack.triggers.issue("U0MAYA")

        answer = await refusal(api.views_open(trigger_id=trigger_id, view=a_modal()))

    assert answer["error"] == "expired_trigger_id"


async def test_a_view_is_updated_only_from_the_version_that_was_seen(slack, api):
    opened = (await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal()))["view"]
    await api.views_update(view_id=opened["id"], hash=opened["hash"], view=a_modal(callback_id="second"))

    late = await refusal(api.views_update(view_id=opened["id"], hash=opened["hash"], view=a_modal()))
    closed = await refusal(api.views_update(view_id="V0GONE", view=a_modal()))

    assert (late["error"], closed["error"]) == ("hash_conflict", "not_found")
    assert slack.view("maya")["callback_id"] == "second"


async def test_a_fourth_modal_is_one_too_many(slack, api):
    for _ in range(3):
        opened = await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal())

    trigger_id = slack.slack.triggers.issue("U0MAYA", view_id=opened["view"]["id"])
    answer = await refusal(api.views_push(trigger_id=trigger_id, view=a_modal()))

    assert answer["error"] == "push_limit_reached"


async def test_the_manifest_names_the_app_and_its_commands():
    async with start_sandbox(manifest=MANIFEST) as slack:
        app = slack.slack.app

    assert (app.name, app.bot_user) == ("Small", "U0SMALL")
    assert [command.usage_hint for command in app.commands] == ["[words]"]
