"""Channels that we lost, and what waits for them."""

from datetime import datetime

from engagement.sending.channels import Loss, LostChannel
from engagement.sending.outbox import MessageKind
from storage.database import Row, Tx, count
from storage.improvements.improvements import UNDECIDED
from storage.listening.watches import watches_of
from storage.sending.messages import mark_stale, queue_message, try_channel_now
from storage.stamps import read_stamp, read_stamp_or_none, stamp
from storage.team.teammates import teammates_of

# Somebody who has not left the team, as far as we know.
IS_HERE = """NOT EXISTS (SELECT 1 FROM teammate WHERE teammate.workspace_id = :workspace_id
  AND teammate.slack_user = {person} AND teammate.left_at IS NOT NULL)"""


def lose_channel(tx: Tx, workspace_id: str, channel: str, loss: Loss, *, at: datetime) -> None:
    """Note that nothing can be posted to a channel, and have those who listen there told, once."""
    row = tx.one(
        """INSERT INTO lost_channel (workspace_id, channel, loss, lost_at) VALUES (:workspace_id, :channel, :loss, :at)
           ON CONFLICT (workspace_id, channel) WHERE back_at IS NULL DO NOTHING RETURNING id""",
        workspace_id=workspace_id,
        channel=channel,
        loss=loss.value,
        at=stamp(at),
    )
    if row is None:
        return
    for person in _whom_to_tell(tx, workspace_id, channel):
        queue_message(
            tx,
            workspace_id=workspace_id,
            channel=person,
            kind=MessageKind.LOST_CHANNEL,
            subject=str(row["id"]),
            at=at,
        )


def find_channel_again(tx: Tx, workspace_id: str, channel: str, *, at: datetime) -> None:
    """Note that a channel can be posted to, if it was lost; what waits for it goes out now."""
    lost = tx.one(
        """UPDATE lost_channel SET back_at = :at
           WHERE workspace_id = :workspace_id AND channel = :channel AND back_at IS NULL RETURNING id""",
        workspace_id=workspace_id,
        channel=channel,
        at=stamp(at),
    )
    if lost:
        try_channel_now(tx, workspace_id, channel, at=at)
        mark_stale(tx, MessageKind.LOST_CHANNEL, str(lost["id"]))


def find_lost_channel(tx: Tx, lost_id: int) -> LostChannel | None:
    """Return a loss, None when there is none of that number."""
    row = tx.one("SELECT * FROM lost_channel WHERE id = :id", id=lost_id)
    return _lost_from(tx, row) if row else None


def _whom_to_tell(tx: Tx, workspace_id: str, channel: str) -> list[str]:
    """Return whose watches post to the channel, else whose improvements; else who made any watch, else the team."""
    watches = tx.all(
        f"""SELECT channel, created_by FROM watch WHERE workspace_id = :workspace_id AND created_by <> ''
              AND {IS_HERE.format(person="watch.created_by")} ORDER BY id""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
    )
    here = [row["created_by"] for row in watches if row["channel"] == channel] or _whose_improvements(
        tx, workspace_id, channel
    )
    anywhere = [row["created_by"] for row in watches]
    return list(dict.fromkeys(here or anywhere or [mate.slack_user for mate in teammates_of(tx, workspace_id)]))


def _whose_improvements(tx: Tx, workspace_id: str, channel: str) -> list[str]:
    """Return who has the undecided improvements of a department, or proposed them where nobody has them."""
    person = "COALESCE(NULLIF(improvement.owner, ''), improvement.created_by)"
    rows = tx.all(
        f"""SELECT {person} AS person FROM improvement WHERE workspace_id = :workspace_id AND channel = :channel
              AND {UNDECIDED} AND {IS_HERE.format(person=person)} ORDER BY id""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        channel=channel,
    )
    return [row["person"] for row in rows]


def _lost_from(tx: Tx, row: Row) -> LostChannel:
    names = [watch.name for watch in watches_of(tx, row["workspace_id"]) if watch.channel == row["channel"]]
    return LostChannel(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        loss=Loss(row["loss"]),
        lost_at=read_stamp(row["lost_at"]),
        back_at=read_stamp_or_none(row["back_at"]),
        moved_to=row["moved_to"],
        moved_by=row["moved_by"],
        watches=tuple(names),
        waiting=count(
            tx,
            "FROM message WHERE workspace_id = :workspace_id AND channel = :channel AND state = 'waiting'",
            workspace_id=row["workspace_id"],
            channel=row["channel"],
        ),
    )
