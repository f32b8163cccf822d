"""Labels on a card, and the form in which people give them: to who wrote something, and to a place."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.labels import LabelsHere
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import inline

# The names under which they come back (block_id and action_id alike).
PERSON: Final = "person"
NEW_PERSON: Final = "new_person"
PLACE: Final = "place"
NEW_PLACE: Final = "new_place"
# What a select offers (Slack's limit).
OFFERED_AT_MOST: Final = 100
NAME_LENGTH: Final = 30


def labels_line(labels: LabelsHere) -> str:
    """Return the labels as a card shows them, empty where there are none."""
    names = dict.fromkeys([*labels.person, *labels.place])
    return ", ".join(f"*{inline(name)}*" for name in names)


def labels_modal(
    conversation_id: int, source_id: int, names: Sequence[str], here: LabelsHere, *, author: str, place: str
) -> View:
    """Return the form for the labels of `author` and of `place`; what is empty is not asked for.

    `names` are all labels of the workspace. `private_metadata` is JSON: `{"conversation", "source"}`.
    """
    fields = [
        *(_fields(PERSON, NEW_PERSON, author, names, here.person) if author else []),
        *(_fields(PLACE, NEW_PLACE, place, names, here.place) if place else []),
    ]
    return blocks.form(
        "Labels",
        [blocks.section("Your own words for people and places. `label:word` in a search finds them again."), *fields],
        submit="Save",
        callback_id="labels.save",
        private_metadata=json.dumps({"conversation": str(conversation_id), "source": str(source_id)}),
    )


def no_labels_modal() -> View:
    """Return what is said where nobody is named, and no place is known."""
    return blocks.modal("Labels", [blocks.section("This post names nobody, so there is nobody to label.")])


def _fields(name: str, new: str, whose: str, names: Sequence[str], given: Sequence[str]) -> list[Block]:
    whose = whose[:NAME_LENGTH]
    offered = [blocks.option(each, each) for each in dict.fromkeys([*given, *names])][:OFFERED_AT_MOST]
    chosen = offered[: len(given)]
    select = blocks.multi_static_select(name, "No label yet", offered, chosen) if offered else None
    typed = blocks.text_input(new, "journalist, paying customer")
    hint = "With commas between."
    return [
        *([blocks.field(name, f"Labels of {whose}", select, optional=True)] if select else []),
        blocks.field(new, f"New labels of {whose}", typed, hint=hint, optional=True),
    ]
