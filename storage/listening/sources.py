"""The sources: what is due, and how well each is heard."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from engagement.listening.habits import Habits
from engagement.listening.hosts import LONGEST_HOST_WAIT
from engagement.listening.moving import Move
from engagement.listening.pacing import FARTHEST, IN_FLIGHT_PER_HOST
from engagement.listening.source import NewSource, Source
from engagement.listening.trouble import Cause, Trouble
from storage.batches import rows_where, run_where
from storage.database import Row, Tx, assigned
from storage.records.history import write_history
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none

# A source nobody uses any more is kept for its posts, and asked no more.
IN_USE = """(EXISTS (SELECT 1 FROM watch_source WHERE watch_source.source_id = source.id)
  OR EXISTS (SELECT 1 FROM teammate_handle WHERE teammate_handle.source_id = source.id))"""
# A turn that lies too far away was written by a clock that ran ahead.
DUE = f"""(source.next_poll_at <= :now OR source.next_poll_at > :farthest)
  AND source.paused_at IS NULL AND {IN_USE}"""
# Of one host: those that may be under way already, and the next one.
IN_LINE = IN_FLIGHT_PER_HOST + 1


def add_source(tx: Tx, source: NewSource, *, interval_seconds: int, at: datetime) -> int:
    """Return the number of the shared source with this address; one that is new is due at once."""
    return add_sources(tx, [source], interval_seconds=interval_seconds, at=at)[0]


def add_sources(tx: Tx, sources: Iterable[NewSource], *, interval_seconds: int, at: datetime) -> list[int]:
    """Return the number of each of `sources`, as `add_source` does."""
    listed = list(sources)
    due_at = stamp(at)
    tx.many_in_order(
        """INSERT INTO source (url, name, community, interval_seconds, next_poll_at)
           VALUES (:url, :name, :community, :interval_seconds, :at)
           ON CONFLICT (owner, url) DO UPDATE SET name = excluded.name, community = excluded.community""",
        [(source.url, source.name, source.community, interval_seconds, due_at) for source in listed],
    )
    rows = rows_where(
        tx,
        "SELECT id, url FROM source WHERE owner = '' AND url IN ({wanted})",
        dict.fromkeys(source.url for source in listed),
    )
    numbers: dict[str, int] = {row["url"]: row["id"] for row in rows}
    return [numbers[source.url] for source in listed]


def ask_later(tx: Tx, source_id: int, *, at: datetime) -> None:
    """Have the source asked no sooner than at `at`: it has just answered, and what it said is being kept."""
    tx.run("UPDATE source SET next_poll_at = :at WHERE id = :id", id=source_id, at=stamp(at))


def ask_every(tx: Tx, interval_seconds: int) -> None:
    """Have every source asked at this interval, from its next poll on; it was added under the setting of its day."""
    tx.run("UPDATE source SET interval_seconds = :seconds WHERE interval_seconds <> :seconds", seconds=interval_seconds)


def name_hosts(tx: Tx, hosts: Mapping[int, str]) -> None:
    """Write down which host each of the sources (by id) is paced by."""
    tx.many(
        "UPDATE source SET host = :host WHERE id = :id",
        [{"id": source_id, "host": host} for source_id, host in sorted(hosts.items())],
    )


def due_sources(tx: Tx, *, now: datetime, limit: int) -> list[Source]:
    """Return at most `limit` sources that are due, longest due first: those of watches, and the team's own posts.

    Left out: what is paused, what belongs to a host that has to wait, and of each other host all but the first few.
    """
    rows = tx.all(
        f"""SELECT * FROM (
              SELECT source.*, ROW_NUMBER() OVER (
                PARTITION BY CASE WHEN source.host = '' THEN source.url ELSE source.host END
                ORDER BY source.next_poll_at, source.id) AS place_in_line
              FROM source LEFT JOIN host ON host.host = source.host
              WHERE (host.next_at IS NULL OR host.next_at <= :now OR host.next_at > :hosts_farthest)
                AND {DUE}) AS due
            WHERE place_in_line <= :in_line ORDER BY next_poll_at, id LIMIT :limit""",  # noqa: S608 - a constant
        now=stamp(now),
        farthest=stamp(now + FARTHEST),
        hosts_farthest=stamp(now + LONGEST_HOST_WAIT),
        in_line=IN_LINE,
        limit=limit,
    )
    return [source_from(row) for row in rows]


def all_due_sources(tx: Tx, *, now: datetime) -> list[Source]:
    """Return every source that is due, also where its host has to wait, longest due first."""
    rows = tx.all(
        f"SELECT * FROM source WHERE {DUE} ORDER BY next_poll_at, id",  # noqa: S608 - a constant
        now=stamp(now),
        farthest=stamp(now + FARTHEST),
    )
    return [source_from(row) for row in rows]


def find_source(tx: Tx, source_id: int) -> Source | None:
    """Return one source, None when it is not there."""
    row = tx.one("SELECT * FROM source WHERE id = :id", id=source_id)
    return source_from(row) if row else None


def all_sources(tx: Tx) -> list[Source]:
    """Return every source in use: those of watches, and the team's own posts."""
    rows = tx.all(f"SELECT * FROM source WHERE {IN_USE} ORDER BY id")  # noqa: S608 - a constant
    return [source_from(row) for row in rows]


def save_poll(tx: Tx, before: Source, after: Source) -> None:
    """Write what a poll made of a source, read as `before`.

    Was it asked for anew meanwhile, because a watch joined it, it stays due.
    """
    values = source_values(after)
    tx.run(
        f"""UPDATE source SET {assigned(values)},
              next_poll_at = CASE WHEN next_poll_at = :due_at THEN :next_poll_at ELSE next_poll_at END
            WHERE id = :id""",  # noqa: S608 - our own names
        id=before.id,
        due_at=stamp(before.next_poll_at),
        next_poll_at=stamp(after.next_poll_at),
        **values,
    )


def wake_source(tx: Tx, source_id: int, *, workspace_id: str, by: str, at: datetime) -> bool:
    """Have a paused source asked again, at once; False when it is not paused or not listened to by the workspace."""
    paused = tx.one(
        """SELECT 1 FROM source JOIN watch_source ON watch_source.source_id = source.id
           JOIN watch ON watch.id = watch_source.watch_id
           WHERE source.id = :id AND source.paused_at IS NOT NULL AND watch.workspace_id = :workspace_id LIMIT 1""",
        id=source_id,
        workspace_id=workspace_id,
    )
    if not paused:
        return False
    ask_again(tx, [source_id], at=at)
    write_history(
        tx, workspace_id=workspace_id, object_="source", object_id=source_id, act="wake", actor=by, at=at, after={}
    )
    return True


def ask_again(tx: Tx, source_ids: Iterable[int], *, at: datetime) -> None:
    """Have sources asked at once; those that were paused are so no more, and their failures are forgotten."""
    wanted = list(source_ids)
    run_where(
        tx,
        """UPDATE source SET failures = 0, cause = '', last_error = '', failing_since = NULL, paused_at = NULL
           WHERE id IN ({wanted}) AND paused_at IS NOT NULL""",
        wanted,
    )
    run_where(tx, "UPDATE source SET next_poll_at = :at WHERE id IN ({wanted})", wanted, at=stamp(at))


def source_from(row: Row) -> Source:
    """Return a row of `source`."""
    return Source(
        id=row["id"],
        url=row["url"],
        name=row["name"],
        community=row["community"],
        interval_seconds=row["interval_seconds"],
        next_poll_at=read_stamp(row["next_poll_at"]),
        host=row["host"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        marks=row["marks"],
        ttl_seconds=row["ttl_seconds"],
        failures=row["failures"],
        cause=Cause(row["cause"]) if row["cause"] else None,
        last_error=row["last_error"],
        failing_since=read_stamp_or_none(row["failing_since"]),
        well_since=read_stamp_or_none(row["well_since"]),
        tried_at=read_stamp_or_none(row["tried_at"]),
        last_heard_at=read_stamp_or_none(row["last_heard_at"]),
        first_polled_at=read_stamp_or_none(row["first_polled_at"]),
        paused_at=read_stamp_or_none(row["paused_at"]),
        move=Move(to=row["moved_to"], since=read_stamp_or_none(row["moved_since"])),
        habits=_habits_from(row),
        troubles=frozenset(map(Trouble, filter(None, row["troubles"].split(",")))),
    )


def _habits_from(row: Row) -> Habits:
    return Habits(
        newest_at=read_stamp_or_none(row["newest_at"]),
        usual_gap_seconds=row["usual_gap_seconds"],
        gaps_seen=row["gaps_seen"],
        most_carried=row["most_carried"],
        full_polls=row["full_polls"],
        full_at=read_stamp_or_none(row["full_at"]),
        churned_polls=row["churned_polls"],
        churned_at=read_stamp_or_none(row["churned_at"]),
    )


def source_values(source: Source) -> dict[str, object]:
    """Return the columns of `source` that a poll changes, but for its next turn."""
    habits = source.habits
    return {
        "etag": source.etag,
        "last_modified": source.last_modified,
        "body_hash": source.body_hash,
        "marks": source.marks,
        "ttl_seconds": source.ttl_seconds,
        "failures": source.failures,
        "cause": source.cause.value if source.cause else "",
        "last_error": source.last_error,
        "failing_since": stamp_or_none(source.failing_since),
        "well_since": stamp_or_none(source.well_since),
        "tried_at": stamp_or_none(source.tried_at),
        "last_heard_at": stamp_or_none(source.last_heard_at),
        "first_polled_at": stamp_or_none(source.first_polled_at),
        "paused_at": stamp_or_none(source.paused_at),
        "moved_to": source.move.to,
        "moved_since": stamp_or_none(source.move.since),
        "newest_at": stamp_or_none(habits.newest_at),
        "usual_gap_seconds": habits.usual_gap_seconds,
        "gaps_seen": habits.gaps_seen,
        "most_carried": habits.most_carried,
        "full_polls": habits.full_polls,
        "full_at": stamp_or_none(habits.full_at),
        "churned_polls": habits.churned_polls,
        "churned_at": stamp_or_none(habits.churned_at),
        "troubles": ",".join(sorted(trouble.value for trouble in source.troubles)),
    }
