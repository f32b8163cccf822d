"""The world survives a restart, and a story repeats from a seed."""

import asyncio
import json

import pytest
from calls import a_socket, acknowledge, next_envelope
from shapes import plain

from sandbox.server import start_sandbox

BUTTON = {"type": "button", "text": plain("Press")}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]
VIEW = {"type": "modal", "title": plain("T"), "blocks": BLOCKS}


async def a_story(slack, api):
    """Some of everything; returns what came back."""
    said = await slack.say("hello", by="maya", channel="mentions")
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=BLOCKS, thread_ts=said["ts"])
    whispered = await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="psst")
    direct = await api.chat_postMessage(channel="U0PRIYA", text="hello, Priya")
    opened = await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=VIEW)
    home = await api.views_publish(user_id="U0FINN", view={"type": "home", "blocks": BLOCKS})
    await slack.rename("general", "everybody", by="finn")
    return [answer.data for answer in (posted, whispered, direct, opened, home)]


def world(slack):
    return {
        "messages": slack.workspace.all_messages(),
        "ephemerals": slack.workspace.ephemerals,
        "view": slack.view("maya"),
        "home": slack.home("finn"),
        "channels": [channel.summary() for channel in slack.workspace.channels.values()],
    }


async def test_the_world_survives_a_restart(tmp_path, bare_api):
    file = tmp_path / "state.json"
    async with start_sandbox(state=file) as slack:
        await a_story(slack, bare_api(slack))
        before = world(slack)
        last = slack.workspace.last_ts
    async with start_sandbox(state=file) as slack:
        after = world(slack)
        later = await slack.say("again", by="maya", channel="everybody")

    assert after == before
    assert int(later["ts"].replace(".", "")) > last
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


async def test_the_file_is_written_soon_after_a_change(tmp_path):
    file = tmp_path / "state.json"
    async with start_sandbox(state=file) as slack:
        await slack.say("remember this", by="maya", channel="mentions")
        await slack.wait_for(lambda: "remember this" in file.read_text())


@pytest.mark.parametrize(
    ("text", "said"),
    [("nonsense", "is not a state of this sandbox"), ("{}", "version"), ('{"version": 2}', "KeyError")],
)
async def test_another_file_is_left_alone(tmp_path, text, said):
    file = tmp_path / "state.json"
    file.write_text(text)

    with pytest.raises(ValueError, match=said):
        async with start_sandbox(state=file):
            pass

    assert file.read_text() == text


async def test_a_state_of_another_app_or_seed_is_refused(tmp_path):
    file = tmp_path / "state.json"
    async with start_sandbox(state=file, seed="one"):
        pass

    with pytest.raises(ValueError, match="another app, not to Small"):
        async with start_sandbox(state=file, seed="one", manifest={"display_information": {"name": "Small"}}):
            pass
    with pytest.raises(ValueError, match="with another seed"):
        async with start_sandbox(state=file, seed="two"):
            pass


async def test_a_story_repeats_from_a_seed(bare_api):
    told = []
    for seed in ("one", "one", "two"):
        async with start_sandbox(seed=seed) as slack:
            answers = await a_story(slack, bare_api(slack))
            told.append((json.dumps(answers).replace(slack.url, ""), world(slack)))

    assert told[0] == told[1]
    assert told[0] != told[2]


async def ids_of_what_happens(slack):
    """What an app may know a delivery again by: the event's id and the trigger's."""
    async with a_socket(slack) as socket, asyncio.TaskGroup() as group:
        await slack.say("hello", by="maya", channel="mentions")
        group.create_task(slack.command("/ears", by="maya", channel="mentions", patience=0))
        envelopes = [await next_envelope(socket) for _ in range(2)]
        for envelope in envelopes:
            await acknowledge(socket, envelope)
    return {one["payload"].get("event_id") or one["payload"]["trigger_id"] for one in envelopes}


@pytest.mark.parametrize("how", ["reset", "restart"])
async def test_an_app_that_remembers_ids_hears_all_that_happens_in_a_world_that_began_again(tmp_path, how):
    file = tmp_path / "state.json"
    async with start_sandbox(state=file, seed="one") as slack:
        first = await ids_of_what_happens(slack)
        if how == "reset":
            slack.slack.reset()
            second = await ids_of_what_happens(slack)
    if how == "restart":
        async with start_sandbox(state=file, seed="one") as slack:
            second = await ids_of_what_happens(slack)

    assert len(first) == len(second) == 2
    assert first.isdisjoint(second)


async def test_a_seeded_story_goes_on_after_a_restart_with_new_ids(tmp_path, bare_api):
    file, ids = tmp_path / "state.json", []
    for _ in range(2):
        async with start_sandbox(state=file, seed="one") as slack:
            posted = await bare_api(slack).chat_postMessage(channel="C0MENTIONS", text="t", blocks=BLOCKS)
            ids.append((posted["ts"], posted["message"]["blocks"][0]["block_id"]))
    first, second = ids

    assert first[0] < second[0]
    assert first[1] != second[1]


async def test_a_reset_repeats_the_story_too(bare_api):
    async with start_sandbox(seed="one") as slack:
        first = await a_story(slack, bare_api(slack))
        slack.slack.reset()
        second = await a_story(slack, bare_api(slack))

    assert first == second


async def test_messages_have_the_time_of_a_clock_of_ones_own():
    times = [1_793_577_600.0]
    async with start_sandbox(clock=lambda: times[-1]) as slack:
        first = await slack.say("before", by="maya", channel="mentions")
        at_once = await slack.say("at once", by="maya", channel="mentions")
        times.append(times[-1] + 3600)
        later = await slack.say("after", by="maya", channel="mentions")

    assert [each["ts"] for each in (first, at_once, later)] == [
        "1793577600.000000",
        "1793577600.000001",
        "1793581200.000000",
    ]
