"""The button that opens a history, and those that turn the pages of it, or of another long list."""

from typing import Final

from engagement.records.lookup import About, Step, Topic, Turns
from handlers.views import blocks
from handlers.views.blocks import Block

HISTORY: Final = "History"
OPEN: Final = "history.open"
TURN: Final = "history.turn"


def history_button(topic: Topic, number: int = 0, *, label: str = HISTORY) -> Block:
    """Return the button that opens a history."""
    return blocks.button(label, OPEN, value_of(About(topic=topic, number=number)))


def value_of(about: About) -> str:
    """Return what a button carries of whose history it opens: `topic:number`."""
    return f"{about.topic.value}:{about.number}"


def turn_buttons(of_what: str, turns: Turns, *, name: str = TURN) -> list[Block]:
    """Return the buttons that turn the page, as many as lead somewhere.

    Each is called `name.step`, and carries `of_what:step:line`; of a history that is `topic:number:step:line`.
    """
    lines = {Step.NEWER: ("◂ Newer", turns.newer), Step.OLDER: ("Older ▸", turns.older)}
    buttons = [
        blocks.button(label, f"{name}.{step.value}", f"{of_what}:{step.value}:{line}")
        for step, (label, line) in lines.items()
        if line
    ]
    return [blocks.actions(*buttons)] if buttons else []
