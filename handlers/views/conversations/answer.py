"""The form behind *We answered…*."""

import json
from typing import Final

from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.mrkdwn import TITLE_LENGTH, inline

# The name under which the link comes back (block_id and action_id alike).
LINK: Final = "link"


def answered_modal(title: str, value: str, *, channel_id: str) -> View:
    """Return the form that closes a conversation; whoever submits it is the one who answered.

    `value` is the pressed button's (`id:version`); with the `channel_id` of its message it comes back in
    `private_metadata` as JSON: `{"value", "channel"}`.
    """
    return blocks.form(
        "We answered",
        [
            blocks.section(f"*{inline(title, TITLE_LENGTH)}*"),
            blocks.field(
                LINK,
                "Link to the answer",
                blocks.url_input(LINK, "https://"),
                hint="So that others can read it. You are noted as the one who answered.",
                optional=True,
            ),
        ],
        submit="Done",
        callback_id="reply.answered_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id}),
    )
