"""What the mentions of a person who is forgotten have taught: their words teach nothing any more."""

from collections.abc import Collection, Mapping
from datetime import datetime

from engagement.records.forgotten import Erasure
from storage.batches import rows_where, run_where
from storage.database import Tx, the_row
from storage.records.forgotten_rows import rewrite
from storage.records.history import read_facts
from storage.understanding.beside import settle_beside
from storage.understanding.learned import settle_word


def forget_votes_of(tx: Tx, mention_ids: Collection[int], erasure: Erasure, *, by: str, at: datetime) -> None:
    """Take back the votes of mentions; a word on which nothing else voted leaves the history as well."""
    cast = rows_where(
        tx, "SELECT DISTINCT workspace_id, word FROM word_vote WHERE mention_id IN ({wanted})", mention_ids
    )
    run_where(tx, "DELETE FROM word_vote WHERE mention_id IN ({wanted})", mention_ids)
    for workspace_id, word in sorted({(row["workspace_id"], row["word"]) for row in cast}):
        settle_word(tx, workspace_id, word, by=by, at=at)
        standing = "SELECT 1 AS yes FROM word_vote WHERE workspace_id = :workspace_id AND word = :word LIMIT 1"
        if tx.one(standing, workspace_id=workspace_id, word=word) is None:
            _forget_in_history(tx, "word", workspace_id, word, erasure)
    _forget_beside(tx, mention_ids, erasure, by=by, at=at)


def _forget_beside(tx: Tx, mention_ids: Collection[int], erasure: Erasure, *, by: str, at: datetime) -> None:
    """Take back what the words beside a name of a watch have voted, in the same way."""
    cast = rows_where(tx, "SELECT DISTINCT watch_id, word FROM beside_vote WHERE mention_id IN ({wanted})", mention_ids)
    run_where(tx, "DELETE FROM beside_vote WHERE mention_id IN ({wanted})", mention_ids)
    for watch_id, word in sorted({(row["watch_id"], row["word"]) for row in cast}):
        watch = the_row(tx, "SELECT workspace_id FROM watch WHERE id = :id", id=watch_id)
        settle_beside(tx, watch["workspace_id"], watch_id, [word], by=by, at=at)
        standing = "SELECT 1 AS yes FROM beside_vote WHERE watch_id = :watch_id AND word = :word LIMIT 1"
        if tx.one(standing, watch_id=watch_id, word=word) is None:
            _forget_in_history(tx, "beside", watch["workspace_id"], word, erasure)


def _forget_in_history(tx: Tx, about: str, workspace_id: str, word: str, erasure: Erasure) -> None:
    taught = tx.all(
        "SELECT * FROM history WHERE workspace_id = :workspace_id AND object = :about AND object_id = 0",
        workspace_id=workspace_id,
        about=about,
    )
    for line in taught:
        # Of words beside a name, all that one decision taught stand in one line.
        if word in _named(read_facts(line["after_facts"])):
            rewrite(tx, line, {}, {}, erasure)


def _named(facts: Mapping[str, object]) -> list[object]:
    name = facts.get("name")
    return name if isinstance(name, list) else [name]
