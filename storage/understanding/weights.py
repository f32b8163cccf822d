"""What a conversation weighs among those that wait, kept as the moment that lists by priority are ordered by."""

from datetime import datetime

from engagement.understanding.priority import Priority, Weighty, pressing_since, priority_of
from engagement.understanding.reading import Kind, Mood, Pillar
from engagement.watch import Outcome
from storage.conversations.asking import ASKED
from storage.database import Row, Tx
from storage.stamps import read_stamp, stamp

# Of what waits for us.
WEIGHED = f"""SELECT conversation.workspace_id, conversation.asked_at, mention.id AS mention_id, mention.noticed_at,
    mention.kind, mention.mood, mention.pillar, mention.alarms, post.score, post.community, post.author, watch.outcome
  {ASKED} JOIN watch ON watch.id = conversation.watch_id
  WHERE conversation.id = :id"""
# What the author of a mention wrote about us before it, in other conversations; what is open there waits itself.
BEFORE = """SELECT 1 AS yes FROM post JOIN mention ON mention.post_id = post.id
  JOIN conversation ON conversation.id = mention.conversation_id
  WHERE post.community = :community AND post.author = :author AND mention.workspace_id = :workspace_id
    AND mention.id < :mention_id AND conversation.id <> :id AND conversation.unsure = 0
    AND conversation.dismissed_by = '' AND conversation.is_open = 0"""
# The same of one conversation: whether it is among what was, and how it ended.
ENDED = """SELECT CASE WHEN is_open = 1 OR unsure = 1 OR dismissed_by <> '' THEN ''
    WHEN reply_state IN ('answered', 'answered by others') THEN 'answered' ELSE 'unanswered' END AS ended
  FROM conversation WHERE id = :id"""
UNANSWERED = "AND mention.waits_for_us = 1 AND conversation.reply_state NOT IN ('answered', 'answered by others')"


def weigh_conversation(tx: Tx, conversation_id: int) -> None:
    """Have the conversation stand where it belongs in lists by priority; asked whenever what it weighs may differ.

    One that cannot be weighed stands where it stood.
    """
    weighty = _weighty(tx, conversation_id)
    tx.run(
        """UPDATE conversation SET pressing_since = COALESCE(CAST(:since AS TEXT), pressing_since), weighed = 1
           WHERE id = :id""",
        id=conversation_id,
        since=stamp(pressing_since(weighty)) if weighty else None,
    )


def weigh_anew(tx: Tx, workspace_id: str, watch_id: int) -> None:
    """Have all that is open of a watch weighed anew, a little later: a great deal may be."""
    # COALESCE: else SQLite would go through all that the watch ever had.
    tx.run(
        """UPDATE conversation SET weighed = 0
           WHERE workspace_id = :workspace_id AND is_open = 1 AND COALESCE(watch_id, 0) = :id""",
        workspace_id=workspace_id,
        id=watch_id,
    )


def how_it_ended(tx: Tx, conversation_id: int) -> str:
    """Return what a conversation adds to the weight of what its authors write later, empty while it adds nothing."""
    row = tx.one(ENDED, id=conversation_id)
    return str(row["ended"]) if row else ""


def weigh_others_anew(tx: Tx, workspace_id: str, conversation_id: int) -> None:
    """Have what the authors of a conversation wrote later, and is open, weighed anew, a little later."""
    # COALESCE: else SQLite would begin with all that the workspace ever heard.
    tx.run(
        """UPDATE conversation SET weighed = 0 WHERE is_open = 1 AND id <> :id AND id IN (
             SELECT their_later.conversation_id
             FROM (SELECT post.community, post.author, MIN(settled.id) AS first_id
                   FROM mention AS settled JOIN post ON post.id = settled.post_id
                   WHERE settled.conversation_id = :id AND post.author <> ''
                   GROUP BY post.community, post.author) AS writer
               JOIN post AS their_other ON their_other.community = writer.community
                 AND their_other.author = writer.author
               JOIN mention AS their_later ON their_later.post_id = their_other.id
             WHERE COALESCE(their_later.workspace_id, '') = :workspace_id AND their_later.id > writer.first_id)""",
        workspace_id=workspace_id,
        id=conversation_id,
    )


def is_any_to_weigh(tx: Tx) -> bool:
    """Return whether something open is to be weighed."""
    return tx.one("SELECT 1 AS yes FROM conversation WHERE is_open = 1 AND weighed = 0 LIMIT 1") is not None


def weigh_some(tx: Tx, *, limit: int) -> int:
    """Weigh at most `limit` of what is to be weighed, the newest first; return how many that were."""
    rows = tx.all(
        "SELECT id FROM conversation WHERE is_open = 1 AND weighed = 0 ORDER BY id DESC LIMIT :limit", limit=limit
    )
    for row in rows:
        weigh_conversation(tx, row["id"])
    return len(rows)


def why_it_matters(tx: Tx, conversation_id: int, *, now: datetime) -> Priority | None:
    """Return the priority of a conversation that waits for us and what it is made of, None where there is none."""
    weighty = _weighty(tx, conversation_id)
    return priority_of(weighty, now) if weighty else None


def _weighty(tx: Tx, conversation_id: int) -> Weighty | None:
    """Return what is known of what waits, None of a watch whose row nobody can read."""
    row = tx.one(WEIGHED, id=conversation_id)
    if row is None or row["outcome"] not in set(Outcome):
        return None
    return Weighty(
        kind=Kind(row["kind"]),
        mood=Mood(row["mood"]),
        pillar=Pillar(row["pillar"]),
        outcome=Outcome(row["outcome"]),
        asked_at=read_stamp(row["asked_at"]),
        heard_at=read_stamp(row["noticed_at"]),
        alarms=bool(row["alarms"]),
        score=row["score"],
        wrote_before=_has(tx, f"{BEFORE} LIMIT 1", row, conversation_id),
        left_unanswered=_has(tx, f"{BEFORE} {UNANSWERED} LIMIT 1", row, conversation_id),
    )


def _has(tx: Tx, sql: str, row: Row, conversation_id: int) -> bool:
    # Nobody is nobody's second time.
    if not row["author"]:
        return False
    found = tx.one(
        sql,
        id=conversation_id,
        mention_id=row["mention_id"],
        workspace_id=row["workspace_id"],
        community=row["community"],
        author=row["author"],
    )
    return found is not None
