"""Which mentions speak of which theme: read by the running bot after they came, were edited, or themes changed.

One way for all of them: whatever writes a mention or its words puts it into the queue, in the same transaction.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from engagement.improvements.themes import Theme
from engagement.post import Post
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from storage.batches import run_where
from storage.database import Row, Tx
from storage.improvements.themes import themes_of
from storage.listening.posts import stored_post_from
from storage.sending.messages import mark_stale
from storage.sending.redraws import REDRAWN_AT_MOST

# The numbers of the themes that stand in a post.
Find = Callable[[Post], Collection[int]]
FinderOf = Callable[[Sequence[Theme]], Find]

WAITING: Final = """SELECT mention.id AS mention_id, mention.workspace_id, mention.post_id,
    mention.noticed_at, mention.kind, mention.conversation_id, post.*
  FROM (SELECT mention_id FROM mention_without_themes ORDER BY mention_id DESC LIMIT :limit) AS waiting
  JOIN mention ON mention.id = waiting.mention_id JOIN post ON post.id = mention.post_id
  ORDER BY mention.id DESC"""


def read_some(tx: Tx, finder_of: FinderOf, *, limit: int) -> bool:
    """Read the next few mentions for themes, the newest first; return whether some may be left.

    What was withdrawn or forgotten since has no words left, and keeps the themes that were found in it.
    """
    rows = tx.all(WAITING, limit=limit)
    if not rows:
        return False
    themes = {each: themes_of(tx, each) for each in sorted({row["workspace_id"] for row in rows})}
    finders = {workspace_id: finder_of(of_team) for workspace_id, of_team in themes.items()}
    read = [row for row in rows if row["withdrawn_at"] is None and not row["forgotten_id"]]
    run_where(tx, "DELETE FROM mention_theme WHERE mention_id IN ({wanted})", [row["mention_id"] for row in read])
    found = [
        {"theme_id": theme_id, "mention_id": row["mention_id"], "noticed_at": row["noticed_at"]}
        for row in read
        for theme_id in sorted(finders[row["workspace_id"]](stored_post_from(row).post))
    ]
    if found:
        tx.many(
            """INSERT INTO mention_theme (theme_id, mention_id, noticed_at)
               VALUES (:theme_id, :mention_id, :noticed_at)""",
            found,
        )
    decided = {theme.id for of_team in themes.values() for theme in of_team if theme.improvement_id}
    leads_on = {each["mention_id"] for each in found if each["theme_id"] in decided}
    _redraw(tx, [row for row in read if row["mention_id"] in leads_on or _is_praise(row, found)])
    done = "DELETE FROM mention_without_themes WHERE mention_id IN ({wanted})"
    run_where(tx, done, [row["mention_id"] for row in rows])
    return len(rows) == limit


def _is_praise(row: Row, found: Sequence[dict[str, object]]) -> bool:
    return row["kind"] == Kind.PRAISE.value and any(each["mention_id"] == row["mention_id"] for each in found)


def _redraw(tx: Tx, rows: Sequence[Row]) -> None:
    """Have the newest of these cards say which theme they speak of: they may have gone out before it was read."""
    for row in rows[:REDRAWN_AT_MOST]:
        mark_stale(tx, MessageKind.CARD, str(row["conversation_id"]))
