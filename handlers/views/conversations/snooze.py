"""Snooze…: the form, and the word in the thread when a conversation is back."""

import json
from collections.abc import Mapping
from typing import Final

from engagement.conversations.snooze import LONGEST, Snooze, Until
from handlers.views import blocks
from handlers.views.blocks import Message, View, only
from handlers.views.mrkdwn import TITLE_LENGTH, inline, user

# The names under which what was entered comes back (block_id and action_id alike).
UNTIL: Final = "until"
MOMENT: Final = "moment"
REASON: Final = "reason"
REASON_LENGTH: Final = 150

UNTIL_WORDS: Final[Mapping[Until, str]] = {
    Until.HOURS: "In four hours",
    Until.TOMORROW: "Tomorrow at nine",
    Until.MONDAY: "Next Monday at nine",
    Until.WEEK: "In a week at nine",
    Until.MONTH: "In a month at nine",
}
TOO_FAR: Final = f"Please choose a moment to come, at most {LONGEST.days} days from now."


def snooze_modal(title: str, value: str, *, zone: str, channel_id: str) -> View:
    """Return the form that puts a conversation aside; `value` is the pressed option's `id:version`.

    Nine is nine in `zone`, the name of a time zone; the picker's moments are in that of who picks.
    """
    options = [blocks.option(words, until.value) for until, words in UNTIL_WORDS.items()]
    return blocks.form(
        "Snooze",
        [
            blocks.section(f"*{inline(title, TITLE_LENGTH)}*"),
            blocks.field(
                UNTIL, "Bring it back", blocks.static_select(UNTIL, options, options[1]), hint=f"Nine o'clock in {zone}"
            ),
            blocks.field(MOMENT, "Or at this moment", blocks.moment_input(MOMENT), optional=True),
            blocks.field(
                REASON,
                "Why?",
                blocks.text_input(REASON, "We wait for the release on Thursday", longest=REASON_LENGTH),
                hint="The card says so while it sleeps, and when it is back.",
                optional=True,
            ),
        ],
        submit="Snooze",
        callback_id="mention.snooze_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id}),
    )


def draw_back(snooze: Snooze) -> Message:
    """Return the word in a card's thread that the conversation is back; who asked for that is told."""
    return only(f"{user(snooze.by)}, you asked to have this back now{reason_of(snooze)}.")


def reason_of(snooze: Snooze) -> str:
    """Return ": why", or nothing where no reason was given."""
    return reason_of_words(snooze.reason)


def reason_of_words(reason: str) -> str:
    """Return ": why" of what somebody entered, or nothing."""
    return f": {inline(reason, REASON_LENGTH)}" if reason.strip() else ""
