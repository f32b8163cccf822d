"""Settings, as the App Home shows them: one section a topic, each with a summary and the buttons that change it."""

from collections.abc import Sequence
from typing import Final

from engagement.dataclass import dataclass
from engagement.prose import times
from engagement.records.lookup import Topic
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.mrkdwn import in_lines
from handlers.views.records.turning import history_button
from handlers.views.words import TOPIC_NAME

SUMMARY_LENGTH: Final = 2_900


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """How something stands, in a line or two (`said`: mrkdwn, escaped), and the buttons that change it.

    `below` are blocks of its own, where each line has a button. It is called by its `topic`, and *History* shows who
    changed what of that; what has no such history has a `title`.
    """

    said: str
    topic: Topic | None = None
    title: str = ""
    buttons: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()


def first_lines(lines: Sequence[str], at_most: int) -> str:
    """Return the first lines; a last one says how many more there are."""
    more = f"and {len(lines) - at_most:,} more" if len(lines) > at_most else ""
    return in_lines(*lines[:at_most], more)


def first_rows(rows: Sequence[Block], at_most: int) -> tuple[Block, ...]:
    """Return the first rows of those that are listed newest first; a last one says how many older ones there are."""
    rest = len(rows) - at_most
    more = [blocks.context(f"and {times(rest, 'older one')}")] if rest > 0 else []
    return (*rows[:at_most], *more)


def draw_settings(sections: Sequence[Section]) -> list[Block]:
    """Return the sections one below the other."""
    return [block for section in sections for block in _section(section)]


def _section(section: Section) -> list[Block]:
    """Return one button beside the summary, several below it."""
    buttons = [*section.buttons, *([history_button(section.topic)] if section.topic else [])]
    one = buttons[0] if len(buttons) == 1 else None
    title = TOPIC_NAME[section.topic] if section.topic else section.title
    said = blocks.section(f"*{title}*\n{_fitting(section.said)}", one)
    several = [blocks.actions(*buttons)] if len(buttons) > 1 else []
    return [said, *section.below, *several, blocks.divider()]


def _fitting(said: str) -> str:
    """Return the first lines, as many as Slack takes in a block; a last one says that there are more."""
    if len(said) <= SUMMARY_LENGTH:
        return said
    shown: list[str] = []
    for line in said.split("\n"):
        if len("\n".join([*shown, line])) > SUMMARY_LENGTH:
            break
        shown.append(line)
    return "\n".join([*shown, "…"])
