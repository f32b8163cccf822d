"""What can be typed, and what to say to what cannot."""

from typing import Final

from engagement.product import PRODUCT
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.mrkdwn import inline

SAID_LENGTH: Final = 60


def draw_help(command: str, said: str = "", nearest: str = "") -> Message:
    """Return what can be typed, in ten lines.

    `said` is what somebody typed that means nothing to us, `nearest` the word of ours that is like it.
    """
    unknown = f"I do not know `{command} {inline(said, SAID_LENGTH)}`." if said.strip() else ""
    perhaps = f" Did you mean `{command} {nearest}`?" if nearest else ""
    words = [
        (("status",), "how well I hear, and who is waiting"),
        (("sources",), "every place I listen to, how well, and more places"),
        (("mine", "waiting"), "what you promised, and who waits for any of us"),
        (("search",), "what people said: `search page history`"),
        (("watch", "watch add", "query"), "what I listen for; listen for more, in this channel; by which words"),
        (("mute",), "what no cards come of; mute more: `mute u/name on r/selfhosted for a week`"),
        (("digest",), "the weekly digest, as of now; `label:journalist` for one label"),
        (("export",), "mentions as a table, for your eyes only: `export csv last week`"),
        (("help",), "this list"),
    ]
    listed = "\n".join(f"{' '.join(f'`{command} {each}`' for each in some)}  {meaning}" for some, meaning in words)
    first = f"{unknown}{perhaps}" or f"*{PRODUCT}* brings you what people say about you, and helps you answer and act."
    return Message(text=unknown or f"What {PRODUCT} can do", blocks=[blocks.section(f"{first}\n{listed}")])


def say_expected(command: str, word: str, expected: str, example: str) -> Message:
    """Return what a word of the command takes, after somebody gave it something else; all three are our own words."""
    return blocks.only(f"`{command} {word}` takes {expected}. For example `{command} {example}`.")


def say_not_invited(command: str) -> Message:
    """Return what to do where somebody wants mentions to go to a channel that we are not in."""
    return blocks.only(
        f"I am not in this channel, so no mention can come here. Type `/invite @{PRODUCT}`, then `{command} watch add`."
    )
