"""Settings, as the App Home shows them: one section a topic, each with a summary and the buttons that change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engagement.records.lookup import Topic
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.records.turning import history_button

SUMMARY_LENGTH: Final = 2_900


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One topic: its `title`, how it stands in a line or two (`said`: mrkdwn, escaped), and its buttons.

    `below` are blocks of its own, where each line has a button. *History* shows who changed what of its `topic`.
    """

    title: str
    said: str
    buttons: tuple[Block, ...] = ()
    below: tuple[Block, ...] = ()
    topic: Topic | None = None


def draw_settings(sections: Sequence[Section]) -> list[Block]:
    """Return the sections one below the other."""
    return [block for section in sections for block in _section(section)]


def _section(section: Section) -> list[Block]:
    """Return one button beside the summary, several below it."""
    buttons = [*section.buttons, *([history_button(section.topic)] if section.topic else [])]
    one = buttons[0] if len(buttons) == 1 else None
    said = blocks.section(f"*{section.title}*\n{_fitting(section.said)}", one)
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
