"""A period in figures."""

from collections.abc import Sequence
from typing import Final

from engagement.digest.figures import Figures, figures_from
from engagement.digest.week import Needed
from engagement.understanding.reading import Mood
from storage.database import Tx
from storage.digest.bounds import Bounds
from storage.digest.needed import needed_of
from storage.digest.weeks import of_us
from storage.improvements.demands import ASKS
from storage.stamps import read_stamp

# What nobody asked for began with nobody.
SHIPPED: Final = f"""SELECT improvement.decided_at, (
    SELECT MIN(COALESCE(post.published_at, post.seen_at)) FROM conversation
    JOIN mention ON mention.conversation_id = conversation.id JOIN post ON post.id = mention.post_id
    WHERE conversation.improvement_id = improvement.id AND conversation.improvement_id > 0 AND {ASKS}) AS began_at
  FROM improvement WHERE improvement.workspace_id = :workspace_id AND improvement.merged_into = 0
    AND improvement.state = 'shipped' AND improvement.decided_at >= :starts_at AND improvement.decided_at < :ends_at"""  # noqa: S608 - constants only


def figures_of(tx: Tx, bounds: Bounds, needed: Sequence[Needed] | None = None) -> Figures:
    """Return the figures of a period: of the conversations opened in it, and of its mentions of us.

    `needed` are those that needed us, where somebody has looked them up already.
    """
    rows = tx.all(f"SELECT mention.mood, COUNT(*) AS mentions {of_us(bounds)} GROUP BY mention.mood", **bounds)
    moods = {Mood(row["mood"]): int(row["mentions"]) for row in rows}
    return figures_from(needed_of(tx, bounds) if needed is None else needed, moods, _shipped(tx, bounds))


def _shipped(tx: Tx, bounds: Bounds) -> list[int]:
    """Return how long it took from the first mention to each improvement that shipped in the period, in seconds."""
    return [
        max(0, int((read_stamp(row["decided_at"]) - read_stamp(row["began_at"])).total_seconds()))
        for row in tx.all(SHIPPED, **bounds)
        if row["began_at"]
    ]
