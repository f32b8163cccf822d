"""What showed a person in Slack who is forgotten: drawn again, however old."""

from collections.abc import Sequence
from datetime import datetime

from engagement.sending.outbox import MessageKind
from storage.batches import rows_where
from storage.database import Row, Tx
from storage.sending.messages import mark_stale
from storage.sending.redraws import redraw_conversation
from storage.stamps import stamp


def redraw_what_showed(tx: Tx, post_ids: Sequence[int], mentions: Sequence[Row]) -> None:
    """Have everything drawn again that may show these posts, `mentions` of theirs, and whatever stands beside them."""
    for conversation_id in sorted({row["conversation_id"] for row in mentions}):
        _redraw_around(tx, conversation_id)
    for row in mentions:
        mark_stale(tx, MessageKind.NOTE, str(row["id"]))
    for row in rows_where(tx, "SELECT id FROM alert WHERE post_id > 0 AND post_id IN ({wanted})", post_ids):
        mark_stale(tx, MessageKind.ALERT, str(row["id"]))


def redraw_digests_since_heard(tx: Tx, community: str, author: str, *, at: datetime) -> None:
    """Have the digests since somebody was first heard drawn again, also where they follow their rows no more."""
    first = tx.one(
        """SELECT MIN(mention.noticed_at) AS at FROM post JOIN mention ON mention.post_id = post.id
           WHERE post.community = :community AND post.author = :author""",
        community=community,
        author=author,
    )
    since = first["at"] if first else None
    for digest in tx.all("SELECT id FROM digest WHERE created_at >= :since", since=since) if since else ():
        tx.run(
            "UPDATE message SET tried_at = :at WHERE kind = 'digest' AND subject = :id AND state = 'sent'",
            id=str(digest["id"]),
            at=stamp(at),
        )
        mark_stale(tx, MessageKind.DIGEST, str(digest["id"]))
        mark_stale(tx, MessageKind.DETAILS, str(digest["id"]))


def _redraw_around(tx: Tx, conversation_id: int) -> None:
    redraw_conversation(tx, conversation_id)
    # Cards that may tell the same story name it.
    for row in tx.all("SELECT id FROM conversation WHERE alike_to = :id AND alike_to > 0", id=conversation_id):
        mark_stale(tx, MessageKind.CARD, str(row["id"]))
    mark_stale(tx, MessageKind.DELETED, str(conversation_id))
    for draft in tx.all("SELECT id FROM draft WHERE conversation_id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.DRAFT, str(draft["id"]))
        mark_stale(tx, MessageKind.JUDGED, str(draft["id"]))
    history = "SELECT id FROM history WHERE object = 'conversation' AND object_id = :id AND act = 'wake'"
    for line in tx.all(history, id=conversation_id):
        mark_stale(tx, MessageKind.BACK, str(line["id"]))
