"""What whoever configures the bot is told when the program that it tells of decisions wants to hear no more."""

from datetime import datetime

from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.mrkdwn import when


def draw_unwanted(at: datetime) -> Message:
    """Return since when nobody is told, and what whoever runs the bot can do."""
    return Message(
        text="The program that I tell of your decisions wants to hear no more",
        blocks=[
            blocks.section(
                f"🔇 The program behind `WEBHOOK_URL` said {when(at)} that it wants to hear no more (410 Gone). So I "
                "tell it nothing any more of tags, answers and improvements; all else goes on as before. "
                "Whoever runs me: look at that program, or take the setting out, then restart me."
            )
        ],
    )
