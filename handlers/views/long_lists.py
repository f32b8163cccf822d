"""Lists of many lines, as far as one message has room."""

from collections.abc import Sequence
from typing import Final

from handlers.views import blocks
from handlers.views.blocks import Block

LINES_PER_SECTION: Final = 5
SECTION_LENGTH: Final = 3_000
# Slack was seen to refuse messages of more than 11,000 characters.
MESSAGE_LENGTH: Final = 11_000
LISTED_LENGTH: Final = 8_000


def fitting(lines: Sequence[str], room: int = LISTED_LENGTH) -> list[str]:
    """Return as many of the lines as there is room for, of a whole message unless told otherwise."""
    shown: list[str] = []
    for line in lines:
        if sum(map(len, shown)) + len(line) > room:
            break
        shown.append(line)
    return shown


def in_sections(lines: Sequence[str]) -> list[Block]:
    """Return the lines, several to a block: as many as Slack takes in one."""
    grouped: list[list[str]] = []
    for line in lines:
        group = grouped[-1] if grouped else []
        if group and len(group) < LINES_PER_SECTION and len("\n".join([*group, line])) <= SECTION_LENGTH:
            group.append(line)
        else:
            grouped.append([line])
    return [blocks.section("\n".join(group)) for group in grouped]


def text_length(drawn: object) -> int:
    """Return how many characters of text there are in blocks, whatever holds them."""
    if isinstance(drawn, list):
        return sum(map(text_length, drawn))
    if not isinstance(drawn, dict):
        return 0
    parts = drawn.items()
    return sum(len(each) if name == "text" and isinstance(each, str) else text_length(each) for name, each in parts)
