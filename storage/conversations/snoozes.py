"""Conversations that somebody put aside, and their return."""

from datetime import datetime

from engagement.conversations.press import Act, Decided, Press
from engagement.conversations.snooze import Snooze
from engagement.sending.outbox import MessageKind
from storage.conversations.cards import SNOOZED
from storage.conversations.conversation_rows import snooze_from
from storage.conversations.decided import latest_line
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.records.history import read_facts
from storage.sending.messages import find_message, queue_message
from storage.stamps import stamp

# So many come back in one transaction; a click waits for no more.
AT_ONCE = 20


def is_any_snooze_over(tx: Tx, *, now: datetime) -> bool:
    """Return whether a conversation that was put aside is to come back."""
    sql = f"SELECT 1 AS yes FROM conversation WHERE {SNOOZED} AND snoozed_until <= :now LIMIT 1"  # noqa: S608 - constants only
    return tx.one(sql, now=stamp(now)) is not None


def wake(tx: Tx, *, now: datetime) -> int:
    """Bring back what was put aside until now, oldest first, each with a word in its thread; return how many."""
    rows = tx.all(
        f"""SELECT conversation.* FROM conversation WHERE {SNOOZED} AND snoozed_until <= :now
            ORDER BY snoozed_until LIMIT :limit""",  # noqa: S608 - constants only
        now=stamp(now),
        limit=AT_ONCE,
    )
    for row in rows:
        press = Press(act=Act.WAKE, conversation_id=row["id"], by="", drawn=row["version"])
        outcome = record_press(tx, press, workspace_id=row["workspace_id"], at=now)
        if isinstance(outcome, Decided):
            _say_it_is_back(tx, outcome, at=now)
    return len(rows)


def _say_it_is_back(tx: Tx, outcome: Decided, *, at: datetime) -> None:
    conversation = outcome.conversation
    card = find_message(tx, MessageKind.CARD, str(conversation.id))
    if card is not None:
        queue_message(
            tx,
            workspace_id=conversation.workspace_id,
            channel=conversation.channel,
            kind=MessageKind.BACK,
            subject=str(latest_line(tx, conversation.id)),
            parent_id=card.id,
            at=at,
        )


def snooze_that_ended(tx: Tx, line: int) -> Snooze | None:
    """Return the snooze that ended with this line of the history, None when that tells of none."""
    row = tx.one("SELECT after_facts FROM history WHERE id = :id", id=line)
    return snooze_from(read_facts(row["after_facts"])) if row else None
