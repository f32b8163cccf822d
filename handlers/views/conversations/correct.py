"""Correct this…: the form."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from engagement.conversations.correct import ABOUT_US, NOT_US
from engagement.understanding.reading import Kind, Mood, Pillar, Reading
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import TITLE_LENGTH, inline
from handlers.views.team.labels import labels_button
from handlers.views.words import KIND_NAME, MOOD_NAME, PILLAR_WORDS

# The names under which what was chosen comes back (block_id and action_id alike).
KIND: Final = "kind"
MOOD: Final = "mood"
PILLAR: Final = "pillar"
US: Final = "us"
US_WORDS: Final = {ABOUT_US: "Yes, it is about us", NOT_US: "No, this is not us"}


def correct_modal(title: str, reading: Reading, value: str, *, conversation_id: int, channel_id: str) -> View:
    """Return the form that says how I read the post, to be corrected; `value` is the pressed option's `id:version`."""
    return blocks.form(
        "Correct this",
        [
            blocks.section(f"*{inline(title, TITLE_LENGTH)}*", labels_button(conversation_id)),
            blocks.field(US, "Is it about us?", _choice(US, US_WORDS, ABOUT_US)),
            blocks.field(KIND, "What is it?", _choice(KIND, KIND_NAME, reading.kind)),
            blocks.field(MOOD, "How does it sound?", _choice(MOOD, MOOD_NAME, reading.mood)),
            blocks.field(PILLAR, "How did it begin?", _choice(PILLAR, PILLAR_WORDS, reading.pillar)),
            blocks.context("The card changes at once. I keep what you correct, so that I can learn from it."),
        ],
        submit="Correct",
        callback_id="mention.correct_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id}),
    )


def _choice(
    name: str,
    words: Mapping[Kind, str] | Mapping[Mood, str] | Mapping[Pillar, str] | Mapping[str, str],
    chosen: StrEnum | str,
) -> Block:
    options = {str(each): blocks.option(label, str(each)) for each, label in words.items()}
    return blocks.static_select(name, list(options.values()), options[str(chosen)])
