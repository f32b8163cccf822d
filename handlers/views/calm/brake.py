"""The one message that stands for a flood of cards."""

from typing import Final

from engagement.calm.brake import Brake
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.mrkdwn import inline, some, user, when

NAMES_AT_MOST: Final = 3


def draw_brake(brake: Brake) -> Message:
    """Return how many cards wait behind this message, or who had them shown."""
    if brake.released_by:
        at = f", {when(brake.released_at)}" if brake.released_at else ""
        return Message(
            text=f"{times(brake.held, 'conversation')} shown",
            blocks=[blocks.context(f"{brake.held:,} shown by {user(brake.released_by)}{at}")],
        )
    names = some([f"“{inline(name)}”" for name in brake.watches], NAMES_AT_MOST)
    origin = f" from {names}" if names else ""
    verb = "is" if brake.held == 1 else "are"
    show_all = blocks.button("Show all", "brake.show_all", f"{brake.id}:{brake.version}")
    return Message(
        text=f"{brake.held:,} more{origin}",
        blocks=[blocks.section(f"*{brake.held:,} more*{origin} {verb} waiting behind this message.", show_all)],
    )
