"""*Start listening* in the App Home: where mentions go."""

from typing import Final

from handlers.views import blocks
from handlers.views.blocks import View

# The name under which what was entered comes back (block_id and action_id alike).
CHANNEL: Final = "channel"


def channel_modal() -> View:
    """Return the form that asks where mentions should go; what comes next is the form of set-up."""
    return blocks.form(
        "Start listening",
        [
            blocks.field(CHANNEL, "Where should mentions go?", blocks.channel_select(CHANNEL, "A channel I am in")),
            blocks.context("I post to channels I was invited to: type /invite there and choose me."),
        ],
        submit="Next",
        callback_id="home.channel_submit",
        private_metadata="{}",
    )
