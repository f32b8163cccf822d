"""The list of what is listened for, as the command shows it."""

from collections.abc import Mapping, Sequence
from typing import Final

from engagement.records.lookup import Topic
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.mrkdwn import channel, code, inline, separated, some
from handlers.views.records.turning import history_button
from handlers.views.understanding.queries import NO_MISTAKES, say_bad_query

WATCHES_AT_MOST: Final = 7
NAMES_AT_MOST: Final = 3
QUERY_SHOWN: Final = 120


def draw_watches(watches: Sequence[Watch], *, command: str, mistakes: Mapping[int, str] = NO_MISTAKES) -> Message:
    """Return what is listened for and where it goes, each with its form behind a button; and a button for more.

    `mistakes` are those in stored queries, by the number of the watch.
    """
    add = blocks.button("Listen for more…" if watches else "Start listening", "setup.start", "start")
    if not watches:
        nothing = "I do not listen for anything yet."
        return Message(text=nothing, blocks=[blocks.section(nothing), blocks.actions(add)])
    head = "What I listen for"
    rows = [
        blocks.section(_line(watch, mistakes.get(watch.id, "")), blocks.button("Change…", "watch.edit", str(watch.id)))
        for watch in watches[:WATCHES_AT_MOST]
    ]
    rest = (
        f"and {len(watches) - WATCHES_AT_MOST:,} more: my Home has them all. " if len(watches) > WATCHES_AT_MOST else ""
    )
    hint = blocks.context(f"{rest}What you add goes to this channel. `{command} watch add` does the same.")
    buttons = blocks.actions(add, history_button(Topic.WATCHES))
    return Message(text=head, blocks=[blocks.section(f"*{head}*"), *rows, hint, buttons])


def _line(watch: Watch, mistake: str) -> str:
    return separated(
        [
            f"*{inline(watch.name)}* in {channel(watch.channel)}",
            some([inline(name) for name in watch.terms.names], NAMES_AT_MOST),
            f"by a query: {code(watch.terms.query, QUERY_SHOWN)}" if watch.terms.query else "",
            say_bad_query(mistake) if mistake else "",
        ]
    )
