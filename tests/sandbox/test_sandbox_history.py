"""History and replies as they are documented, and on the days on which they tell less."""

import pytest
from calls import refusal
from slack_sdk.errors import SlackApiError

from sandbox.server import start_sandbox

HISTORY = "conversations.history"
REPLIES = "conversations.replies"


async def some_messages(api, count, **more):
    for number in range(count):
        await api.chat_postMessage(channel="C0MENTIONS", text=str(number), **more)


def texts(answer):
    return [message["text"] for message in answer["messages"]]


async def test_a_cursor_goes_on_where_the_page_ended_whatever_comes_meanwhile(api):
    await some_messages(api, 5)
    first = await api.conversations_history(channel="C0MENTIONS", limit=2)
    await api.chat_postMessage(channel="C0MENTIONS", text="meanwhile")
    pages = [first]
    while cursor := pages[-1]["response_metadata"]["next_cursor"]:
        pages.append(await api.conversations_history(channel="C0MENTIONS", limit=2, cursor=cursor))

    assert [texts(page) for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    assert [page["has_more"] for page in pages] == [True, True, False]


async def test_replies_come_in_pages_after_their_parent(api):
    parent = (await api.chat_postMessage(channel="C0MENTIONS", text="parent"))["ts"]
    await some_messages(api, 3, thread_ts=parent)

    first = await api.conversations_replies(channel="C0MENTIONS", ts=parent, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await api.conversations_replies(channel="C0MENTIONS", ts=parent, limit=2, cursor=cursor)

    assert (texts(first), first["has_more"]) == (["parent", "0"], True)
    assert (texts(second), second["has_more"]) == (["1", "2"], False)


@pytest.mark.parametrize("cursor", ["nonsense", "bmV4dDox"])
async def test_a_made_up_cursor_is_refused(api, cursor):
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        await api.conversations_history(channel="C0MENTIONS", cursor=cursor)


async def test_the_newest_message_of_a_range_comes_first_and_the_rest_behind_a_cursor(api):
    posted = [(await api.chat_postMessage(channel="C0MENTIONS", text=str(number)))["ts"] for number in range(4)]

    answer = await api.conversations_history(channel="C0MENTIONS", oldest=posted[0], limit=2)

    assert (texts(answer), answer["has_more"]) == (["3", "2"], True)


@pytest.mark.parametrize("method", [HISTORY, REPLIES])
async def test_a_message_shows_up_late(slack, api, method):
    parent = (await api.chat_postMessage(channel="C0MENTIONS", text="parent"))["ts"]
    slack.faults.add(method, "late_history", times=None, seconds=0.3)

    async def read():
        if method == HISTORY:
            return texts(await api.conversations_history(channel="C0MENTIONS"))
        try:
            return texts(await api.conversations_replies(channel="C0MENTIONS", ts=parent))
        except SlackApiError as error:
            return error.response["error"]

    early = await read()
    await slack.wait_for(lambda: slack.workspace.age(parent) > 0.3)
    late = await read()

    assert early in ([], "thread_not_found")
    assert late == ["parent"]


async def test_late_and_without_metadata_at_once(slack, api):
    metadata = {"event_type": "card", "event_payload": {}}
    posted = (await api.chat_postMessage(channel="C0MENTIONS", text="t", metadata=metadata))["ts"]
    slack.faults.add(HISTORY, "late_history", times=None, seconds=0.2)
    slack.faults.add(HISTORY, "history_without_metadata", times=2)

    early = await api.conversations_history(channel="C0MENTIONS", include_all_metadata=True)
    await slack.wait_for(lambda: slack.workspace.age(posted) > 0.2)
    bare = await api.conversations_history(channel="C0MENTIONS", include_all_metadata=True)
    full = await api.conversations_history(channel="C0MENTIONS", include_all_metadata=True)

    assert early["messages"] == []
    assert "metadata" not in bare["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


@pytest.mark.parametrize("method", [HISTORY, REPLIES])
async def test_outside_the_marketplace_there_are_fifteen_messages_a_minute(method, bare_api):
    async with start_sandbox(time_factor=0.005) as slack:
        api = bare_api(slack)
        parent = (await api.chat_postMessage(channel="C0MENTIONS", text="parent"))["ts"]
        await some_messages(api, 20, **({"thread_ts": parent} if method == REPLIES else {}))
        slack.faults.add(method, "non_marketplace")
        arguments = {"channel": "C0MENTIONS", "limit": 100, **({"ts": parent} if method == REPLIES else {})}

        first = await api.api_call(method, params=arguments)
        answer = await refusal(api.api_call(method, params=arguments))
        posted = await api.chat_postMessage(channel="C0MENTIONS", text="later")
        await slack.wait_for(lambda: slack.workspace.age(posted["ts"]) > 60 * 0.005)
        after_a_minute = await api.api_call(method, params=arguments)

    assert (len(first["messages"]), first["has_more"]) == (15, True)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert len(after_a_minute["messages"]) == 15
