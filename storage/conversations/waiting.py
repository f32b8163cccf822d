"""Who is waiting for us, the most pressing first (engagement/understanding/priority.py)."""

from collections.abc import Sequence
from datetime import datetime

from engagement.listing import Waiting
from engagement.understanding.reading import Kind, Tag
from storage.conversations.asking import ASKED
from storage.conversations.cards import SNOOZED, UNTOUCHED
from storage.conversations.conversation_rows import reply_from, snooze_from
from storage.database import Row, Tx, count
from storage.stamps import read_stamp
from storage.team.labels import CONVERSATION_CARRIES

# The opening mention of each conversation.
OPENING = """JOIN mention ON mention.id = (
    SELECT MIN(first.id) FROM mention AS first WHERE first.conversation_id = conversation.id)"""
# Some mention of it is a user's question, help, bug, complaint or wish.
ASKS = """EXISTS (
    SELECT 1 FROM mention AS asking WHERE asking.conversation_id = conversation.id AND asking.waits_for_us = 1)"""

SHOWN = f"""conversation.*, mention.kind, post.title, post.text, post.url, post.community, post.author,
  conversation.asked_at AS since, CASE WHEN {ASKS} THEN 1 ELSE 0 END AS asks"""

# Ours to answer: a reply is owed or promised, or a user asks us and nobody has decided yet, and nobody has put it aside
# (engagement.conversations.standing).
WAITS = f"""conversation.is_open = 1 AND conversation.dismissed_by = '' AND NOT {SNOOZED} AND (
  conversation.reply_state IN ('owed', 'claimed') OR (conversation.tag IS NULL AND {ASKS}))"""


def waiting_for_us(tx: Tx, workspace_id: str, *, limit: int, label: int | None = None) -> list[Waiting]:
    """Return at most `limit` conversations that wait for us (in which something has the label), most pressing first."""
    condition, values = of_label(label)
    rows = tx.all(
        f"SELECT {SHOWN} {ASKED} WHERE conversation.workspace_id = :workspace_id AND {WAITS} {condition}"
        " ORDER BY conversation.pressing_since, conversation.id LIMIT :limit",
        workspace_id=workspace_id,
        limit=limit,
        **values,
    )
    return [waiting_from(row) for row in rows]


def longest_waiting(
    tx: Tx, workspace_id: str, *, besides: Sequence[Waiting], label: int | None = None
) -> datetime | None:
    """Return since when whoever waits longest does, `besides` those; None where nobody else waits."""
    condition, values = of_label(label)
    rows = tx.all(
        f"""SELECT conversation.id, conversation.asked_at FROM conversation
            WHERE conversation.workspace_id = :workspace_id AND {WAITS} {condition}
            ORDER BY conversation.asked_at, conversation.id LIMIT :limit""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        limit=len(besides) + 1,
        **values,
    )
    listed = {each.conversation_id for each in besides}
    return next((read_stamp(row["asked_at"]) for row in rows if row["id"] not in listed), None)


def count_waiting(tx: Tx, workspace_id: str, *, label: int | None = None) -> int:
    """Return how many conversations wait for us (in which something has the label)."""
    condition, values = of_label(label)
    return count(
        tx,
        f"FROM conversation WHERE conversation.workspace_id = :workspace_id AND {WAITS} {condition}",
        workspace_id=workspace_id,
        **values,
    )


def of_label(label: int | None) -> tuple[str, dict[str, int]]:
    """Return the condition that something in a conversation has the label, and its values; none without one."""
    return ("", {}) if label is None else (f"AND {CONVERSATION_CARRIES}", {"label": label})


def count_untagged(tx: Tx, workspace_id: str) -> int:
    """Return how many conversations nobody has decided on."""
    return count(
        tx,
        f"FROM conversation WHERE conversation.workspace_id = :workspace_id AND {UNTOUCHED}",
        workspace_id=workspace_id,
    )


def rows_of_digest(tx: Tx, digest_id: int) -> Sequence[Waiting]:
    """Return the conversations a digest lists, as they stand now."""
    rows = tx.all(
        f"""SELECT {SHOWN} {ASKED} JOIN digest_row ON digest_row.conversation_id = conversation.id
            WHERE digest_row.digest_id = :id ORDER BY digest_row.position""",
        id=digest_id,
    )
    return [waiting_from(row) for row in rows]


def waiting_from(row: Row) -> Waiting:
    """Return a row of ASKED as a line for people."""
    return Waiting(
        conversation_id=row["id"],
        version=row["version"],
        title=row["title"] or row["text"],
        url=row["url"],
        community=row["community"],
        author=row["author"],
        kind=Kind(row["kind"]),
        since=read_stamp(row["since"]),
        pressing_since=read_stamp(row["pressing_since"]),
        reply=reply_from(row),
        tag=Tag(row["tag"]) if row["tag"] else None,
        dismissed_by=row["dismissed_by"],
        ours_to_answer=bool(row["asks"]),
        snooze=snooze_from(row),
        is_muted=row["mute_id"] > 0,
        improvement_id=row["improvement_id"],
    )
