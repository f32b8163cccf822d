"""The roll-up: an hour or a day in one message; each row has its card shown, or takes the reply."""

from datetime import timedelta
from typing import Final

from engagement.calm.rollup import RolledUp, Rollup
from engagement.prose import join, times
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.digest import settled
from handlers.views.mrkdwn import inline, link, separated, some, user, when
from handlers.views.words import KIND_COUNTED, KIND_EMOJI

NAMES_AT_MOST: Final = 3
ROW_TITLE_LENGTH: Final = 100
# Eight rows share the 11,000 characters that Slack was seen to accept in one message.
ROW_URL_LENGTH: Final = 600
# Of the clock alone nobody knows which day it was.
A_DAY_IS_CLEAR: Final = timedelta(hours=2)


def draw_rollup(rollup: Rollup) -> Message:
    """Return what was new, and its first rows as they stand; one line once somebody had all of it shown."""
    since = _since(rollup)
    if rollup.shown_by:
        at = f", {when(rollup.shown_at)}" if rollup.shown_at else ""
        return Message(
            text=f"{times(rollup.posted, 'conversation')} shown",
            blocks=[
                blocks.context(f"{rollup.posted:,} of {rollup.told:,} {since} shown by {user(rollup.shown_by)}{at}")
            ],
        )
    if not rollup.told:
        said = f"What was new {since} has more by now: the next message tells of it."
        return Message(text="Told again later", blocks=[blocks.context(said)])
    names = some([f"“{inline(name)}”" for name in rollup.watches], NAMES_AT_MOST)
    kinds = join([times(number, *KIND_COUNTED[kind]) for kind, number in rollup.kinds])
    show_all = blocks.button("Show all", "rollup.show_all", f"{rollup.id}:{rollup.version}")
    more = rollup.told - len(rollup.rows)
    return Message(
        text=f"{rollup.told:,} new for {names}: {kinds}",
        blocks=[
            blocks.section(
                f"*{rollup.told:,} new* {since} for {names}: {kinds}.", show_all if rollup.waiting else None
            ),
            *map(_row, rollup.rows),
            *([blocks.context(f"and {more:,} more")] if more else []),
        ],
    )


def _since(rollup: Rollup) -> str:
    soon = rollup.ends_at - rollup.starts_at <= A_DAY_IS_CLEAR
    return f"since {when(rollup.starts_at, '{time}' if soon else '{date_short_pretty} {time}')}"


def _row(row: RolledUp) -> Block:
    waiting = row.waiting
    title = link(waiting.url, waiting.title or UNTITLED, limit=ROW_TITLE_LENGTH, longest=ROW_URL_LENGTH)
    if row.is_settled:
        return blocks.section(f"{KIND_EMOJI[waiting.kind]} ~{title}~ {settled(waiting)}")
    claimed = waiting.reply.claimed_by
    due = f", due {when(waiting.reply.due_at)}" if waiting.reply.due_at else ""
    facts = [
        inline(waiting.community),
        inline(waiting.author),
        f"*{user(claimed)} has it*{due}" if claimed else when(waiting.since),
        f"+{row.more:,} more" if row.more else "",
        "its card is below" if row.is_posted else "",
    ]
    return blocks.section(f"{KIND_EMOJI[waiting.kind]} *{title}*\n{separated(facts)}", _step(row))


def _step(row: RolledUp) -> Block | None:
    """Return the one button of a row: to take the reply where somebody waits for it, else to see the card."""
    waiting = row.waiting
    if row.is_posted:
        return None
    if waiting.still_waits and not waiting.reply.claimed_by:
        return blocks.button("I'll reply", "rollup.claim", f"{waiting.conversation_id}:{waiting.version}")
    return blocks.button("Open card", "rollup.open", f"{waiting.conversation_id}:{waiting.version}")
