"""Socket Mode as the app's side sees it: envelopes, acknowledgements, retries and lost sockets."""

import asyncio
import contextlib
import itertools
import json
import time

import aiohttp
import pytest
from calls import a_socket, acknowledge, next_envelope, socket_address

from sandbox.server import start_sandbox


@pytest.fixture
async def quick():
    """A sandbox that waits 0.1 s for an acknowledgement instead of 3 s, and whose minutes are 6 ms."""
    async with start_sandbox(ack_seconds=0.1, time_factor=0.0001) as sandbox:
        yield sandbox


async def test_a_socket_is_greeted_with_how_many_there_are(slack):
    async with a_socket(slack) as first, a_socket(slack) as second:
        assert first.hello["connection_info"] == {"app_id": "A0SANDBOX"}
        assert (first.hello["num_connections"], second.hello["num_connections"]) == (1, 2)


async def test_an_address_opens_one_socket_only(slack):
    url = await socket_address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_eleventh_socket_is_turned_away(slack):
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(10):
            await stack.enter_async_context(a_socket(slack))
        eleventh = await stack.enter_async_context(a_socket(slack))

        assert eleventh.hello == {"type": "disconnect", "reason": "too_many_websockets"}


async def test_each_envelope_goes_to_one_of_the_sockets_in_turn(slack):
    async with a_socket(slack) as first, a_socket(slack) as second:
        for text in ("one", "two"):
            await slack.say(text, by="maya", channel="mentions")
        envelopes = [await next_envelope(first), await next_envelope(second)]
        for socket, envelope in zip((first, second), envelopes, strict=True):
            await acknowledge(socket, envelope)

    assert {envelope["payload"]["event"]["text"] for envelope in envelopes} == {"one", "two"}


async def test_an_event_carries_what_an_app_needs_to_know_it_again(slack):
    async with a_socket(slack) as socket:
        said = await slack.say("hello", by="maya", channel="mentions")
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)

    payload = envelope["payload"]
    assert (envelope["type"], payload["type"]) == ("events_api", "event_callback")
    assert payload["event"]["ts"] == said["ts"]
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == "U0TWOEARS"
    assert (payload["team_id"], payload["api_app_id"]) == ("T0SANDBOX", "A0SANDBOX")


async def test_the_bots_own_messages_come_back_as_events(slack, api):
    async with a_socket(slack) as socket:
        posted = await api.chat_postMessage(channel="C0MENTIONS", text="mine")
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)
        await api.chat_update(channel="C0MENTIONS", ts=posted["ts"], text="changed")
        change = await next_envelope(socket)
        await acknowledge(socket, change)

    assert envelope["payload"]["event"]["bot_id"] == "B0SANDBOX"
    assert change["payload"]["event"]["subtype"] == "message_changed"
    assert change["payload"]["event"]["previous_message"]["text"] == "mine"


async def test_an_event_nobody_acknowledges_is_sent_four_times_and_then_given_up(quick):
    async with a_socket(quick) as socket:
        await quick.say("hello?", by="maya", channel="mentions")
        envelopes = [await next_envelope(socket) for _ in range(4)]
        await quick.wait_for(lambda: any(call["kind"] == "refusal" for call in quick.inspector.calls))

    assert [envelope["retry_attempt"] for envelope in envelopes] == [0, 1, 2, 3]
    assert [envelope["retry_reason"] for envelope in envelopes] == ["", "timeout", "timeout", "timeout"]
    assert len({envelope["payload"]["event_id"] for envelope in envelopes}) == 1


async def test_an_acknowledged_event_is_not_sent_again(quick):
    async with a_socket(quick) as socket:
        await quick.say("hello", by="maya", channel="mentions")
        await acknowledge(socket, await next_envelope(socket))
        await quick.say("second", by="maya", channel="mentions")
        second = await next_envelope(socket)
        await acknowledge(socket, second)

    assert second["payload"]["event"]["text"] == "second"


async def test_an_event_waits_for_a_socket(slack):
    await slack.say("while you were away", by="maya", channel="mentions")

    async with a_socket(slack) as socket:
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)

    assert envelope["payload"]["event"]["text"] == "while you were away"


async def test_a_command_fails_at_once_while_no_socket_is_open(slack):
    outcome = await slack.command("/ears status", by="maya", channel="mentions")

    assert (outcome.ok, outcome.error) == (False, "dispatch_failed")
    assert outcome.text == "/ears failed because the app did not respond"


async def test_a_command_nobody_acknowledges_fails_in_time_and_is_not_sent_again(quick):
    async with a_socket(quick) as socket:
        outcome = await quick.command("/ears status", by="maya", channel="mentions")
        first = await next_envelope(socket)
        await acknowledge(socket, first)
        await quick.say("next", by="maya", channel="mentions")
        following = await next_envelope(socket)
        await acknowledge(socket, following)

    assert outcome.error == "operation_timeout"
    assert (first["type"], following["type"]) == ("slash_commands", "events_api")


async def test_an_unknown_command_is_slackbots_business(slack):
    outcome = await slack.command("/nose status", by="maya", channel="mentions")

    assert outcome.text == "/nose is not a valid command."


async def test_pings_are_answered_and_sent():
    async with start_sandbox(ping_seconds=0.05) as slack, a_socket(slack, autoping=False) as socket:
        await socket.ping(b"are you there")
        frames = [await socket.receive(timeout=5) for _ in range(2)]

    assert {(frame.type, bytes(frame.data)) for frame in frames} == {
        (aiohttp.WSMsgType.PONG, b"are you there"),
        (aiohttp.WSMsgType.PING, b"Ping from the sandbox"),
    }


async def test_a_half_open_socket_answers_nothing(slack):
    async with a_socket(slack, autoping=False) as socket:
        slack.slack.sockets.half_open = True
        await socket.ping(b"are you there")

        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.2)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
@pytest.mark.parametrize("how", ["switch", "freeze"])
async def test_not_even_a_disconnect_frame_goes_through_a_half_open_line(slack, reason, how):
    async with a_socket(slack) as socket:
        if how == "switch":
            slack.slack.sockets.half_open = True
        else:
            slack.slack.sockets.freeze()
        await slack.slack.sockets.disconnect(reason)

        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.2)


async def test_nobody_is_greeted_on_a_line_that_is_half_open_from_the_start(slack):
    slack.slack.sockets.half_open = True
    url = await socket_address(slack)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await slack.wait_for(lambda: slack.slack.sockets.count == 1)
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.2)

    assert "hello" not in [call["title"] for call in slack.inspector.calls]


async def test_a_warning_closes_nothing(slack):
    async with a_socket(slack) as socket:
        await slack.slack.sockets.disconnect("warning")
        frame = await next_envelope(socket)
        await slack.say("still here", by="maya", channel="mentions")
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)

    assert (frame["type"], frame["reason"]) == ("disconnect", "warning")
    assert envelope["payload"]["event"]["text"] == "still here"


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_disconnect_frame_gives_its_reason_and_closes(slack, reason):
    async with a_socket(slack) as socket, aiohttp.ClientSession() as session:
        order = {"reason": reason}
        async with session.post(f"{slack.url}admin/disconnect", json=order) as response:
            await response.read()
        frame = await next_envelope(socket)
        end = await socket.receive(timeout=5)

    assert (frame["type"], frame["reason"]) == ("disconnect", reason)
    assert end.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


async def test_nonsense_from_the_app_is_refused_and_does_no_harm(slack, caplog):
    async with a_socket(slack) as socket:
        for nonsense in ("hello", "[]", "{}", json.dumps({"envelope_id": "unknown"})):
            await socket.send_str(nonsense)
        await slack.say("still here", by="maya", channel="mentions")
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)

    assert envelope["payload"]["event"]["text"] == "still here"
    assert sum(call["kind"] == "refusal" for call in slack.inspector.calls) == 4


async def test_an_event_that_nobody_could_hear_comes_as_a_retry(slack):
    await slack.say("while you were away", by="maya", channel="mentions")

    async with a_socket(slack) as socket:
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)

    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (1, "timeout")


async def test_retries_keep_slacks_schedule_times_a_factor():
    moments = []
    async with start_sandbox(ack_seconds=0.02, time_factor=0.001) as slack, a_socket(slack) as socket:
        await slack.say("hello?", by="maya", channel="mentions")
        for _ in range(4):
            await next_envelope(socket)
            moments.append(time.monotonic())

    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert pauses[1] >= 0.06
    assert pauses[2] >= 0.3


async def test_a_lost_acknowledgement_brings_the_same_event_again(quick):
    quick.slack.sockets.lose_acks = 1
    async with a_socket(quick) as socket:
        await quick.say("hello", by="maya", channel="mentions")
        envelopes = []
        for _ in range(2):
            envelopes.append(await next_envelope(socket))
            await acknowledge(socket, envelopes[-1])
        await quick.wait_for(lambda: any(call["kind"] == "event" and call["ok"] for call in quick.inspector.calls))

    assert [envelope["retry_attempt"] for envelope in envelopes] == [0, 1]
    assert len({envelope["payload"]["event_id"] for envelope in envelopes}) == 1


async def test_a_lost_envelope_leaves_the_retry_as_the_only_delivery(quick):
    quick.slack.sockets.lose_envelopes = 1
    async with a_socket(quick) as socket:
        await quick.say("hello", by="maya", channel="mentions")
        envelope = await next_envelope(socket)
        await acknowledge(socket, envelope)

    assert envelope["retry_attempt"] == 1


@pytest.mark.parametrize("kind", ["events_api", "slash_commands"])
async def test_the_same_envelope_may_come_twice(slack, kind):
    async with a_socket(slack) as socket, asyncio.TaskGroup() as group:
        if kind == "events_api":
            await slack.say("hello", by="maya", channel="mentions")
        else:
            group.create_task(slack.command("/ears", by="maya", channel="mentions", patience=0))
        first = await next_envelope(socket)
        await acknowledge(socket, first)
        await slack.wait_for(lambda: slack.inspector.calls[0]["ok"])
        await slack.slack.sockets.send_again(kind)
        second = await next_envelope(socket)
        await acknowledge(socket, second)

    assert first == second
    assert not [call for call in slack.inspector.calls if call["kind"] == "refusal"]


async def test_a_server_that_never_pongs_still_delivers(slack):
    slack.slack.sockets.never_pong = True
    async with a_socket(slack, autoping=False) as socket:
        await socket.ping(b"are you there")
        await slack.say("yes and no", by="maya", channel="mentions")
        frame = await socket.receive(timeout=5)

    assert frame.type == aiohttp.WSMsgType.TEXT


async def test_frozen_sockets_stay_dead_and_new_ones_work(quick):
    async with a_socket(quick) as old:
        quick.slack.sockets.freeze()
        async with a_socket(quick) as new:
            await quick.say("anybody?", by="maya", channel="mentions")
            envelope = await next_envelope(new)
            await acknowledge(new, envelope)
            with pytest.raises(TimeoutError):
                await old.receive(timeout=0.2)

    assert envelope["payload"]["event"]["text"] == "anybody?"


async def test_the_connection_is_disturbed_over_http_too(slack):
    async with aiohttp.ClientSession() as session:

        async def order(path, body):
            async with session.post(f"{slack.url}admin/{path}", json=body) as response:
                return (await response.json())["ok"]

        done = [
            await order("half_open", {}),
            await order("never_pong", {"on": True}),
            await order("lose", {"envelopes": 1, "acks": 2}),
            await order("time", {"factor": 0.5}),
        ]
        refused = [
            await order("disconnect", {"reason": "because"}),
            await order("again", {}),
            await order("time", {"factor": 0}),
        ]
        async with session.get(f"{slack.url}admin/connection") as response:
            shown = await response.json()

    assert (done, refused) == ([True] * 4, [False] * 3)
    assert shown == shown | {"half_open": True, "never_pong": True, "lose": {"envelopes": 1, "acks": 2}}
    assert (shown["time_factor"], shown["connected"]) == (0.5, False)
