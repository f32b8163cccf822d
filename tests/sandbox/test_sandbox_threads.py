"""A reply stands in the thread of a message that is there, whoever writes it and however."""

import pytest
from calls import error_of, through_response_url


@pytest.mark.parametrize("thread_ts", ["1.2", "nonsense"])
async def test_an_ephemeral_message_stands_in_no_thread_that_is_not_there(slack, api, thread_ts):
    error = await error_of(api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="psst", thread_ts=thread_ts))

    assert error == "thread_not_found"
    assert slack.ephemerals("sam") == []


async def test_an_ephemeral_reply_to_a_reply_stands_in_the_same_thread(slack, api):
    first = await slack.say("first", by="maya", channel="mentions")
    reply = await slack.say("reply", by="sam", channel="mentions", thread_of=first)
    await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="psst", thread_ts=reply["ts"])

    assert slack.ephemerals("sam")[0]["thread_ts"] == first["ts"]


@pytest.mark.parametrize("response_type", ["ephemeral", "in_channel"])
async def test_a_response_url_answers_in_no_thread_that_is_not_there(slack, response_type):
    answered = await through_response_url(slack, text="t", thread_ts="1.2", response_type=response_type)

    assert answered == (400, "thread_not_found")
    assert (slack.messages("mentions"), slack.ephemerals("maya")) == ([], [])


async def test_a_response_url_answers_in_the_thread_it_names(slack):
    first = await slack.say("first", by="maya", channel="mentions")
    reply = await slack.say("reply", by="sam", channel="mentions", thread_of=first)
    answered = await through_response_url(slack, text="t", thread_ts=reply["ts"], response_type="in_channel")

    assert answered == (200, "ok")
    assert [one["text"] for one in slack.replies(first)] == ["reply", "t"]


async def test_a_persons_reply_to_a_reply_stands_in_the_same_thread(slack):
    first = await slack.say("first", by="maya", channel="mentions")
    reply = await slack.say("reply", by="sam", channel="mentions", thread_of=first)
    await slack.say("and another", by="priya", channel="mentions", thread_of=reply)

    assert [one["text"] for one in slack.replies(first)] == ["reply", "and another"]
    assert [one["parent_user_id"] for one in slack.replies(first)] == ["U0MAYA", "U0MAYA"]
    assert "reply_count" not in slack.current(reply)
    assert slack.current(first)["reply_count"] == 2
