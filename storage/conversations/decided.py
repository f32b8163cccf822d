"""The history of a conversation: every decision, who took it, and what it changed."""

from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.conversations.press import Act, Change, Past
from engagement.sending.webhook import types_of
from storage.conversations.conversation_rows import decision_values, with_decision
from storage.database import Tx
from storage.records.history import read_facts, write_history
from storage.sending.webhook import About, queue_events
from storage.stamps import read_stamp

HISTORY = "SELECT * FROM history WHERE object = 'conversation' AND object_id = :id"
# What lines of the history do not say that were written before there was such a thing.
UNSAID = {
    "warn_at": None,
    "assigned_by": "",
    "snoozed_until": None,
    "snoozed_by": "",
    "snooze_reason": "",
    "back_at": None,
    "mute_id": 0,
    "improvement_id": 0,
    "answer_seen": 0,
    "helper": "",
    "told_in": 0,
    "apart_from": 0,
    "placed_by": "",
}


def write_decision(tx: Tx, before: Conversation, after: Conversation, *, act: Act, actor: str, at: datetime) -> None:
    """Append a decision to the conversation's history, and have whom the webhook tells hear of it."""
    line = write_history(
        tx,
        workspace_id=before.workspace_id,
        object_="conversation",
        object_id=before.id,
        act=act.value,
        actor=actor,
        at=at,
        before=decision_values(before),
        after=decision_values(after),
    )
    about = About(workspace_id=before.workspace_id, object="conversation", number=before.id, line=line)
    queue_events(tx, about, types_of(before, after), at=at)


def latest_decision(tx: Tx, conversation_id: int) -> Past | None:
    """Return who decided last, None when nobody has."""
    row = tx.one(f"{HISTORY} ORDER BY id DESC LIMIT 1", id=conversation_id)
    return Past(act=Act(row["act"]), by=row["actor"], at=read_stamp(row["at"])) if row else None


def latest_line(tx: Tx, conversation_id: int) -> int:
    """Return the number of the latest line of a conversation's history, 0 for none."""
    row = tx.one(f"{HISTORY} ORDER BY id DESC LIMIT 1", id=conversation_id)
    return int(row["id"]) if row else 0


def changes_of(tx: Tx, conversation: Conversation) -> list[Change]:
    """Return everything that was decided about the conversation, oldest first."""
    return [
        Change(
            act=Act(line["act"]),
            at=read_stamp(line["at"]),
            before=with_decision(conversation, UNSAID | read_facts(line["before_facts"])),
            after=with_decision(conversation, UNSAID | read_facts(line["after_facts"])),
        )
        for line in tx.all(f"{HISTORY} ORDER BY id", id=conversation.id)
    ]
