"""Golden messages: drawn, compared with tests/data/views, and judged as Slack would judge them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.views.blocks import Message, View

GOLDEN = Path(__file__).parents[1] / "data" / "views"


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
