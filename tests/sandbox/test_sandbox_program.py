"""`python -m sandbox` as somebody starts it."""

import asyncio
import contextlib
import signal
import sys

import aiohttp
import pytest


async def started(*arguments):
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", *arguments), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )


@contextlib.asynccontextmanager
async def running(*arguments):
    """The program, as the address it prints."""
    process = await started("--port", "0", *arguments)
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), timeout=20)).decode()
        yield line.removeprefix("Sandbox Slack: ").strip()
    finally:
        process.send_signal(signal.SIGTERM)
        _, complaints = await asyncio.wait_for(process.communicate(), timeout=20)
    assert (process.returncode, complaints) == (0, b"")


async def call(address, path, **body):
    async with (
        aiohttp.ClientSession(headers={"Authorization": "Bearer xoxb-sandbox"}) as session,
        session.post(f"{address}{path}", json=body) as response,
    ):
        return await response.json()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_program_prints_its_address_and_ends_on_a_signal(number):
    process = await started("--port", "0", "--users", "ann:Ann,bob", "--channels", "news")
    line = (await asyncio.wait_for(process.stdout.readline(), timeout=20)).decode()
    address = line.removeprefix("Sandbox Slack: ").strip()
    async with aiohttp.ClientSession() as session, session.get(f"{address}ui/snapshot?user=bob") as response:
        snapshot = await response.json()

    process.send_signal(number)
    _, complaints = await asyncio.wait_for(process.communicate(), timeout=20)

    assert [user["real_name"] for user in snapshot["users"]] == ["Ann", "bob", "Two Ears"]
    assert [channel["name"] for channel in snapshot["channels"]] == ["news"]
    assert (process.returncode, complaints) == (0, b"")


async def test_the_state_survives_and_the_ids_repeat(tmp_path):
    posted = []
    for name in ("one", "other"):
        file = tmp_path / f"{name}.json"
        async with running("--state", str(file), "--deterministic") as address:
            posted.append((await call(address, "api/chat.postMessage", channel="mentions", text="hello"))["ts"])
        async with running("--state", str(file), "--deterministic") as address:
            history = await call(address, "api/conversations.history", channel="C0MENTIONS")
            posted.append((await call(address, "api/chat.postMessage", channel="mentions", text="again"))["ts"])
        assert [message["text"] for message in history["messages"]] == ["hello"]

    assert posted[:2] == posted[2:]
    assert len(set(posted[:2])) == 2


async def test_the_time_factor_is_an_option():
    async with (
        running("--time-factor", "0.01", "--deliver-to", "http://127.0.0.1:9/slack/events") as address,
        aiohttp.ClientSession() as session,
        session.get(f"{address}admin/connection") as response,
    ):
        shown = await response.json()

    assert (shown["time_factor"], shown["deliver_to"]) == (0.01, "http://127.0.0.1:9/slack/events")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--state", "{tmp}/bad.json"], "is not a state of this sandbox"),
        (["--state", "{tmp}/nowhere/state.json"], "No such file or directory"),
        (["--time-factor", "0"], "must be more than 0"),
        (["--time-factor", "nan"], "must be more than 0"),
        (["--users", "ann,ann:Ann Lee"], "ann stands twice in --users"),
        (["--users", "ann,,bob"], "needs a name"),
        (["--channels", "news,news"], "news stands twice"),
        (["--deliver-to", "nowhere"], "must begin with http:// or https://"),
    ],
)
async def test_what_cannot_be_used_is_said_in_words(tmp_path, arguments, said):
    (tmp_path / "bad.json").write_text("[]")
    process = await started("--port", "0", *(one.format(tmp=tmp_path) for one in arguments))
    _, complaints = await asyncio.wait_for(process.communicate(), timeout=20)

    assert process.returncode == 2
    assert said in complaints.decode()
    assert "Traceback" not in complaints.decode()


async def test_the_program_says_which_manifest_is_none(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text("[]")
    process = await started("--port", "0", "--manifest", str(manifest))
    _, complaints = await asyncio.wait_for(process.communicate(), timeout=20)

    assert process.returncode == 2
    assert f"{manifest} is not an app manifest" in complaints.decode()


async def test_the_help_says_how_to_point_an_app_at_it():
    process = await started("--help")
    said, _ = await asyncio.wait_for(process.communicate(), timeout=20)

    for word in ("SLACK_API_URL", "xoxb-sandbox", "xapp-sandbox", "--state FILE", "--deterministic", "GET /admin"):
        assert word in said.decode()
