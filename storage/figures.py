"""A period in figures."""

from engagement.figures import Figures, figures_from
from engagement.reading import Mood
from storage.bounds import Bounds
from storage.database import Tx
from storage.needed import needed_of
from storage.weeks import of_us


def figures_of(tx: Tx, bounds: Bounds) -> Figures:
    """Return the figures of a period: of the conversations opened in it, and of its mentions of us."""
    rows = tx.all(f"SELECT mention.mood, COUNT(*) AS mentions {of_us(bounds)} GROUP BY mention.mood", **bounds)
    return figures_from(needed_of(tx, bounds), {Mood(row["mood"]): int(row["mentions"]) for row in rows})
