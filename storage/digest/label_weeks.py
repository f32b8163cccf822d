"""What a period brought from the people and places of each label."""

from datetime import datetime
from typing import Final

from engagement.listing import DIGEST_LABELS
from engagement.team.labels import LabelWeek
from storage.conversations.waiting import WAITS
from storage.database import Tx
from storage.stamps import stamp

# The mentions of the period that are about us.
SAID: Final = """mention.workspace_id = :workspace_id AND mention.noticed_at >= :starts_at
      AND mention.noticed_at < :ends_at AND mention.before_start = 0"""
# UNION, not UNION ALL: who wrote it and where it stood may have the same label.
BY_LABEL: Final = f"""SELECT label.name, COUNT(*) AS mentions,
    COUNT(DISTINCT CASE WHEN {WAITS} THEN conversation.id END) AS waiting
  FROM (
    SELECT person_label.label_id, mention.id,
      COALESCE(mention.card_id, mention.conversation_id) AS decided_in FROM mention
    JOIN post ON post.id = mention.post_id
    JOIN person_label ON person_label.community = post.community AND person_label.author = post.author
    WHERE {SAID}
    UNION
    SELECT source_label.label_id, mention.id,
      COALESCE(mention.card_id, mention.conversation_id) AS decided_in FROM mention
    JOIN source_post ON source_post.post_id = mention.post_id
    JOIN source_label ON source_label.source_id = source_post.source_id
    WHERE {SAID}) AS said
  JOIN label ON label.id = said.label_id AND label.workspace_id = :workspace_id
  JOIN conversation ON conversation.id = said.decided_in
  WHERE conversation.dismissed_by = '' AND conversation.mute_id = 0 AND conversation.unsure = 0
  GROUP BY label.id, label.name, label.folded ORDER BY COUNT(*) DESC, label.folded LIMIT :limit"""  # noqa: S608 - constants only


def week_by_label(tx: Tx, workspace_id: str, *, starts_at: datetime, ends_at: datetime) -> tuple[LabelWeek, ...]:
    """Return the labels that most was heard of in [starts_at, ends_at), at most DIGEST_LABELS.

    Counted as the week's mentions are: not what is not about us, muted or unsure. Of the conversations behind them, how
    many wait for us now.
    """
    rows = tx.all(
        BY_LABEL,
        workspace_id=workspace_id,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
        limit=DIGEST_LABELS,
    )
    return tuple(LabelWeek(name=row["name"], mentions=row["mentions"], waiting=row["waiting"]) for row in rows)
