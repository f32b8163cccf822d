"""The brake: cards held back behind one message."""

from collections.abc import Sequence
from datetime import datetime

from engagement.calm.brake import WINDOW, Brake, BrakeLimits, Shown, ShownBefore, ShowResult, let_through
from engagement.sending.outbox import MessageKind
from storage.conversations.cards import count_cards_since, count_untouched
from storage.database import Row, Tx, the_row
from storage.records.history import write_history
from storage.sending.messages import mark_stale, queue_message
from storage.stamps import read_stamp_or_none, stamp


def open_brake(tx: Tx, workspace_id: str, channel: str, *, at: datetime) -> int:
    """Return the channel's brake that still holds, or pull a new one, with its message."""
    # Two processes cannot both pull it: a channel has one brake that holds (UNIQUE).
    row = tx.one(
        "SELECT id FROM brake WHERE workspace_id = :workspace_id AND channel = :channel AND released_at IS NULL",
        workspace_id=workspace_id,
        channel=channel,
    ) or the_row(
        tx,
        "INSERT INTO brake (workspace_id, channel, opened_at) VALUES (:workspace_id, :channel, :at) RETURNING id",
        workspace_id=workspace_id,
        channel=channel,
        at=stamp(at),
    )
    brake_id = int(row["id"])
    queue_message(tx, workspace_id=workspace_id, channel=channel, kind=MessageKind.BRAKE, subject=str(brake_id), at=at)
    mark_stale(tx, MessageKind.BRAKE, str(brake_id))
    return brake_id


def hold(tx: Tx, brake_id: int, conversation_id: int) -> None:
    """Hold the conversation's card behind the brake."""
    tx.run(
        "UPDATE conversation SET brake_id = :brake_id WHERE id = :id",
        id=conversation_id,
        brake_id=brake_id,
    )


def let_out(
    tx: Tx, workspace_id: str, channel: str, conversation_ids: Sequence[int], *, limits: BrakeLimits, at: datetime
) -> None:
    """Let cards out that were held for another reason than the brake, as many as the channel takes; it holds the rest.

    The conversations must not count as standing in the channel yet.
    """
    through = let_through(
        cards_last_hour=count_cards_since(tx, workspace_id, channel, at - WINDOW),
        untouched=count_untouched(tx, workspace_id, channel),
        new=len(conversation_ids),
        limits=limits,
    )
    tx.many(
        """UPDATE message SET state = 'waiting', not_before = :at
           WHERE kind = 'card' AND subject = :subject AND state = 'held'""",
        [{"subject": str(each), "at": stamp(at)} for each in conversation_ids[:through]],
    )
    if conversation_ids[through:]:
        brake_id = open_brake(tx, workspace_id, channel, at=at)
        for conversation_id in conversation_ids[through:]:
            hold(tx, brake_id, conversation_id)


def find_brake(tx: Tx, brake_id: int) -> Brake | None:
    """Return a brake and how many cards it holds (or held), None when there is no such brake."""
    row = tx.one("SELECT * FROM brake WHERE id = :id", id=brake_id)
    return _brake_from(tx, row) if row else None


def release_brake(tx: Tx, brake_id: int, *, workspace_id: str, drawn: int, by: str, at: datetime) -> ShowResult:
    """Let all held cards go out, if nobody did so before; None when the workspace has no such brake."""
    released = tx.run(
        """UPDATE brake SET released_at = :at, released_by = :by, version = version + 1
           WHERE id = :id AND workspace_id = :workspace_id AND released_at IS NULL AND version = :drawn""",
        id=brake_id,
        workspace_id=workspace_id,
        at=stamp(at),
        by=by,
        drawn=drawn,
    )
    brake = find_brake(tx, brake_id)
    if brake is None or brake.workspace_id != workspace_id:
        return None
    if not released:
        return ShownBefore(brake=brake)
    tx.run(
        """UPDATE message SET state = 'waiting', not_before = :at WHERE state = 'held' AND kind = 'card'
             AND subject IN (SELECT CAST(id AS TEXT) FROM conversation WHERE brake_id = :id)""",
        id=brake_id,
        at=stamp(at),
    )
    mark_stale(tx, MessageKind.BRAKE, str(brake_id))
    write_history(
        tx,
        workspace_id=brake.workspace_id,
        object_="brake",
        object_id=brake_id,
        act="show all",
        actor=by,
        at=at,
        after={"shown": brake.held},
    )
    return Shown(brake=brake)


def _brake_from(tx: Tx, row: Row) -> Brake:
    held = tx.all(
        """SELECT watch.name, COUNT(*) AS held FROM conversation JOIN watch ON watch.id = conversation.watch_id
           WHERE conversation.brake_id = :id GROUP BY watch.name ORDER BY held DESC, watch.name""",
        id=row["id"],
    )
    return Brake(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        held=sum(line["held"] for line in held),
        watches=tuple(line["name"] for line in held),
        released_by=row["released_by"],
        released_at=read_stamp_or_none(row["released_at"]),
        version=row["version"],
    )
