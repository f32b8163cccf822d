"""Labels on a card, and the form in which people give them: to who wrote something, and to a place."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.prose import times
from engagement.records.forgotten import is_name_of_forgotten
from engagement.records.lookup import Topic
from engagement.team.labels import LABELS_AT_MOST, Labelled, LabelsHere
from handlers.views import blocks
from handlers.views.blocks import Block, Message, View
from handlers.views.mrkdwn import inline, some
from handlers.views.records.forgetting import forget_button
from handlers.views.records.turning import history_button

# The names under which they come back (block_id and action_id alike).
PERSON: Final = "person"
NEW_PERSON: Final = "new_person"
PLACE: Final = "place"
NEW_PLACE: Final = "new_place"
UNNAMED: Final = "unnamed"
DROPPED: Final = "dropped"
# What a select offers (Slack's limit).
OFFERED_AT_MOST: Final = 100
NAME_LENGTH: Final = 30
NAMED_AT_MOST: Final = 8
# Of a card's.
SHOWN_AT_MOST: Final = 5


def labels_line(labels: LabelsHere) -> str:
    """Return the labels as a card shows them, empty where there are none."""
    names = [f"*{inline(name)}*" for name in dict.fromkeys([*labels.person, *labels.place])]
    return some(names, SHOWN_AT_MOST) if names else ""


def labels_button(conversation_id: int) -> Block:
    """Return the button that opens the form of a conversation's labels."""
    return blocks.button("Labels…", "labels.edit", str(conversation_id))


def labels_modal(
    conversation_id: int,
    source_id: int,
    names: Sequence[str],
    here: LabelsHere,
    *,
    author: str,
    place: str,
    is_unnamed: bool = False,
) -> View:
    """Return the form for the labels of `author` and of `place`; what is empty is not asked for.

    `names` are all labels of the workspace, and `is_unnamed` whether digests leave out the author's name.
    `private_metadata` is JSON: `{"conversation", "source", "person", "place", "unnamed"}`, the last three as the form
    was drawn.
    """
    fields = [
        *(_fields(PERSON, NEW_PERSON, author, names, here.person) if author else []),
        *([_unnamed(author, is_unnamed=is_unnamed)] if author else []),
        *(_fields(PLACE, NEW_PLACE, place, names, here.place) if place else []),
        blocks.actions(
            history_button(Topic.LABELS_HERE, conversation_id),
            *([forget_button(conversation_id)] if author and not is_name_of_forgotten(author) else []),
        ),
    ]
    return blocks.form(
        "Labels",
        [blocks.section("Your own words for people and places. `label:word` in a search finds them again."), *fields],
        submit="Save",
        callback_id="labels.save",
        private_metadata=json.dumps(
            {
                "conversation": str(conversation_id),
                "source": str(source_id),
                "person": here.person[:LABELS_AT_MOST],
                "place": here.place[:LABELS_AT_MOST],
                "unnamed": is_unnamed,
            },
            # So many labels fit into 3,000 characters as they are; escaped they may not.
            ensure_ascii=False,
        ),
    )


def no_labels_modal() -> View:
    """Return what is said where nobody is named, and no place is known."""
    return blocks.modal("Labels", [blocks.section("This post names nobody, so there is nobody to label.")])


def on_how_many(label: Labelled) -> str:
    """Return on how many people and places a label stands."""
    people = times(label.people, "person", "people") if label.people else ""
    places = times(label.places, "place") if label.places else ""
    return " and ".join(filter(None, [people, places])) or "on nobody"


def say_no_label(asked: str, names: Sequence[str]) -> Message:
    """Return why nothing is found by a label, and which there are."""
    known = f"There are {some([f'*{inline(name)}*' for name in names], NAMED_AT_MOST)}."
    return blocks.only(
        f"No label is called “{inline(asked)}”. "
        + (known if names else "There is none yet: a card's *History* gives one.")
    )


def drop_modal(labels: Sequence[Labelled]) -> View:
    """Return the form that asks which label to drop."""
    options = [blocks.option(label.name, str(label.id), on_how_many(label)) for label in labels[:OFFERED_AT_MOST]]
    chosen = blocks.static_select(DROPPED, options, options[0])
    return blocks.form(
        "Drop a label",
        [
            blocks.section("It goes from everybody and from every place that has it, and cannot be called back."),
            blocks.field(DROPPED, "Label", chosen),
        ],
        submit="Drop it",
        callback_id="labels.drop",
        private_metadata="{}",
    )


def nothing_to_drop_modal() -> View:
    """Return what is said where the last label has gone already."""
    return blocks.modal("Drop a label", [blocks.section("There is no label any more: somebody was first.")])


def _unnamed(whose: str, *, is_unnamed: bool) -> Block:
    """Return the question whether digests may list somebody among people."""
    leave_out = blocks.option("Do not list or quote them among people", UNNAMED)
    box = blocks.checkboxes(UNNAMED, [leave_out], [leave_out] if is_unnamed else [])
    hint = "They are still counted. Who waits for an answer or is to be thanked stays where the work is listed."
    return blocks.field(UNNAMED, f"{whose[:NAME_LENGTH]} in the digest", box, hint=hint, optional=True)


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
