"""What is due, told to whoever has it; and who waits while nobody has them, told to the channel."""

from typing import Final

from engagement.listing import Waiting
from engagement.prose import times
from engagement.turns.reminders import LISTED, Reminder, ReminderKind
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.digest import settled
from handlers.views.mrkdwn import in_lines, inline, link, separated, user, when
from handlers.views.words import KIND_EMOJI

TITLE_LENGTH: Final = 90
# Ten rows and their words stay far below what Slack takes.
URL_LENGTH: Final = 500


def draw_reminder(reminder: Reminder) -> Message | None:
    """Return the list as it stands now; None where nothing of it is left to tell."""
    if not reminder.left:
        return None
    return _draw(reminder)


def redraw_reminder(reminder: Reminder) -> Message:
    """Return a list that was told already, also where all of it is done."""
    return _draw(reminder)


def _draw(reminder: Reminder) -> Message:
    head = _head(reminder)
    rows = [_line(reminder, row) for row in reminder.rows[:LISTED]]
    more = len(reminder.rows) - LISTED
    rest = [blocks.context(f"and {more:,} more: my Home lists them all")] if more > 0 else []
    away = [blocks.actions(blocks.button("I am away…", "me.away", "away"))]
    is_mine = reminder.kind is ReminderKind.PROMISED
    return Message(text=head, blocks=[blocks.section(f"*{head}*"), *rows, *rest, *(away if is_mine else [])])


def _head(reminder: Reminder) -> str:
    left = reminder.left
    if reminder.kind is ReminderKind.UNOWNED:
        return f"{times(left, 'person waits', 'people wait')} and nobody has them" if left else "Nobody waits any more"
    if reminder.kind is ReminderKind.COVER:
        back = f" until {when(reminder.until, '{date_short_pretty}')}" if reminder.until else ""
        gone = "has left the workspace" if reminder.has_left else f"is away{back}"
        return f"{user(reminder.about)} {gone}: {times(left, 'reply is', 'replies are')} yours now"
    waiting = f"{times(left, 'reply', 'replies')} you promised {'is' if left == 1 else 'are'} waiting"
    return waiting if left else "Nothing you promised is waiting"


def _line(reminder: Reminder, row: Waiting) -> Block:
    waits = reminder.waits(row)
    if reminder.kind is ReminderKind.UNOWNED:
        since = f"waiting since {when(row.since)}"
        return _row(row, since, _button("I'll reply", "reply.claim", row) if waits else None, waits=waits)
    is_late = row.reply.due_at is not None and row.reply.due_at <= reminder.told_at
    due = f"*overdue since {when(row.reply.due_at)}*" if is_late and row.reply.due_at else _due(row)
    return _row(row, due, _button("Hand back", "reply.hand_back", row) if waits else None, waits=waits)


def _due(row: Waiting) -> str:
    return f"due {when(row.reply.due_at)}" if row.reply.due_at else ""


def _row(row: Waiting, fact: str, button: Block | None, *, waits: bool) -> Block:
    title = link(row.url, row.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    if not waits:
        return blocks.section(f"~{title}~ {_done(row)}")
    where = separated([inline(row.community), inline(row.author), fact])
    return blocks.section(in_lines(f"{KIND_EMOJI[row.kind]} *{title}*", where), button)


def _done(row: Waiting) -> str:
    if row.reply.is_open and not row.is_set_aside and not row.dismissed_by:
        return f"{user(row.reply.claimed_by)} has it" if row.reply.claimed_by else "handed back"
    return settled(row)


def _button(label: str, action: str, row: Waiting) -> Block:
    return blocks.button(label, action, f"{row.conversation_id}:{row.version}")
