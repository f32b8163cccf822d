"""The mentions in which themes are still to be looked for."""

from collections.abc import Collection
from typing import Final

from storage.batches import run_where
from storage.database import Tx

# Of teams that have themes; the rest would only be read for nothing.
QUEUE: Final = """INSERT INTO mention_without_themes (mention_id) SELECT mention.id FROM mention
  WHERE mention.post_id IN ({wanted})
    AND EXISTS (SELECT 1 FROM theme WHERE theme.workspace_id = mention.workspace_id AND theme.ended_at = '')
  ON CONFLICT (mention_id) DO NOTHING"""


def queue_for_themes(tx: Tx, post_ids: Collection[int]) -> None:
    """Have themes looked for in the mentions of these posts, whose words are new."""
    run_where(tx, QUEUE, sorted(post_ids))
