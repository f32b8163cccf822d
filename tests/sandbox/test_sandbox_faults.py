"""Faults happen to the calls they were ordered for, and to no other."""

import aiohttp
import pytest
from calls import error_of, refusal

POST = "chat.postMessage"


async def test_a_rate_limited_call_does_nothing_and_says_when_to_come_back(slack, api):
    slack.faults.add(POST, "rate_limited", seconds=7)

    answer = await refusal(api.chat_postMessage(channel="C0MENTIONS", text="t"))
    await api.chat_postMessage(channel="C0MENTIONS", text="again")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "7"
    assert [message["text"] for message in slack.messages("mentions")] == ["again"]


@pytest.mark.parametrize(("kind", "posted"), [("drop_after_write", 1), ("drop_before_write", 0)])
async def test_a_dropped_connection_leaves_the_caller_in_doubt(slack, api, kind, posted):
    slack.faults.add(POST, kind)

    with pytest.raises(aiohttp.ClientError):
        await api.chat_postMessage(channel="C0MENTIONS", text="t")

    assert len(slack.messages("mentions")) == posted
    assert slack.inspector.calls[0]["ok"] is False


async def test_a_server_error_is_a_500_and_happens_as_often_as_ordered(slack):
    slack.faults.add("auth.test", "server_error", times=2)
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    statuses = []
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(3):
            async with session.post(f"{slack.api_url}auth.test") as response:
                statuses.append(response.status)

    assert statuses == [500, 500, 200]


async def test_a_slow_answer_comes_late(slack, api):
    slack.faults.add("auth.test", "slow", seconds=30)
    api.timeout = 0.2

    with pytest.raises(TimeoutError):
        await api.auth_test()


async def test_history_may_come_without_its_metadata(slack, api):
    metadata = {"event_type": "card", "event_payload": {}}
    await api.chat_postMessage(channel="C0MENTIONS", text="t", metadata=metadata)
    slack.faults.add("conversations.history", "history_without_metadata")

    first = await api.conversations_history(channel="C0MENTIONS", include_all_metadata=True)
    second = await api.conversations_history(channel="C0MENTIONS", include_all_metadata=True)

    assert "metadata" not in first["messages"][0]
    assert second["messages"][0]["metadata"] == metadata


async def test_slacks_own_pace_for_messages_can_be_switched_on(slack, api):
    slack.faults.add(POST, "one_message_a_second")
    await api.chat_postMessage(channel="C0MENTIONS", text="t")

    error = await error_of(api.chat_postMessage(channel="C0MENTIONS", text="at once"))

    assert error == "ratelimited"
