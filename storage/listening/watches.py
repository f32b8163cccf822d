"""What each workspace listens for."""

from datetime import datetime

from engagement.watch import Delivery, NewWatch, Outcome, Terms, Watch
from storage.database import Row, Tx, the_row
from storage.records.history import write_history
from storage.stamps import dump_list, load_list, read_stamp_or_none, stamp
from storage.understanding.weights import weigh_anew

# How many watches there are, the sum of their versions, the newest number.
WatchState = tuple[int, int, int]
# What the history keeps of a watch.
FACTS = (
    "name",
    "channel",
    "names",
    "excluded",
    "near",
    "query",
    "handles",
    "site",
    "outcome",
    "delivery",
    "target_minutes",
    "stopped_at",
)


def save_watch(tx: Tx, workspace_id: str, new: NewWatch, *, by: str, at: datetime) -> Watch:
    """Add a watch, or change the one of that name in the workspace."""
    before = tx.one(
        "SELECT * FROM watch WHERE workspace_id = :workspace_id AND name = :name",
        workspace_id=workspace_id,
        name=new.name,
    )
    values = _decided(new)
    changed = ", ".join(f"{column} = excluded.{column}" for column in values)
    row = the_row(
        tx,
        f"""INSERT INTO watch (workspace_id, name, {", ".join(values)}, created_by, created_at)
            VALUES (:workspace_id, :name, {", ".join(f":{column}" for column in values)}, :by, :at)
            ON CONFLICT (workspace_id, name) DO UPDATE SET {changed}, stopped_at = NULL,
              version = watch.version + 1
            RETURNING *""",  # noqa: S608 - our own names
        workspace_id=workspace_id,
        name=new.name,
        by=by,
        at=stamp(at),
        **values,
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
    if before and before["outcome"] != row["outcome"]:
        weigh_anew(tx, workspace_id, row["id"])
    return watch_from(row)


def _decided(new: NewWatch) -> dict[str, object]:
    """Return the columns of `watch` that people decide about; what is None stays as it was."""
    values = {
        "channel": new.channel,
        "names": dump_list(new.terms.names),
        "excluded": dump_list(new.terms.excluded),
        "near": dump_list(new.terms.near),
        "query": new.terms.query,
        "handles": dump_list(new.handles),
        "site": new.site,
        "outcome": new.outcome.value,
        "delivery": new.delivery.value if new.delivery else None,
        "target_minutes": new.target_minutes,
    }
    return {column: value for column, value in values.items() if value is not None}


def _facts(row: Row) -> dict[str, object]:
    """Return the columns of `watch` that the history keeps."""
    return {key: row[key] for key in FACTS}


def watches_of(tx: Tx, workspace_id: str) -> list[Watch]:
    """Return what the workspace listens for, oldest first."""
    rows = tx.all(
        "SELECT * FROM watch WHERE workspace_id = :workspace_id AND stopped_at IS NULL ORDER BY id",
        workspace_id=workspace_id,
    )
    return [watch_from(row) for row in rows]


def find_watch(tx: Tx, watch_id: int) -> Watch | None:
    """Return one watch, also one that was stopped; None when it is not there."""
    row = tx.one("SELECT * FROM watch WHERE id = :id", id=watch_id)
    return watch_from(row) if row else None


def find_listening(tx: Tx, workspace_id: str, watch_id: int) -> Watch | None:
    """Return the workspace's watch of that number, None where it is not listened for (any more), or is another's."""
    watch = find_watch(tx, watch_id)
    return watch if watch and watch.workspace_id == workspace_id and watch.stopped_at is None else None


def has_watch_in(tx: Tx, workspace_id: str, channel: str) -> bool:
    """Return whether some watch posts to `channel`."""
    return any(watch.channel == channel for watch in watches_of(tx, workspace_id))


def state_of_watches(tx: Tx) -> WatchState:
    """Return what differs as soon as any watch was added or changed, by whichever process."""
    row = the_row(
        tx,
        "SELECT COUNT(*) AS watches, COALESCE(SUM(version), 0) AS versions, COALESCE(MAX(id), 0) AS newest FROM watch",
    )
    return row["watches"], row["versions"], row["newest"]


def all_watches(tx: Tx) -> tuple[dict[int, Watch], frozenset[int]]:
    """Return every watch that is listened for by its number, and the numbers of those whose row cannot be read."""
    watches: dict[int, Watch] = {}
    broken: set[int] = set()
    for row in tx.all("SELECT * FROM watch WHERE stopped_at IS NULL ORDER BY id"):
        try:
            watches[row["id"]] = watch_from(row)
        except ValueError:
            broken.add(row["id"])
    return watches, frozenset(broken)


def watch_from(row: Row) -> Watch:
    """Return a row of `watch`."""
    return Watch(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        name=row["name"],
        terms=Terms(
            names=load_list(row["names"]),
            excluded=load_list(row["excluded"]),
            near=load_list(row["near"]),
            query=row["query"],
        ),
        outcome=Outcome(row["outcome"]),
        site=row["site"],
        handles=load_list(row["handles"]),
        delivery=Delivery(row["delivery"]),
        version=row["version"],
        stopped_at=read_stamp_or_none(row["stopped_at"]),
        target_minutes=row["target_minutes"],
    )
