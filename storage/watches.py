"""What each workspace listens for, and in which sources."""

from collections.abc import Iterable
from datetime import datetime

from engagement.source import NewSource
from engagement.watch import Outcome, Terms, Watch
from storage.batches import rows_where, run_where
from storage.database import Row, Tx, insert_returning
from storage.history import write_history
from storage.sources import ask_again
from storage.stamps import dump_list, load_list, read_stamp_or_none, stamp

# How many watches there are, the sum of their versions, the newest number.
WatchState = tuple[int, int, int]


def save_watch(
    tx: Tx,
    *,
    workspace_id: str,
    channel: str,
    name: str,
    terms: Terms,
    outcome: Outcome,
    site: str,
    handles: Iterable[str] = (),
    by: str,
    at: datetime,
) -> Watch:
    """Add a watch, or change the one of that name in the workspace."""
    before = tx.one(
        "SELECT * FROM watch WHERE workspace_id = :workspace_id AND name = :name", workspace_id=workspace_id, name=name
    )
    row = insert_returning(
        tx,
        """INSERT INTO watch
             (workspace_id, channel, name, names, excluded, handles, site, outcome, created_by, created_at)
           VALUES (:workspace_id, :channel, :name, :names, :excluded, :handles, :site, :outcome, :by, :at)
           ON CONFLICT (workspace_id, name) DO UPDATE SET channel = excluded.channel, names = excluded.names,
             excluded = excluded.excluded, handles = excluded.handles, site = excluded.site,
             outcome = excluded.outcome, version = watch.version + 1
           RETURNING *""",
        workspace_id=workspace_id,
        channel=channel,
        name=name,
        names=dump_list(terms.names),
        excluded=dump_list(terms.excluded),
        handles=dump_list(handles),
        site=site,
        outcome=outcome.value,
        by=by,
        at=stamp(at),
    )
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="watch",
        object_id=row["id"],
        act="save",
        actor=by,
        at=at,
        before=_facts(before) if before else None,
        after=_facts(row),
    )
    return watch_from(row)


def _facts(row: Row) -> dict[str, object]:
    """Return the columns of `watch` that people decide about."""
    return {key: row[key] for key in ("name", "channel", "names", "excluded", "handles", "site", "outcome")}


def listen_to(tx: Tx, watch_id: int, sources: Iterable[NewSource], *, interval_seconds: int, at: datetime) -> list[int]:
    """Attach `sources` to the watch, shared with every other watch of the same address; return their ids.

    A source that is new to the watch is polled at once, so that its latest mentions show up soon: also one that failed
    or was paused, since it has just answered whoever added it.
    """
    ids = []
    for source in sources:
        source_id = add_source(tx, source, interval_seconds=interval_seconds, at=at)
        if not _listens(tx, watch_id, source_id):
            # Counted first: whoever joins at the same moment waits here for the row, and gets the next number.
            tx.run("UPDATE source SET joins = joins + 1 WHERE id = :id", id=source_id)
            tx.run(
                """INSERT INTO watch_source (watch_id, source_id, added_at, joined)
                   SELECT CAST(:watch_id AS BIGINT), id, :at, joins FROM source WHERE id = :source_id""",
                watch_id=watch_id,
                source_id=source_id,
                at=stamp(at),
            )
            ask_again(tx, source_id, at=at)
        ids.append(source_id)
    return ids


def _listens(tx: Tx, watch_id: int, source_id: int) -> bool:
    found = tx.one(
        "SELECT 1 FROM watch_source WHERE watch_id = :watch_id AND source_id = :source_id",
        watch_id=watch_id,
        source_id=source_id,
    )
    return found is not None


def listen_alike(tx: Tx, watch_ids: Iterable[int], like: int, *, at: datetime) -> None:
    """Have these watches listen wherever the watch `like` listens, and do not already."""
    run_where(
        tx,
        """INSERT INTO watch_source (watch_id, source_id, added_at, joined)
           SELECT watch.id, source.id, :at, source.joins + 1 FROM watch_source AS listened
           JOIN source ON source.id = listened.source_id CROSS JOIN watch
           WHERE listened.watch_id = :alike AND watch.id IN ({wanted})
           ORDER BY source.id, watch.id
           ON CONFLICT (watch_id, source_id) DO NOTHING""",
        watch_ids,
        alike=like,
        at=stamp(at),
    )
    tx.run(
        """UPDATE source SET joins = joins + 1 WHERE EXISTS (SELECT 1 FROM watch_source
             WHERE watch_source.source_id = source.id AND watch_source.joined > source.joins)"""
    )


def add_source(tx: Tx, source: NewSource, *, interval_seconds: int, at: datetime) -> int:
    """Return the number of the shared source with this address; one that is new is due at once."""
    row = insert_returning(
        tx,
        """INSERT INTO source (url, name, community, interval_seconds, next_poll_at)
           VALUES (:url, :name, :community, :interval_seconds, :at)
           ON CONFLICT (owner, url) DO UPDATE SET name = excluded.name, community = excluded.community
           RETURNING id""",
        url=source.url,
        name=source.name,
        community=source.community,
        interval_seconds=interval_seconds,
        at=stamp(at),
    )
    return int(row["id"])


def watches_of(tx: Tx, workspace_id: str) -> list[Watch]:
    """Return the workspace's watches, oldest first."""
    rows = tx.all("SELECT * FROM watch WHERE workspace_id = :workspace_id ORDER BY id", workspace_id=workspace_id)
    return [watch_from(row) for row in rows]


def find_watch(tx: Tx, watch_id: int) -> Watch | None:
    """Return one watch, None when it is not there."""
    row = tx.one("SELECT * FROM watch WHERE id = :id", id=watch_id)
    return watch_from(row) if row else None


def has_watch_in(tx: Tx, workspace_id: str, channel: str) -> bool:
    """Return whether some watch posts to `channel`."""
    return any(watch.channel == channel for watch in watches_of(tx, workspace_id))


def state_of_watches(tx: Tx) -> WatchState:
    """Return what differs as soon as any watch was added or changed, by whichever process."""
    row = tx.one(
        "SELECT COUNT(*) AS watches, COALESCE(SUM(version), 0) AS versions, COALESCE(MAX(id), 0) AS newest FROM watch"
    )
    return (row["watches"], row["versions"], row["newest"]) if row else (0, 0, 0)


def all_watches(tx: Tx) -> tuple[dict[int, Watch], frozenset[int]]:
    """Return every watch by its number, and the numbers of those whose row cannot be read."""
    watches: dict[int, Watch] = {}
    broken: set[int] = set()
    for row in tx.all("SELECT * FROM watch ORDER BY id"):
        try:
            watches[row["id"]] = watch_from(row)
        except ValueError:
            broken.add(row["id"])
    return watches, frozenset(broken)


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


def watch_from(row: Row) -> Watch:
    """Return a row of `watch`."""
    return Watch(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        name=row["name"],
        terms=Terms(names=load_list(row["names"]), excluded=load_list(row["excluded"])),
        outcome=Outcome(row["outcome"]),
        site=row["site"],
        handles=load_list(row["handles"]),
    )
