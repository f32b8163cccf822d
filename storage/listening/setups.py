"""Set-ups that wait for somebody's choice of places: what answered, until it is settled where to listen."""

import json
from collections.abc import Sequence
from datetime import datetime

from engagement.listening.source import NewSource
from engagement.watch import Watch
from storage.database import Tx, the_row
from storage.listening.listening import join_places
from storage.listening.watches import find_watch
from storage.sending.messages import announce
from storage.stamps import stamp


def begin_setup(tx: Tx, watch_id: int, places: Sequence[NewSource], *, by: str, at: datetime) -> int:
    """Note down the places that answered, and return the number of the set-up."""
    row = the_row(
        tx,
        """INSERT INTO setup (watch_id, places, created_by, created_at) VALUES (:watch_id, :places, :by, :at)
           RETURNING id""",
        watch_id=watch_id,
        places=json.dumps([[place.name, place.url, place.community] for place in places], ensure_ascii=False),
        by=by,
        at=stamp(at),
    )
    return int(row["id"])


def settle_setup(
    tx: Tx,
    setup_id: int,
    *,
    workspace_id: str,
    chosen: frozenset[int] | None,
    interval_seconds: int,
    by: str,
    at: datetime,
) -> tuple[Watch, dict[int, int]] | None:
    """Listen in the `chosen` places (their numbers in the set-up; None: all), and have the channel know.

    Return the watch and the source of each place; None where it was settled before, or is another workspace's.
    """
    row = tx.one("SELECT * FROM setup WHERE id = :id", id=setup_id)
    watch = find_watch(tx, row["watch_id"]) if row else None
    if row is None or watch is None or watch.workspace_id != workspace_id or watch.stopped_at:
        return None
    if not tx.run("UPDATE setup SET settled_at = :at WHERE id = :id AND settled_at IS NULL", id=setup_id, at=stamp(at)):
        return None
    places = [NewSource(name=name, url=url, community=community) for name, url, community in json.loads(row["places"])]
    wanted = {number: place for number, place in enumerate(places) if chosen is None or number in chosen}
    ids = join_places(tx, watch, list(wanted.values()), interval_seconds=interval_seconds, by=by, at=at)
    announce(tx, watch, at=at)
    return watch, dict(zip(wanted, ids, strict=True))


def setups_left(tx: Tx, *, before: datetime) -> list[tuple[int, str]]:
    """Return the set-ups from before `before` that nobody settled, each with its workspace."""
    rows = tx.all(
        """SELECT setup.id, watch.workspace_id FROM setup JOIN watch ON watch.id = setup.watch_id
           WHERE setup.settled_at IS NULL AND setup.created_at < :before AND watch.stopped_at IS NULL
           ORDER BY setup.id""",
        before=stamp(before),
    )
    return [(row["id"], row["workspace_id"]) for row in rows]
