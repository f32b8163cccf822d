"""Which watch listens in which source: how it joins, what it has seen there, and how it leaves."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.listening.places import Listened
from engagement.listening.source import NewSource
from engagement.watch import Watch
from storage.batches import rows_where, run_where
from storage.database import Row, Tx
from storage.listening.sources import add_sources, ask_again, source_from
from storage.listening.troubles import forget_notices
from storage.records.history import write_history
from storage.sending.messages import announce_anew
from storage.stamps import read_stamp_or_none, stamp

LISTENED = """SELECT watch.id AS watch_id, watch.name AS watch, source.* FROM watch
  JOIN watch_source ON watch_source.watch_id = watch.id JOIN source ON source.id = watch_source.source_id
  WHERE watch.workspace_id = :workspace_id"""


def listen_to(tx: Tx, watch_id: int, sources: Iterable[NewSource], *, interval_seconds: int, at: datetime) -> list[int]:
    """Attach `sources` to the watch, shared with every other watch of the same address; return their ids.

    A source that is new to the watch is polled at once, so that its latest mentions show up soon: also one that failed
    or was paused, since it has just answered whoever added it.
    """
    ids = add_sources(tx, sources, interval_seconds=interval_seconds, at=at)
    listened = _listened_of(tx, watch_id, ids)
    new = [source_id for source_id in dict.fromkeys(ids) if source_id not in listened]
    # Counted first: whoever joins at the same moment waits here for the rows, and gets the next numbers.
    run_where(tx, "UPDATE source SET joins = joins + 1 WHERE id IN ({wanted})", new)
    run_where(
        tx,
        """INSERT INTO watch_source (watch_id, source_id, added_at, joined)
           SELECT CAST(:watch_id AS BIGINT), id, :at, joins FROM source WHERE id IN ({wanted}) ORDER BY id""",
        new,
        watch_id=watch_id,
        at=stamp(at),
    )
    ask_again(tx, new, at=at)
    return ids


def _listened_of(tx: Tx, watch_id: int, source_ids: Iterable[int]) -> set[int]:
    rows = rows_where(
        tx,
        "SELECT source_id FROM watch_source WHERE watch_id = :watch_id AND source_id IN ({wanted})",
        source_ids,
        watch_id=watch_id,
    )
    return {row["source_id"] for row in rows}


def listen_alike(tx: Tx, watch_ids: Iterable[int], like: int, *, at: datetime) -> None:
    """Have these watches listen wherever the watch `like` listens, and do not already."""
    # In the order of the primary key, in which SQLite finds them and has nothing to sort: a quarter of the time.
    run_where(
        tx,
        """INSERT INTO watch_source (watch_id, source_id, added_at, joined)
           SELECT watch.id, source.id, :at, source.joins + 1 FROM watch CROSS JOIN watch_source AS listened
           JOIN source ON source.id = listened.source_id
           WHERE listened.watch_id = :alike AND watch.id IN ({wanted})
           ORDER BY watch.id, listened.source_id
           ON CONFLICT (watch_id, source_id) DO NOTHING""",
        watch_ids,
        alike=like,
        at=stamp(at),
    )
    tx.run(
        """UPDATE source SET joins = joins + 1 WHERE EXISTS (SELECT 1 FROM watch_source
             WHERE watch_source.source_id = source.id AND watch_source.joined > source.joins)"""
    )


def listening_since(tx: Tx, source_id: int, watch_ids: Iterable[int]) -> dict[int, datetime | None]:
    """Return which of these watches listen to the source, each with since when; None for a newcomer."""
    rows = rows_where(
        tx,
        """SELECT watch_source.watch_id, CASE WHEN watch_source.joined > source.welcomed THEN NULL
             ELSE watch_source.added_at END AS since
           FROM source JOIN watch_source ON watch_source.source_id = source.id
           WHERE source.id = :source_id AND watch_source.watch_id IN ({wanted})""",
        watch_ids,
        source_id=source_id,
    )
    return {row["watch_id"]: read_stamp_or_none(row["since"]) for row in rows}


def newest_join(tx: Tx, source_id: int) -> int:
    """Return the number of the latest join, if the watch has not seen yet what was there before it; else 0."""
    row = tx.one("SELECT joins FROM source WHERE id = :id AND joins > welcomed", id=source_id)
    return row["joins"] if row else 0


def welcome(tx: Tx, source_id: int, join: int) -> None:
    """Record that the watches up to this join have seen what was there before them."""
    tx.run("UPDATE source SET welcomed = :join WHERE id = :id AND welcomed < :join", id=source_id, join=join)


def sources_of(tx: Tx, watch_id: int) -> list[NewSource]:
    """Return what the watch listens to, as it can be exported."""
    rows = tx.all(
        """SELECT source.* FROM watch_source JOIN source ON source.id = watch_source.source_id
           WHERE watch_source.watch_id = :watch_id AND source.owner = '' ORDER BY source.id""",
        watch_id=watch_id,
    )
    return [NewSource(url=row["url"], name=row["name"], community=row["community"]) for row in rows]


def listened_sources(tx: Tx, workspace_id: str) -> list[NewSource]:
    """Return the sources of all watches of a workspace, each once."""
    rows = tx.all(
        """SELECT DISTINCT source.id, source.url, source.name, source.community FROM source
           JOIN watch_source ON watch_source.source_id = source.id JOIN watch ON watch.id = watch_source.watch_id
           WHERE watch.workspace_id = :workspace_id ORDER BY source.id""",
        workspace_id=workspace_id,
    )
    return [NewSource(url=row["url"], name=row["name"], community=row["community"]) for row in rows]


def listened_places(tx: Tx, workspace_id: str) -> list[Listened]:
    """Return every place of every watch of the workspace, those that are not heard first."""
    rows = tx.all(f"{LISTENED} ORDER BY watch.name, source.name, source.id", workspace_id=workspace_id)
    return sorted(map(_listened_from, rows), key=lambda listened: not listened.is_sick)


def join_places(
    tx: Tx, watch: Watch, new: Sequence[NewSource], *, interval_seconds: int, by: str, at: datetime
) -> list[int]:
    """Let the watch listen in the `new` places, as `listen_to` does; those that are news to it stand in its history."""
    rows = tx.all("SELECT source_id FROM watch_source WHERE watch_id = :id", id=watch.id)
    before = {row["source_id"] for row in rows}
    ids = listen_to(tx, watch.id, new, interval_seconds=interval_seconds, at=at)
    joined = {number: place.name for number, place in zip(ids, new, strict=True) if number not in before}
    if joined:
        write_history(
            tx,
            workspace_id=watch.workspace_id,
            object_="watch",
            object_id=watch.id,
            act="add places",
            actor=by,
            at=at,
            after={"places": list(joined.values()), "sources": list(joined)},
        )
    return ids


def add_places(tx: Tx, watch: Watch, new: Sequence[NewSource], *, interval_seconds: int, by: str, at: datetime) -> None:
    """Let the watch listen in the `new` places that somebody chose, and have its channel know."""
    join_places(tx, watch, new, interval_seconds=interval_seconds, by=by, at=at)
    announce_anew(tx, watch.id)


def leave_place(tx: Tx, workspace_id: str, *, watch_id: int, source_id: int, by: str, at: datetime) -> Listened | None:
    """Let the watch listen there no more, and return what it was; None where it did not, or is not the workspace's.

    What was heard there stays. The source itself is asked no more once nobody uses it.
    """
    row = tx.one(
        f"{LISTENED} AND watch.id = :watch_id AND source.id = :source_id",
        workspace_id=workspace_id,
        watch_id=watch_id,
        source_id=source_id,
    )
    if row is None:
        return None
    left = _listened_from(row)
    tx.run(
        "DELETE FROM watch_source WHERE watch_id = :watch_id AND source_id = :source_id",
        watch_id=watch_id,
        source_id=source_id,
    )
    forget_notices(tx, source_id)
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="watch",
        object_id=watch_id,
        act="leave",
        actor=by,
        at=at,
        before={"place": left.place, "sources": [source_id]},
        after={},
    )
    announce_anew(tx, watch_id)
    return left


def _listened_from(row: Row) -> Listened:
    source = source_from(row)
    return Listened(
        watch_id=row["watch_id"],
        watch=row["watch"],
        source_id=source.id,
        place=source.name,
        is_sick=source.is_sick,
    )
