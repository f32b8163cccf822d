"""The list of what is muted, as the command shows it."""

from collections.abc import Sequence
from typing import Final

from engagement.calm.mute import Mute
from engagement.calm.mute_words import EXAMPLES
from engagement.records.lookup import Topic
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.home.mutes import say_mute
from handlers.views.mrkdwn import inline
from handlers.views.records.turning import history_button

END: Final = "mute.end"
MUTES_AT_MOST: Final = 7


def draw_mutes(mutes: Sequence[Mute], *, command: str) -> Message:
    """Return what no cards come of, the latest first, each with the button that takes it back."""
    how = (
        f"The menu of a card mutes, and so does `{command} mute {EXAMPLES[0]}`. Words and sites stand under *Noise* in "
        "the settings of my Home."
    )
    history = blocks.actions(history_button(Topic.NOISE))
    if not mutes:
        nothing = f"Nobody and nothing is muted. {how}"
        return Message(text=nothing, blocks=[blocks.section(nothing), history])
    rows = [
        blocks.section(say_mute(mute), blocks.button("Unmute", END, str(mute.id))) for mute in mutes[:MUTES_AT_MOST]
    ]
    rest = f"and {len(mutes) - MUTES_AT_MOST:,} older ones; my Home has more. " if len(mutes) > MUTES_AT_MOST else ""
    head = "No cards come of these"
    hint = blocks.context(f"{rest}{how}")
    return Message(text=head, blocks=[blocks.section(f"*{head}*"), *rows, hint, history])


def say_nobody_meant(who: str, where: str) -> Message:
    """Return what to say to a name that we do not know."""
    place = f" on {inline(where)}" if where else ""
    return blocks.only(
        f"I know nobody and no place called {inline(who)}{place}, of those who wrote about you. "
        "A card names both as I know them."
    )
