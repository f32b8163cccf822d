"""What keeps a workspace calm: how its watches deliver, what is urgent and where that is said, its quiet hours."""

from datetime import datetime

from engagement.calm.calm import Calm, CalmWish
from engagement.watch import Watch
from storage.calm.rollups_due import count_waiting_cards
from storage.database import Row, Tx
from storage.listening.watches import watch_from, watches_of
from storage.records.history import write_history
from storage.workspaces import workspace_from

# What the history keeps.
FACTS = ("urgent_channel", "urgent_score", "quiet_from", "quiet_to")


def find_calm(tx: Tx, workspace_id: str) -> Calm | None:
    """Return how calm a workspace is kept, None for one that is not known."""
    row = tx.one("SELECT * FROM workspace WHERE id = :id", id=workspace_id)
    if row is None:
        return None
    return Calm(
        workspace=workspace_from(row),
        watches=tuple(watches_of(tx, workspace_id)),
        version=row["calm_version"],
        waiting=count_waiting_cards(tx, workspace_id),
    )


def save_calm(tx: Tx, workspace_id: str, wish: CalmWish, *, by: str, at: datetime) -> bool:
    """Store what somebody wants; False, and nothing is changed, where somebody changed it since the form was drawn."""
    watches = {each.watch_id: _lock(tx, workspace_id, each.watch_id) for each in wish.deliveries}
    changed = [
        (watch, each)
        for each in wish.deliveries
        if (watch := watches[each.watch_id]) is None or watch.delivery is not each.delivery
    ]
    if any(watch is None or watch.version != each.drawn for watch, each in changed):
        return False
    if not _save_workspace(tx, workspace_id, wish, by=by, at=at):
        return False
    for watch, each in changed:
        if watch is None:
            continue
        tx.run(
            "UPDATE watch SET delivery = :delivery, version = version + 1 WHERE id = :id",
            id=watch.id,
            delivery=each.delivery.value,
        )
        write_history(
            tx,
            workspace_id=workspace_id,
            object_="watch",
            object_id=watch.id,
            act="deliver",
            actor=by,
            at=at,
            before={"name": watch.name, "delivery": watch.delivery.value},
            after={"name": watch.name, "delivery": each.delivery.value},
        )
    return True


def _lock(tx: Tx, workspace_id: str, watch_id: int) -> Watch | None:
    """Return a watch of the workspace, held until the transaction ends."""
    row = tx.one(
        "UPDATE watch SET version = version WHERE id = :id AND workspace_id = :workspace_id RETURNING *",
        id=watch_id,
        workspace_id=workspace_id,
    )
    return watch_from(row) if row else None


def _save_workspace(tx: Tx, workspace_id: str, wish: CalmWish, *, by: str, at: datetime) -> bool:
    before = tx.one("SELECT * FROM workspace WHERE id = :id", id=workspace_id)
    after = tx.one(
        """UPDATE workspace SET urgent_channel = :urgent_channel, urgent_score = :urgent_score,
             quiet_from = :quiet_from, quiet_to = :quiet_to, calm_version = calm_version + 1
           WHERE id = :id AND calm_version = :drawn RETURNING *""",
        id=workspace_id,
        drawn=wish.drawn,
        urgent_channel=wish.urgent_channel,
        urgent_score=wish.urgent_score,
        quiet_from=wish.quiet.from_hour if wish.quiet else None,
        quiet_to=wish.quiet.to_hour if wish.quiet else None,
    )
    if before is None or after is None:
        return False
    if _facts(before) != _facts(after):
        write_history(
            tx,
            workspace_id=workspace_id,
            object_="workspace",
            object_id=0,
            act="calm",
            actor=by,
            at=at,
            before=_facts(before),
            after=_facts(after),
        )
    return True


def _facts(row: Row) -> dict[str, object]:
    return {key: row[key] for key in FACTS}
