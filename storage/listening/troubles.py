"""The troubles of the places: when each began and ended, and which channels are to hear of it."""

from collections.abc import Iterable
from datetime import datetime

from engagement.listening.health import Silence
from engagement.listening.polled import detail_of
from engagement.listening.source import Source
from engagement.listening.telling import Ailment
from engagement.listening.trouble import FAILING, Trouble
from storage.database import Row, Tx, the_row
from storage.stamps import read_stamp, read_stamp_or_none, stamp

EVERYWHERE = 0
"""The source id of a trouble with all places at once."""

BEGAN, ENDED = 0, 1


def record_troubles(tx: Tx, before: Source, after: Source, *, at: datetime) -> None:
    """Open and close the troubles in which a poll of a source differs, and note down who is to be told.

    One way of not being heard that follows another is no recovery: it is told as the new trouble alone.
    """
    if before.troubles == after.troubles:
        return
    still_failing = bool(after.troubles & FAILING)
    for kind in sorted(before.troubles - after.troubles):
        _close(tx, before.id, kind, is_told=kind.is_told and not (still_failing and kind in FAILING), at=at)
    for kind in sorted(after.troubles - before.troubles):
        _open(tx, before.id, kind, detail=detail_of(after, kind), began_at=_began(after, kind, at), at=at)


def _began(source: Source, kind: Trouble, at: datetime) -> datetime:
    """Return since when it is so: a trouble is called one only after it has lasted."""
    began_at = source.move.since if kind is Trouble.MOVED else source.failing_since if kind in FAILING else None
    return began_at or at


def deaf_since(tx: Tx) -> datetime | None:
    """Return since when we hear nobody at all, None while we do."""
    row = tx.one(
        "SELECT began_at FROM trouble WHERE source_id = :everywhere AND ended_at IS NULL AND kind = :kind",
        everywhere=EVERYWHERE,
        kind=Trouble.DEAF.value,
    )
    return read_stamp(row["began_at"]) if row else None


def how_silent(tx: Tx) -> Silence:
    """Return who was asked in vain since anybody was heard."""
    heard_at = the_row(tx, "SELECT MAX(last_heard_at) AS at FROM source")["at"]
    row = the_row(
        tx,
        """SELECT COUNT(*) AS sources, COUNT(DISTINCT CASE WHEN host = '' THEN url ELSE host END) AS hosts,
             COALESCE(SUM(CASE WHEN cause = 'no answer' THEN 0 ELSE 1 END), 0) AS refused
           FROM source WHERE tried_at > :heard_at""",
        heard_at=heard_at or "",
    )
    return Silence(
        heard_at=read_stamp_or_none(heard_at),
        sources=row["sources"],
        hosts=row["hosts"],
        refused=int(row["refused"]),
    )


def become_deaf(tx: Tx, *, since: datetime, at: datetime) -> None:
    """Note that we have heard nobody at all since then, for every channel that listens."""
    _open(tx, EVERYWHERE, Trouble.DEAF, detail="", began_at=since, at=at)


def hear_again(tx: Tx, *, at: datetime) -> None:
    """Note that somebody was heard again; whoever only failed meanwhile is forgiven, and asked as soon as may be."""
    since = deaf_since(tx)
    if since is None:
        return
    _close(tx, EVERYWHERE, Trouble.DEAF, is_told=True, at=at)
    tx.run(
        """UPDATE source SET failures = 0, cause = '', last_error = '', failing_since = NULL,
             next_poll_at = CASE WHEN next_poll_at > :at THEN :at ELSE next_poll_at END
           WHERE failing_since > :since AND cause = 'no answer'""",
        since=stamp(since),
        at=stamp(at),
    )


def _open(tx: Tx, source_id: int, kind: Trouble, *, detail: str, began_at: datetime, at: datetime) -> None:
    row = tx.one(
        """INSERT INTO trouble (source_id, kind, began_at, detail) VALUES (:source_id, :kind, :began_at, :detail)
           ON CONFLICT (source_id, kind) WHERE ended_at IS NULL DO NOTHING RETURNING id""",
        source_id=source_id,
        kind=kind.value,
        began_at=stamp(began_at),
        detail=detail,
    )
    if row and kind.is_told:
        _note(tx, row["id"], BEGAN, _listeners(tx, source_id), at=at)


def _close(tx: Tx, source_id: int, kind: Trouble, *, is_told: bool, at: datetime) -> None:
    """Close a trouble. A channel that was not yet told of it never will be, nor one that listens there no more."""
    row = tx.one(
        """UPDATE trouble SET ended_at = :at WHERE source_id = :source_id AND kind = :kind AND ended_at IS NULL
           RETURNING id""",
        source_id=source_id,
        kind=kind.value,
        at=stamp(at),
    )
    if row is None:
        return
    tx.run("DELETE FROM trouble_notice WHERE trouble_id = :id AND message_id = 0", id=row["id"])
    told = tx.all("SELECT workspace_id, channel FROM trouble_notice WHERE trouble_id = :id", id=row["id"])
    if is_told:
        listeners = {_channel_of(each) for each in _listeners(tx, source_id)}
        _note(tx, row["id"], ENDED, [each for each in told if _channel_of(each) in listeners], at=at)


def forget_notices(tx: Tx, source_id: int) -> None:
    """Forget what was to be told of a source to channels that listen there no more."""
    tx.run(
        """DELETE FROM trouble_notice WHERE message_id = 0
             AND trouble_id IN (SELECT id FROM trouble WHERE source_id = :source_id)
             AND NOT EXISTS (SELECT 1 FROM watch_source JOIN watch ON watch.id = watch_source.watch_id
               WHERE watch_source.source_id = :source_id AND watch.workspace_id = trouble_notice.workspace_id
                 AND watch.channel = trouble_notice.channel)""",
        source_id=source_id,
    )


def _channel_of(row: Row) -> tuple[str, str]:
    return row["workspace_id"], row["channel"]


def _listeners(tx: Tx, source_id: int) -> Iterable[Row]:
    return tx.all(
        """SELECT DISTINCT watch.workspace_id, watch.channel FROM watch
           WHERE CAST(:source_id AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM watch_source
             WHERE watch_source.watch_id = watch.id AND watch_source.source_id = :source_id)""",
        source_id=source_id,
    )


def _note(tx: Tx, trouble_id: int, part: int, listeners: Iterable[Row], *, at: datetime) -> None:
    tx.many(
        """INSERT INTO trouble_notice (workspace_id, channel, trouble_id, part, at)
           VALUES (:workspace_id, :channel, :trouble_id, :part, :at)
           ON CONFLICT (workspace_id, channel, trouble_id, part) DO NOTHING""",
        [
            {
                "workspace_id": row["workspace_id"],
                "channel": row["channel"],
                "trouble_id": trouble_id,
                "part": part,
                "at": stamp(at),
            }
            for row in listeners
        ],
    )


def troubles_of_sources(tx: Tx, workspace_id: str) -> list[Ailment]:
    """Return the open troubles of the workspace's places, the oldest first; that with all places at once leads.

    A place that was woken is closed no more, although only its next poll will tell.
    """
    rows = tx.all(
        """SELECT trouble.*, COALESCE(source.name, '') AS place FROM trouble
           LEFT JOIN source ON source.id = trouble.source_id
           WHERE trouble.ended_at IS NULL AND (trouble.kind <> :gone OR source.paused_at IS NOT NULL)
             AND (trouble.source_id = 0 OR EXISTS (
             SELECT 1 FROM watch_source JOIN watch ON watch.id = watch_source.watch_id
             WHERE watch_source.source_id = trouble.source_id AND watch.workspace_id = :workspace_id))
           ORDER BY CASE WHEN trouble.source_id = 0 THEN 0 ELSE 1 END, trouble.began_at, trouble.id""",
        workspace_id=workspace_id,
        gone=Trouble.GONE.value,
    )
    return [ailment_from(row) for row in rows]


def ailment_from(row: Row) -> Ailment:
    """Return a row of `trouble` joined with its source's name as `place`."""
    return Ailment(
        source_id=row["source_id"],
        place=row["place"],
        kind=Trouble(row["kind"]),
        began_at=read_stamp(row["began_at"]),
        ended_at=read_stamp_or_none(row["ended_at"]),
        detail=row["detail"],
    )
