"""What Everything is narrowed by."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Final
from zlib import crc32

from engagement.dataclass import dataclass
from engagement.home import UNTAGGED, Filters, State
from engagement.team.labels import is_same_label
from engagement.understanding.reading import Kind, Tag
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.words import KIND_EMOJI, KIND_NAME, TAG_NAME

# What a choice says that narrows nothing.
ANY: Final = "any"
OPTIONS_AT_MOST: Final = 100
# Slack's limit of an option's value.
VALUE_LENGTH: Final = 150
FILTER: Final = "home.filter."
WORDS: Final = "home.words"
WORDS_LENGTH: Final = 200

STATE_NAME: Final[Mapping[State, str]] = {
    State.WAITING: "Waiting for us",
    State.CLAIMED: "Somebody has it",
    State.ANSWERED: "Answered",
    State.SNOOZED: "Put aside",
    State.MUTED: "Muted",
    State.NOT_US: "Not us",
    State.UNIMPROVED: "React, no improvement yet",
    State.IMPROVING: "A change is under way",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from in this team: watches by number, communities, and labels."""

    watches: Sequence[tuple[int, str]] = ()
    communities: Sequence[str] = ()
    labels: Sequence[str] = ()


def is_narrowed(filters: Filters) -> bool:
    """Return whether anything is left out."""
    return any(getattr(filters, each.name) for each in fields(filters))


def draw_filters(filters: Filters, choices: Choices) -> list[Block]:
    """Return the field for words, and a row of menus; a menu with a single choice is left out."""
    tags = [(tag.value, TAG_NAME[tag]) for tag in Tag] + [(UNTAGGED, "Not tagged yet")]
    watches = [(str(number), name) for number, name in choices.watches]
    communities = [(name, name) for name in choices.communities if name.strip() and len(name) <= VALUE_LENGTH]
    label = next((name for name in choices.labels if is_same_label(name, filters.label)), filters.label)
    menus = [
        *_menu("watch", "Every watch", watches, str(filters.watch or ANY)),
        *_menu("state", "However it stands", [(state.value, STATE_NAME[state]) for state in State], filters.state),
        *_menu("tag", "Every tag", tags, filters.tag),
        *_menu("kind", "Every kind", [(k.value, f"{KIND_EMOJI[k]} {KIND_NAME[k]}") for k in Kind], filters.kind),
        *_menu("community", "Every community", communities, filters.community),
        *_menu("label", "Every label", [(name, name) for name in choices.labels if name != ANY], label, fewest=1),
    ]
    # Slack keeps what somebody chose as long as the block has its name, also where we say something else since.
    drawn_for = f"{crc32(repr(filters).encode()):08x}"
    words = blocks.field(
        f"{WORDS}.{drawn_for}",
        "With these words",
        blocks.search_input(f"{FILTER}words", "history restore", value=filters.words),
        optional=True,
    )
    clear = [blocks.button("Clear", "home.clear", "clear")] if is_narrowed(filters) else []
    return [blocks.dispatching(words), {**blocks.actions(*menus, *clear), "block_id": f"home.menus.{drawn_for}"}]


def _menu(
    name: str, everything: str, choices: Sequence[tuple[str, str]], chosen: str, *, fewest: int = 2
) -> list[Block]:
    """Return a menu with what is `chosen` in it, also where it is no choice any more.

    `fewest` choices make a menu: where everything has one of them, a single one is none.
    """
    if len(choices) < fewest and not any(value == chosen for value, _ in choices):
        return []
    known = [blocks.option(label.strip() or value, value) for value, label in choices[: OPTIONS_AT_MOST - 2]]
    options = [blocks.option(everything, ANY), *known]
    current = next((each for each in options if each["value"] == chosen), None)
    if current is None and chosen and chosen != ANY:
        current = blocks.option(chosen, chosen)
        options.append(current)
    return [blocks.static_select(f"{FILTER}{name}", options, current or options[0])]
