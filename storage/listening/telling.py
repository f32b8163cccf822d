"""What the channels are told of troubles: noted down when one begins or ends, and put into one message an hour."""

from dataclasses import replace
from datetime import datetime

from engagement.listening.telling import Ailment, is_time_to_tell
from engagement.sending.outbox import MessageKind
from storage.database import Tx
from storage.listening.troubles import BEGAN, ailment_from
from storage.sending.messages import queue_message
from storage.stamps import read_stamp, read_stamp_or_none, stamp


def channels_to_tell(tx: Tx, *, now: datetime) -> list[tuple[str, str]]:
    """Return the channels, each with its workspace, that are to be told of troubles now: once an hour at most.

    Not where what was told last is still on its way: while Slack takes nothing, no pile of old news grows.
    """
    rows = tx.all(
        """SELECT untold.workspace_id, untold.channel, MIN(untold.at) AS oldest_at, (
             SELECT MAX(told.told_at) FROM trouble_notice AS told
             WHERE told.workspace_id = untold.workspace_id AND told.channel = untold.channel) AS told_at
           FROM trouble_notice AS untold WHERE untold.message_id = 0
             AND NOT EXISTS (SELECT 1 FROM message WHERE message.workspace_id = untold.workspace_id
               AND message.channel = untold.channel AND message.kind = :kind
               AND message.state IN ('waiting', 'sending', 'uncertain'))
           GROUP BY untold.workspace_id, untold.channel ORDER BY untold.workspace_id, untold.channel""",
        kind=MessageKind.TROUBLE.value,
    )
    return [
        (row["workspace_id"], row["channel"])
        for row in rows
        if is_time_to_tell(oldest_at=read_stamp(row["oldest_at"]), told_at=read_stamp_or_none(row["told_at"]), now=now)
    ]


def tell_troubles(tx: Tx, *, now: datetime) -> None:
    """Put what each channel is to be told of now into one message."""
    for workspace_id, channel in channels_to_tell(tx, now=now):
        _tell(tx, workspace_id, channel, now=now)


def _tell(tx: Tx, workspace_id: str, channel: str, *, now: datetime) -> None:
    """Queue one message for all the channel's untold notices; the first of them is its subject, and no other's."""
    first = tx.one(
        """SELECT trouble_id, part FROM trouble_notice WHERE workspace_id = :workspace_id AND channel = :channel
             AND message_id = 0 ORDER BY trouble_id, part LIMIT 1""",
        workspace_id=workspace_id,
        channel=channel,
    )
    message_id = first and queue_message(
        tx,
        workspace_id=workspace_id,
        channel=channel,
        kind=MessageKind.TROUBLE,
        subject=str(first["trouble_id"]),
        part=first["part"],
        at=now,
    )
    tx.run(
        """UPDATE trouble_notice SET message_id = :message_id, told_at = :now
           WHERE workspace_id = :workspace_id AND channel = :channel AND message_id = 0""",
        workspace_id=workspace_id,
        channel=channel,
        # Nothing is queued twice; a notice that were would be left out for good, rather than looked at every second.
        message_id=message_id or -1,
        now=stamp(now),
    )


def ailments_of_message(tx: Tx, message_id: int) -> list[Ailment]:
    """Return what a message tells: troubles that began, as they stood then, and others that are over."""
    rows = tx.all(
        """SELECT trouble.*, COALESCE(source.name, '') AS place, trouble_notice.part FROM trouble_notice
           JOIN trouble ON trouble.id = trouble_notice.trouble_id LEFT JOIN source ON source.id = trouble.source_id
           WHERE trouble_notice.message_id = :message_id ORDER BY trouble_notice.part, trouble.began_at, trouble.id""",
        message_id=message_id,
    )
    return [replace(ailment_from(row), ended_at=None) if row["part"] == BEGAN else ailment_from(row) for row in rows]
