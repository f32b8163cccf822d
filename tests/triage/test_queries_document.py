"""What docs/queries.md says can be typed is read."""

import re
from pathlib import Path

import pytest

from triage.query_parse import BadQuery, parse_query

DOCUMENT = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
CELLS = [line.split(" | ")[0] for line in DOCUMENT.splitlines() if line.startswith("| `")]
# A comparison alone is no example.
TYPED = [found[2] for cell in CELLS for found in re.finditer(r"(`+) ?(.+?) ?\1(?!`)", cell) if found[2][0] not in "<=>"]
BLOCKS = re.findall(r"^```\n(.+?)\n```$", DOCUMENT, re.MULTILINE)
NOISE = re.findall(r"`(tide -.+?)`", DOCUMENT)


@pytest.mark.parametrize("typed", [*TYPED, *BLOCKS, *NOISE])
def test_every_example_can_be_typed(typed):
    assert not isinstance(parse_query(f"tide AND ({typed})"), BadQuery)


def test_there_are_examples():
    assert (len(TYPED), len(BLOCKS), len(NOISE)) >= (20, 1, 1)
