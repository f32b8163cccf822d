"""Assign…: the form."""

import json
from typing import Final

from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.mrkdwn import TITLE_LENGTH, inline

# The name under which the person comes back (block_id and action_id alike).
TO: Final = "to"
NOT_ME: Final = "I only listen. Please choose somebody who can answer."


def assign_modal(title: str, value: str, *, channel_id: str) -> View:
    """Return the form that gives the reply to somebody; `value` is the pressed option's `id:version`."""
    return blocks.form(
        "Assign",
        [
            blocks.section(f"*{inline(title, TITLE_LENGTH)}*"),
            blocks.field(
                TO,
                "Who replies?",
                blocks.user_select(TO, "A teammate"),
                hint="The card names them, and you as the one who asked. They can hand it back.",
            ),
        ],
        submit="Assign",
        callback_id="mention.assign_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id}),
    )
