"""What people corrected in how mentions were read: it counts at once, and is kept as a label."""

from collections.abc import Sequence
from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.conversations.correct import Correction, Field
from storage.database import Tx
from storage.stamps import read_stamp, stamp


def add_corrections(
    tx: Tx, conversation: Conversation, mention_id: int, corrections: Sequence[Correction], *, by: str, at: datetime
) -> None:
    """Append labels for one mention of the conversation."""
    tx.many(
        """INSERT INTO correction (workspace_id, conversation_id, mention_id, field, was, became, corrected_by,
             corrected_at)
           VALUES (:workspace_id, :conversation_id, :mention_id, :field, :was, :became, :by, :at)""",
        [
            {
                "workspace_id": conversation.workspace_id,
                "conversation_id": conversation.id,
                "mention_id": mention_id,
                "field": each.field.value,
                "was": each.was,
                "became": each.became,
                "by": by,
                "at": stamp(at),
            }
            for each in corrections
        ],
    )


def corrections_of(tx: Tx, conversation_id: int) -> list[Correction]:
    """Return what was corrected in a conversation, oldest first."""
    rows = tx.all("SELECT * FROM correction WHERE conversation_id = :id ORDER BY id", id=conversation_id)
    return [
        Correction(
            field=Field(row["field"]),
            was=row["was"],
            became=row["became"],
            by=row["corrected_by"],
            at=read_stamp(row["corrected_at"]),
        )
        for row in rows
    ]
