"""A source that has moved to another address, where another one may stand already."""

from datetime import datetime

from engagement.listening.source import Source
from storage.database import Tx
from storage.listening.sources import ask_again
from storage.listening.troubles import forget_notices
from storage.records.history import write_history
from storage.stamps import stamp

MOVE_POSTS = """INSERT INTO source_post (source_id, post_id, seen_at, said)
    SELECT :to_id, old.post_id, old.seen_at, old.said FROM source_post AS old WHERE old.source_id = :from_id
      AND NOT EXISTS (SELECT 1 FROM source_post AS new WHERE new.source_id = :to_id AND new.post_id = old.post_id)"""
MOVE_WATCHES = """INSERT INTO watch_source (watch_id, source_id, added_at, joined)
    SELECT old.watch_id, CAST(:to_id AS BIGINT), old.added_at,
      CASE WHEN old.joined > before.welcomed THEN after.joins ELSE 0 END
    FROM watch_source AS old
      JOIN source AS before ON before.id = old.source_id JOIN source AS after ON after.id = :to_id
    WHERE old.source_id = :from_id
      AND NOT EXISTS (SELECT 1 FROM watch_source AS new
        WHERE new.source_id = :to_id AND new.watch_id = old.watch_id)"""


def move_source(tx: Tx, source: Source, url: str, *, said_from: str, said_to: str, at: datetime) -> None:
    """Give the source the address `url`; is there one of that address already, everything of this one becomes its.

    Which posts it carried moves along, so that none is news there a second time. `said_from` and `said_to` are the
    addresses as they may be shown, for the history.
    """
    for row in tx.all(
        """SELECT DISTINCT watch.workspace_id FROM watch_source JOIN watch ON watch.id = watch_source.watch_id
           WHERE watch_source.source_id = :id ORDER BY watch.workspace_id""",
        id=source.id,
    ):
        write_history(
            tx,
            workspace_id=row["workspace_id"],
            object_="source",
            object_id=source.id,
            act="move",
            actor="",
            at=at,
            before={"address": said_from},
            after={"address": said_to},
        )
    there = tx.one(
        """SELECT there.id FROM source JOIN source AS there ON there.owner = source.owner AND there.url = :url
           WHERE source.id = :id""",
        id=source.id,
        url=url,
    )
    if there is None:
        tx.run(
            "UPDATE source SET url = :url, host = '', moved_to = '', moved_since = NULL WHERE id = :id",
            id=source.id,
            url=url,
        )
    elif there["id"] != source.id:
        _note_watches(tx, source.id, there["id"], at=at)
        _merge(tx, source.id, there["id"], at=at)


def _note_watches(tx: Tx, from_id: int, to_id: int, *, at: datetime) -> None:
    """Have each watch that goes along say so in its history."""
    for row in tx.all(
        """SELECT watch.id, watch.workspace_id, source.name FROM watch_source
           JOIN watch ON watch.id = watch_source.watch_id JOIN source ON source.id = watch_source.source_id
           WHERE watch_source.source_id = :id ORDER BY watch.id""",
        id=from_id,
    ):
        write_history(
            tx,
            workspace_id=row["workspace_id"],
            object_="watch",
            object_id=row["id"],
            act="move place",
            actor="",
            at=at,
            before={"place": row["name"], "sources": [from_id]},
            after={"place": row["name"], "sources": [to_id]},
        )


def _merge(tx: Tx, from_id: int, to_id: int, *, at: datetime) -> None:
    """Leave an empty row behind: nobody listens to it, so it is asked no more.

    The other one was read just now, by way of this one; has it been closed once, it is so no more.
    """
    ask_again(tx, [to_id], at=at)
    tx.run(MOVE_POSTS, from_id=from_id, to_id=to_id)
    tx.run("UPDATE source SET joins = joins + 1 WHERE id = :to_id", to_id=to_id)
    tx.run(MOVE_WATCHES, from_id=from_id, to_id=to_id)
    tx.run("UPDATE teammate_handle SET source_id = :to_id WHERE source_id = :from_id", from_id=from_id, to_id=to_id)
    tx.run("DELETE FROM source_post WHERE source_id = :from_id", from_id=from_id)
    tx.run("DELETE FROM watch_source WHERE source_id = :from_id", from_id=from_id)
    forget_notices(tx, from_id)
    tx.run(
        "UPDATE trouble SET ended_at = :at WHERE source_id = :from_id AND ended_at IS NULL",
        from_id=from_id,
        at=stamp(at),
    )
    tx.run("UPDATE source SET moved_to = '', moved_since = NULL, troubles = '' WHERE id = :from_id", from_id=from_id)
