"""A watch that somebody changes, or stops: only as they saw it."""

from datetime import datetime

from engagement.watch import NewWatch, Watch, WatchChange, WatchChangedBefore, WatchSaved
from storage.database import Tx
from storage.listening.troubles import forget_notices
from storage.listening.watches import find_listening, find_watch, save_watch
from storage.records.history import write_history
from storage.sending.messages import announce, announce_anew
from storage.stamps import read_stamp, stamp


def change_watch(
    tx: Tx, workspace_id: str, watch_id: int, new: NewWatch, *, drawn: int, by: str, at: datetime
) -> WatchChange:
    """Change a watch if it still has the version the form was drawn from, and have its channel know.

    None where it is not there any more, or is another workspace's.
    """
    watch = find_listening(tx, workspace_id, watch_id)
    if watch is None:
        return None
    if watch.version != drawn:
        return _changed_before(tx, watch)
    saved = save_watch(tx, workspace_id, new, by=by, at=at)
    announce(tx, saved, at=at)
    return WatchSaved(watch=saved)


def stop_watch(tx: Tx, workspace_id: str, watch_id: int, *, drawn: int, by: str, at: datetime) -> WatchChange:
    """Listen for it no more, if nobody changed it since. What was heard stays, with its cards."""
    watch = find_listening(tx, workspace_id, watch_id)
    if watch is None:
        return None
    if watch.version != drawn:
        return _changed_before(tx, watch)
    tx.run("UPDATE watch SET stopped_at = :at, version = version + 1 WHERE id = :id", id=watch_id, at=stamp(at))
    left = tx.all("SELECT source_id FROM watch_source WHERE watch_id = :id ORDER BY source_id", id=watch_id)
    tx.run("DELETE FROM watch_source WHERE watch_id = :id", id=watch_id)
    for row in left:
        forget_notices(tx, row["source_id"])
    tx.run("UPDATE setup SET settled_at = :at WHERE watch_id = :id AND settled_at IS NULL", id=watch_id, at=stamp(at))
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="watch",
        object_id=watch_id,
        act="stop",
        actor=by,
        at=at,
        before={"stopped_at": None},
        after={"stopped_at": stamp(at)},
    )
    announce_anew(tx, watch_id)
    return WatchSaved(watch=find_watch(tx, watch_id) or watch)


def _changed_before(tx: Tx, watch: Watch) -> WatchChangedBefore:
    row = tx.one(
        """SELECT actor, at FROM history WHERE object = 'watch' AND object_id = :id
             AND act IN ('save', 'stop', 'deliver', 'post elsewhere') ORDER BY id DESC LIMIT 1""",
        id=watch.id,
    )
    return WatchChangedBefore(watch=watch, by=row["actor"] if row else "", at=read_stamp(row["at"]) if row else None)
