"""Golden messages, drawn and compared with tests/data/views; a poller with its places on loopback; a sandbox."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from builders import ROOT
from rounds import Round, a_round

from feeds.parsing.worker import Parser
from handlers.views.blocks import Message, View
from sandbox.actor import Actor
from sandbox.server import start_sandbox

GOLDEN = ROOT / "tests" / "data" / "views"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/data/views anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Message | View], None]:
    """Compare a message or view with the file of that name: what it holds pastes into Block Kit Builder."""
    # In a run of all tests this file is read after the command line was, so the option may be unknown.
    update = request.config.getoption("--update-golden", default=False)

    def compare(name: str, drawn: Message | View) -> None:
        shown = {"text": drawn.text, "blocks": drawn.blocks} if isinstance(drawn, Message) else drawn
        path = GOLDEN / f"{name}.json"
        if update:
            path.write_text(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        assert path.exists(), f"{path} is missing: pytest {Path(__file__).parent} --update-golden writes it"
        assert shown == json.loads(path.read_text(encoding="utf-8"))

    return compare


@pytest.fixture
async def poll(tmp_path: Path, parser: Parser) -> AsyncIterator[Round]:
    async with a_round(tmp_path / "poll.db", parser) as round_:
        yield round_


@pytest.fixture
async def impatient(tmp_path: Path, parser: Parser) -> AsyncIterator[Round]:
    """A poller that waits two seconds for an answer."""
    async with a_round(tmp_path / "poll.db", parser, total_seconds=2) as round_:
        yield round_


@pytest.fixture
async def slack() -> AsyncIterator[Actor]:
    async with start_sandbox() as slack:
        yield slack
