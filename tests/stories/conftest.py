"""A day with the bot: a small Slack, feeds, and the bot itself, all real and all on loopback."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

import pytest
from bots import Desk, running
from builders import ROOT
from feed_street import Street, open_street

from feeds.parsing.worker import Parser
from sandbox.actor import Actor
from sandbox.server import start_sandbox

MANIFEST = ROOT / "manifest.json"


@pytest.fixture
async def slack() -> AsyncIterator[Actor]:
    """The sandbox. Whatever Slack would not have taken fails the story."""
    async with start_sandbox(manifest=MANIFEST) as actor:
        yield actor
        refusals = [call for call in actor.inspector.calls if call["kind"] == "refusal"]
    assert not refusals, refusals


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with open_street() as street:
        yield street


@pytest.fixture
def desk(slack: Actor, tmp_path: Path, parser: Parser) -> Desk:
    return Desk(slack=slack, folder=tmp_path, parser=parser)


@pytest.fixture
async def start(desk: Desk, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Callable[[], object]]:
    """Start the bot; it stops at the end. An error in its log fails the story, unless the desk `may_fail`."""
    caplog.set_level(logging.INFO)
    async with AsyncExitStack() as stack:

        async def begin(context: AbstractAsyncContextManager | None = None):
            return await stack.enter_async_context(context or running(desk))

        yield begin
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert desk.may_fail or not errors, [(record.getMessage(), record.exc_text) for record in errors]
