"""What tests and the page order over HTTP: faults, lost connections, scopes, channels, a fresh start."""

import asyncio
import contextlib

import aiohttp
import pytest
from calls import a_socket, error_of, next_envelope, respond
from shapes import a_modal
from slack_sdk.errors import SlackApiError

POST = "chat.postMessage"


@pytest.fixture
async def admin(slack):
    """Call with a path under /admin, and a body to post or a method."""
    async with aiohttp.ClientSession() as session:

        async def call(path, body=None, method=None):
            wanted = method or ("GET" if body is None else "POST")
            async with session.request(wanted, f"{slack.url}admin/{path}", json=body) as response:
                return await response.json()

        yield call


async def test_the_controls_list_themselves(slack):
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}admin") as response:
        listed = (await response.json())["controls"]

    assert {"POST /admin/faults", "POST /admin/reset", "GET /admin/connection"} <= {
        f"{one['method']} {one['path']}" for one in listed
    }
    assert all(one["does"].endswith(".") and one["takes"] for one in listed)


async def test_every_kind_of_fault_is_offered_with_a_sentence(admin):
    shown = await admin("faults")

    assert [one["kind"] for one in shown["kinds"]] == [
        "rate_limited",
        "server_error",
        "drop_before_write",
        "drop_after_write",
        "slow",
        "invalid_auth",
        "history_without_metadata",
        "late_history",
        "non_marketplace",
        "one_message_a_second",
        "expired_socket_url",
    ]
    assert all(one["sentence"].endswith(".") for one in shown["kinds"])
    assert {"*", POST, "conversations.history"} <= set(shown["methods"])
    assert shown["armed"] == []


async def test_a_fault_is_armed_shown_and_disarmed_alone(admin, api):
    first = (await admin("faults", {"method": POST, "kind": "server_error", "times": 2}))["fault"]
    second = (await admin("faults", {"method": "*", "kind": "slow", "times": None, "seconds": 0.01}))["fault"]
    armed = (await admin("faults"))["armed"]
    await admin("faults", {"id": first["id"]}, method="DELETE")
    left = (await admin("faults"))["armed"]

    assert armed == [
        {"id": first["id"], "method": POST, "kind": "server_error", "times": 2, "seconds": 1.0},
        {"id": second["id"], "method": "*", "kind": "slow", "times": None, "seconds": 0.01},
    ]
    assert left == [second]
    await admin("faults", method="DELETE")
    assert (await admin("faults"))["armed"] == []
    assert (await api.chat_postMessage(channel="C0MENTIONS", text="t"))["ok"]


async def test_a_fault_that_was_met_meanwhile_is_disarmed_without_a_complaint(admin, api):
    armed = (await admin("faults", {"method": POST, "kind": "server_error"}))["fault"]
    with pytest.raises(SlackApiError):
        await api.chat_postMessage(channel="C0MENTIONS", text="t")

    for _ in range(2):
        assert await admin("faults", {"id": armed["id"]}, method="DELETE") == {"ok": True}
    never = await admin("faults", {"id": armed["id"] + 1}, method="DELETE")
    assert (never["ok"], never["error"]) == (False, f"no fault {armed['id'] + 1} was ever armed")


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"method": POST, "kind": "gremlins"}, "gremlins"),
        ({"method": "chat.whisper", "kind": "slow"}, "no method chat.whisper"),
        ({"method": POST, "kind": "late_history"}, "happens to conversations.history and conversations.replies only"),
        ({"method": POST, "kind": "slow", "times": 0}, "times must be 1 or more"),
        ({"method": POST}, "missing: kind"),
        ([], "must be a JSON object"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused_in_words(admin, order, said):
    answer = await admin("faults", order)

    assert answer["ok"] is False
    assert said in answer["error"]


async def test_a_token_is_refused_from_now_on_until_the_fault_is_taken_away(slack, api):
    fault = slack.faults.add("*", "invalid_auth")
    refused = [
        await error_of(api.auth_test()),
        await error_of(api.chat_postMessage(channel="C0MENTIONS", text="t")),
    ]
    slack.faults.disarm(fault.id)

    assert refused == ["invalid_auth", "invalid_auth"]
    assert (await api.auth_test())["ok"]


async def test_an_address_of_a_socket_may_have_expired(slack):
    slack.faults.add("apps.connections.open", "expired_socket_url")
    opened = []
    for _ in range(2):
        with contextlib.suppress(aiohttp.WSServerHandshakeError):
            async with a_socket(slack) as socket:
                opened.append(socket.hello["type"])

    assert opened == ["hello"]


async def test_scopes_change_while_the_app_runs(admin, api):
    await admin("scopes", {"remove": ["channels:read"]})
    refused = await error_of(api.conversations_list())
    granted = await admin("scopes", {"add": ["channels:read", "im:write"]})

    assert refused == "missing_scope"
    assert {"channels:read", "im:write", "chat:write"} <= set(granted["scopes"])
    assert (await api.conversations_list())["ok"]


async def test_an_archived_channel_is_read_only_until_it_is_opened_again(slack, admin, api):
    await admin("archive", {"channel": "mentions"})
    posting = await error_of(api.chat_postMessage(channel="C0MENTIONS", text="t"))
    with pytest.raises(Exception, match="is_archived"):
        await slack.say("t", by="maya", channel="mentions")
    again = await admin("archive", {"channel": "mentions"})
    await admin("archive", {"channel": "mentions", "on": False})

    assert (posting, again["error"]) == ("is_archived", "already_archived")
    assert (await api.chat_postMessage(channel="C0MENTIONS", text="t"))["ok"]


async def test_a_bot_that_was_kicked_out_may_not_write_there(admin, api):
    await admin("kick", {"channel": "mentions"})

    assert await error_of(api.chat_postMessage(channel="C0MENTIONS", text="t")) == "not_in_channel"
    assert (await admin("kick", {"channel": "mentions"}))["error"] == "not_in_channel"


async def test_a_channel_keeps_its_id_under_another_name(slack, admin, api):
    await admin("rename", {"channel": "mentions", "name": "voices"})

    assert (await api.conversations_info(channel="C0MENTIONS"))["channel"]["name"] == "voices"
    assert (await admin("rename", {"channel": "voices", "name": "general"}))["error"] == "name_taken"
    assert (await admin("rename", {"channel": "voices", "name": "Loud Voices"}))["error"] == "invalid_name"
    assert slack.channel("voices").id == "C0MENTIONS"


async def test_the_world_begins_again(slack, admin, api):
    await api.chat_postMessage(channel="C0MENTIONS", text="t")
    await api.views_publish(user_id="U0MAYA", view={"type": "home", "blocks": []})
    await admin("rename", {"channel": "mentions", "name": "voices"})
    await admin("scopes", {"scopes": []})
    slack.faults.add("*", "server_error", times=None)
    slack.slack.sockets.half_open = True

    await admin("reset", {})

    assert (await api.chat_postMessage(channel="mentions", text="first"))["ok"]
    assert [message["text"] for message in slack.messages("mentions")] == ["first"]
    assert slack.home("maya") is None
    assert not slack.slack.sockets.half_open


async def test_nothing_of_the_old_world_reaches_the_new_one(slack, admin, api):
    """An event that waits for a socket, a trigger, a response url, a message's pace, an envelope to send again."""
    await slack.say("of yesterday", by="maya", channel="mentions")
    trigger_id = slack.slack.triggers.issue("U0MAYA")
    url = slack.slack.responses.issue(user="U0MAYA", channel="C0MENTIONS")
    slack.faults.add(POST, "one_message_a_second")
    await api.chat_postMessage(channel="C0MENTIONS", text="of yesterday too")

    await admin("reset", {})
    slack.faults.add(POST, "one_message_a_second")
    await api.chat_postMessage(channel="C0MENTIONS", text="of today")
    refused = await error_of(api.views_open(trigger_id=trigger_id, view=a_modal()))
    _, answered = await respond(url, text="late")
    async with a_socket(slack) as socket:
        envelope = await next_envelope(socket)

    assert (refused, answered) == ("invalid_trigger_id", "expired_url")
    assert envelope["payload"]["event"]["text"] == "of today"
    assert slack.ephemerals("maya") == []


async def test_there_is_no_envelope_of_the_old_world_to_send_again(slack, admin, bolt, connected):
    async with connected(bolt):
        await slack.say("of yesterday", by="maya", channel="mentions")
        await slack.wait_for(lambda: any(one["kind"] == "event" for one in slack.inspector.calls))
        await admin("reset", {})

        assert (await admin("again", {}))["error"] == "no envelope events_api to send again"


async def test_an_answer_to_the_old_world_is_not_shown_in_the_new_one(slack, admin, bolt, connected):
    asked, go_on = asyncio.Event(), asyncio.Event()

    @bolt.command("/ears")
    async def answer(ack):
        asked.set()
        await go_on.wait()
        await ack(text="of yesterday", response_type="in_channel")

    async with connected(bolt), asyncio.TaskGroup() as group:
        typing = group.create_task(slack.command("/ears", by="maya", channel="mentions", patience=0))
        await asked.wait()
        await admin("reset", {})
        go_on.set()
        outcome = await typing

    assert (outcome.ok, outcome.error) == (False, "operation_timeout")
    assert slack.slack.workspace.all_messages() == []


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
@pytest.mark.parametrize("path", ["admin/reset", "ui/message", "admin"])
async def test_a_page_of_somebody_else_may_not_drive_the_sandbox(slack, headers, path):
    method = "GET" if path == "admin" else "POST"
    url = f"{slack.url}{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data="{}", headers=headers) as response,
    ):
        status = response.status

    assert status == 403
