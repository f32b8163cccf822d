"""Blocks are judged wherever an app may show some, and what is shown may be changed only by the rules."""

import pytest
from calls import refusal, respond, through_response_url
from shapes import a_button, a_modal, a_section

BAD = [{"type": "header"}]
SAID = "missing required field: text"
PRESSABLE = [{"type": "actions", "block_id": "b1", "elements": [a_button("Press", "press")]}]


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "chat.postEphemeral", "blocks.validate"])
async def test_no_method_shows_blocks_that_slack_would_not(slack, api, method):
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="first")
    sent = {"channel": "C0MENTIONS", "user": "U0MAYA", "ts": posted["ts"], "text": "t", "blocks": BAD}
    answer = await refusal(api.api_call(method, json=sent))

    assert (answer["error"], answer["errors"]) == ("invalid_blocks", [f"{SAID} [json-pointer:/blocks/0]"])
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {SAID} [json-pointer:/blocks/0]"]
    assert [one["text"] for one in slack.messages("mentions")] == ["first"]


@pytest.mark.parametrize("method", ["views.open", "views.push", "views.update", "views.publish"])
async def test_no_method_shows_a_view_that_slack_would_not(slack, api, method):
    issue = slack.slack.triggers.issue
    opened = (await api.views_open(trigger_id=issue("U0MAYA"), view=a_modal()))["view"]
    view = {"type": "home", "blocks": BAD} if method == "views.publish" else a_modal(*BAD)
    sent = {"trigger_id": issue("U0MAYA", view_id=opened["id"]), "view_id": opened["id"], "user_id": "U0MAYA"}
    answer = await refusal(api.api_call(method, json={**sent, "view": view}))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {SAID} [json-pointer:/view/blocks/0]"]
    assert (slack.view("maya"), slack.home("maya")) == (opened, None)


async def test_a_response_url_shows_no_blocks_that_slack_would_not(slack):
    answered = await through_response_url(slack, text="t", blocks=BAD)

    assert answered == (400, "invalid_blocks")


async def test_a_message_that_is_too_long_as_a_whole_is_refused(api):
    blocks = [a_section("x" * 2_900)] * 4

    answer = await refusal(api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=blocks))

    assert answer["error"] == "msg_blocks_too_long"


async def test_blocks_without_a_text_are_shown_and_told_of(slack, api, caplog):
    await api.api_call("chat.postMessage", json={"channel": "C0MENTIONS", "blocks": PRESSABLE})

    assert len(slack.messages("mentions")) == 1
    assert "missing text" in caplog.text


async def test_only_an_interaction_in_a_modal_pushes_another_one(slack, api):
    answer = await refusal(api.views_push(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal()))

    assert answer["error"] == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("answer", "left"),
    [({"replace_original": True, "text": "new"}, ["new"]), ({"delete_original": True}, [])],
    ids=["replaced", "deleted"],
)
async def test_a_response_url_replaces_and_deletes_the_message_that_was_pressed(
    slack, bolt, api, connected, answer, left
):
    @bolt.action("press")
    async def pressed(ack, body):
        await ack()
        status, _ = await respond(body["response_url"], **answer)
        assert status == 200

    async with connected(bolt):
        await api.chat_postMessage(channel="C0MENTIONS", text="old", blocks=PRESSABLE)
        (message,) = slack.messages("mentions")
        await slack.click("Press", on=message, by="maya")

    assert [one["text"] for one in slack.messages("mentions")] == left
    assert all("blocks" not in one for one in slack.messages("mentions"))


async def test_a_message_of_its_own_that_is_deleted_comes_back_as_an_event(slack, bolt, api, connected):
    def told():
        events = [one["detail"]["request"]["event"] for one in slack.inspector.calls if one["kind"] == "event"]
        return [event for event in events if event.get("subtype") == "message_deleted"]

    async with connected(bolt):
        posted = await api.chat_postMessage(channel="C0MENTIONS", text="mine")
        await api.chat_delete(channel="C0MENTIONS", ts=posted["ts"])
        (event,) = await slack.wait_for(told)

    assert (event["deleted_ts"], event["previous_message"]["text"]) == (posted["ts"], "mine")


async def test_replies_come_with_metadata_only_when_asked_for(api):
    metadata = {"event_type": "note", "event_payload": {"id": "1"}}
    parent = await api.chat_postMessage(channel="C0MENTIONS", text="parent", metadata=metadata)
    await api.chat_postMessage(channel="C0MENTIONS", text="reply", thread_ts=parent["ts"], metadata=metadata)
    where = {"channel": "C0MENTIONS", "ts": parent["ts"]}

    plain, full = [await api.conversations_replies(**where, include_all_metadata=asked) for asked in (False, True)]

    assert [one.get("metadata") for one in plain["messages"]] == [None, None]
    assert [one.get("metadata") for one in full["messages"]] == [metadata, metadata]


@pytest.mark.parametrize(("inclusive", "expected"), [(False, ["1", "2"]), (True, ["0", "1", "2", "3"])])
async def test_replies_come_from_between_oldest_and_latest_after_their_parent(api, inclusive, expected):
    parent = (await api.chat_postMessage(channel="C0MENTIONS", text="parent"))["ts"]
    ts = [
        (await api.chat_postMessage(channel="C0MENTIONS", text=str(number), thread_ts=parent))["ts"]
        for number in range(4)
    ]
    between = {"oldest": ts[0], "latest": ts[3], "inclusive": inclusive}

    answer = await api.conversations_replies(channel="C0MENTIONS", ts=parent, **between)

    assert [one["text"] for one in answer["messages"]] == ["parent", *expected]
