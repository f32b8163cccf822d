"""Lists of a few lines with a button each: what I promised, and who waits for us."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.listing import Waiting
from engagement.prose import times
from engagement.understanding.priority import Priority
from handlers.views import blocks
from handlers.views.blocks import Block, Message, View
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.mrkdwn import inline, link, separated, user, when
from handlers.views.understanding.priority import say_first, say_number
from handlers.views.words import KIND_EMOJI

# What the block_id of their rows begins with.
MINE: Final = "mine"
WAITING: Final = "waiting"
TITLE_LENGTH: Final = 90
URL_LENGTH: Final = 1_000
# How the modal with all of those who wait is called, and how many it lists: a modal holds 100 blocks.
ALL_WAITING: Final = "waiting.all"
ALL_AT_MOST: Final = 40


def draw_mine(rows: Sequence[Waiting], *, more: int, unowned: int, now: datetime) -> Message:
    """Return what one person has promised, the overdue first; `unowned` is how much waits that nobody has."""
    if not rows:
        choice = f" {times(unowned, 'conversation')} waits for somebody." if unowned == 1 else ""
        choice = choice or (f" {times(unowned, 'conversation')} wait for somebody." if unowned else "")
        return blocks.only(f"You have promised nothing that is still open.{choice}")
    head = f"You have promised {times(len(rows) + more, 'reply', 'replies')}"
    drawn = [
        _row(MINE, each, _due(each, now), blocks.button("We answered…", "reply.answered", _value(each)))
        for each in rows
    ]
    return _list(head, drawn, more)


def draw_waiting(rows: Sequence[Waiting], *, more: int, now: datetime, first: Priority | None = None) -> Message:
    """Return who waits for us, the most pressing first; `first` says why the first is."""
    if not rows:
        return blocks.only("Nobody is waiting for us.")
    why = [blocks.context(separated([say_first(first), say_number(first.number)]))] if first and len(rows) > 1 else []
    return _list(_who_waits(len(rows) + more), _waiting_rows(rows, now), more, why)


def waiting_modal(
    rows: Sequence[Waiting], *, more: int, now: datetime, channel_id: str, label: str = "", notice: str = ""
) -> View:
    """Return all who wait for us, or at most ALL_AT_MOST, the most pressing first; of one `label` if there is one.

    `notice` is a line (escaped) for this once. `private_metadata` is JSON: `{"channel", "label"}`.
    """
    head = _who_waits(len(rows) + more) if rows else "Nobody is waiting for us"
    listed = _list(f"{inline(label)}: {head}" if label else head, _waiting_rows(rows, now), more)
    said = [blocks.context(notice)] if notice else []
    return {
        **blocks.modal("Who is waiting", [*said, *listed.blocks]),
        "callback_id": ALL_WAITING,
        "private_metadata": json.dumps({"channel": channel_id, "label": label}),
    }


def _who_waits(count: int) -> str:
    return f"{times(count, 'person is', 'people are')} waiting for an answer"


def _waiting_rows(rows: Sequence[Waiting], now: datetime) -> list[Block]:
    return [_row(WAITING, each, _who(each, now), _claim(each)) for each in rows]


def _list(head: str, rows: Sequence[Block], more: int, above: Sequence[Block] = ()) -> Message:
    rest = [blocks.context(f"and {more:,} more: my Home lists them all")] if more else []
    return Message(text=head, blocks=[blocks.section(f"*{head}*"), *above, *rows, *rest])


def _row(name: str, row: Waiting, fact: str, button: Block | None) -> Block:
    title = link(row.url, row.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    said = separated([f"{KIND_EMOJI[row.kind]} {title}", inline(row.community), fact])
    return {**blocks.section(said, button), "block_id": f"{name}.{row.conversation_id}"}


def _claim(row: Waiting) -> Block | None:
    has_owner = row.reply.state is ReplyState.CLAIMED
    return None if has_owner else blocks.button("I'll reply", "reply.claim", _value(row))


def _who(row: Waiting, now: datetime) -> str:
    if row.reply.state is not ReplyState.CLAIMED:
        return f"since {when(row.since, '{date_short_pretty}')}"
    return separated([f"{user(row.reply.claimed_by)} has it", _due(row, now)])


def _due(row: Waiting, now: datetime) -> str:
    due_at = row.reply.due_at
    if due_at is None:
        return ""
    return f"*overdue since {when(due_at)}*" if due_at <= now else f"due {when(due_at)}"


def _value(row: Waiting) -> str:
    return f"{row.conversation_id}:{row.version}"
