"""Which watch of a workspace listens in which place, and how it leaves one."""

from collections.abc import Iterable
from datetime import datetime

from engagement.listing import Listened
from storage.database import Row, Tx
from storage.history import write_history
from storage.troubles import forget_notices

LISTENED = """SELECT watch.id AS watch_id, watch.name AS watch, source.id AS source_id, source.name AS place,
    source.failures FROM watch JOIN watch_source ON watch_source.watch_id = watch.id
  JOIN source ON source.id = watch_source.source_id WHERE watch.workspace_id = :workspace_id"""


def listened_places(tx: Tx, workspace_id: str) -> list[Listened]:
    """Return every place of every watch of the workspace, those that are not heard first."""
    rows = tx.all(f"{LISTENED} ORDER BY watch.name, source.name, source.id", workspace_id=workspace_id)
    return sorted(map(_listened_from, rows), key=lambda listened: not listened.is_sick)


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
        before={"place": row["place"]},
        after={},
    )
    return _listened_from(row)


def note_added(tx: Tx, workspace_id: str, watch_id: int, names: Iterable[str], *, by: str, at: datetime) -> None:
    """Write into the watch's history which places somebody added."""
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="watch",
        object_id=watch_id,
        act="add places",
        actor=by,
        at=at,
        after={"places": list(names)},
    )


def _listened_from(row: Row) -> Listened:
    return Listened(
        watch_id=row["watch_id"],
        watch=row["watch"],
        source_id=row["source_id"],
        place=row["place"],
        is_sick=row["failures"] > 0,
    )
