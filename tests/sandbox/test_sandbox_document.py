"""docs/sandbox.md keeps up with the sandbox, and its story runs."""

import re
import subprocess
import sys

import aiohttp
import pytest
from builders import ROOT
from shapes import a_modal, plain
from slack_sdk.errors import SlackApiError

from sandbox.blockkit import validate_view
from sandbox.faults import KINDS
from sandbox.web_api.door import METHODS

PAGE = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """Return what stands under a heading, up to the next of its rank or above."""
    found = re.search(rf"^(#+) {title}$(.*?)(?=^#{{1,2}} |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found[2]


def test_it_names_exactly_the_methods_there_are():
    assert re.findall(r"`([a-z]+\.[a-zA-Z.]+)`", section("Methods").split("A new one")[0]) == sorted(METHODS)


def test_it_names_every_kind_of_fault_and_which_of_them_stand():
    named = dict(re.findall(r"^\| `(\w+)`( \*)? \|", section("Bad days"), re.MULTILINE))

    assert named == {one.kind.value: " *" if one.standing else "" for one in KINDS}


def test_it_names_every_option():
    command = [sys.executable, "-m", "sandbox", "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    options = set(re.findall(r"^  (--[a-z-]+)", said, re.MULTILINE))
    assert options
    assert options == set(re.findall(r"`(--[a-z-]+)", section("Options")))


async def test_it_names_every_control(slack):
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}admin") as response:
        controls = (await response.json())["controls"]

    named = section("Bad days")
    assert [one["path"] for one in controls if one["path"] not in named] == []


def test_what_it_calls_unsupported_is_refused():
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \| `unsupported", PAGE, re.MULTILINE)))
    for name in named:
        one = {"type": name, "action_id": "a"}
        for block in ({"type": "actions", "elements": [one]}, {"type": "input", "label": plain(), "element": one}, one):
            said = [str(problem) for problem in validate_view(a_modal(block))]
            assert any(f"unsupported type: {name}" in one for one in said)
    assert {"external_select", "rich_text_input", "file_input", "workflow_button", "plan"} <= set(named)


async def test_there_are_no_private_channels_and_no_group_messages(slack, api):
    with pytest.raises(SlackApiError, match="groups:read"):
        await api.conversations_list(types="public_channel,private_channel")
    with pytest.raises(SlackApiError, match="invalid_types"):
        await api.conversations_list(types="secret_channel")
    slack.slack.grant(["groups:read", "mpim:read", "im:write"])
    for kind in ("private_channel", "mpim"):
        assert (await api.conversations_list(types=kind))["channels"] == []
    with pytest.raises(SlackApiError, match="several people"):
        await api.conversations_open(users="U0MAYA,U0SAM")


async def test_its_story_runs():
    [story] = [block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "async def test_" in block]
    scope = {}
    exec(compile(story, "docs/sandbox.md", "exec"), scope)  # noqa: S102 - our own page

    await scope["test_a_wave_is_answered_by_name"]()
