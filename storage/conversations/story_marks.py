"""By what the tellings of a story find each other: a few marks each, kept for a week."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Final

from engagement.conversations.stories import TOLD_WITHIN, Marks
from storage.batches import run_where
from storage.database import Tx
from storage.stamps import stamp

# Of a word that many headlines have, the newest of them: the others share rarer ones.
NEWEST_OF_A_MARK: Final = 20
# So many are compared, those first that share most.
COMPARED_AT_MOST: Final = 8
# A headline is alike enough only where it shares as many words.
WORDS_SHARED: Final = 2
EXACT_COUNTS: Final = 100

NEWEST: Final = """SELECT conversation_id FROM story_mark
  WHERE workspace_id = :workspace_id AND mark = :mark AND conversation_id <> :besides AND doubted = :doubted
  ORDER BY conversation_id DESC LIMIT :limit"""


def keep_marks(
    tx: Tx, workspace_id: str, conversation_id: int, marks: Marks, *, doubted: bool = False, at: datetime
) -> None:
    """Have a conversation found by what it tells; one that is `doubted` (nobody is sure that it is us) by itself."""
    values = {"workspace_id": workspace_id, "id": conversation_id, "doubted": int(doubted), "at": stamp(at)}
    tx.many(
        """INSERT INTO story_mark (workspace_id, mark, conversation_id, opened_at, doubted)
           VALUES (:workspace_id, :mark, :id, :at, :doubted)
           ON CONFLICT (workspace_id, mark, conversation_id) DO UPDATE SET doubted = excluded.doubted""",
        [values | {"mark": mark} for mark in sorted({*marks.exact, *marks.words})],
    )


def forget_old_marks(tx: Tx, *, at: datetime) -> None:
    """Forget the marks of what is too old to have copies. One that is still there is found, and takes none."""
    tx.run("DELETE FROM story_mark WHERE opened_at < :until", until=stamp(at - TOLD_WITHIN))


def forget_marks(tx: Tx, conversation_ids: Collection[int]) -> None:
    """Have conversations be found no more by what they told: the words are gone."""
    run_where(tx, "DELETE FROM story_mark WHERE conversation_id IN ({wanted})", sorted(conversation_ids))


def those_like(tx: Tx, workspace_id: str, marks: Marks, *, besides: int, doubted: bool = False) -> list[int]:
    """Return the conversations that may tell the same story, those first that share most; the older first of equals.

    Those that are `doubted` are sought by themselves, so that they leave no card out.
    However many there are, the cost is that of a few look-ups for each mark.
    """
    shared: Counter[int] = Counter()
    for mark in (*marks.exact, *marks.words):
        counts = EXACT_COUNTS if mark in marks.exact else 1
        found = tx.all(
            NEWEST,
            workspace_id=workspace_id,
            mark=mark,
            besides=besides,
            doubted=int(doubted),
            limit=NEWEST_OF_A_MARK,
        )
        shared.update({row["conversation_id"]: counts for row in found})
    enough = [(number, points) for number, points in shared.items() if points >= WORDS_SHARED]
    return [number for number, _ in sorted(enough, key=lambda each: (-each[1], each[0]))[:COMPARED_AT_MOST]]
