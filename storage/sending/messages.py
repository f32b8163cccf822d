"""The outbox: what is to be posted, what is on its way, what has to be redrawn."""

from datetime import datetime, timedelta

from engagement.sending.outbox import CHANNEL_GAP, RATE_LIMITED, MessageKind, MessageState, OutMessage, Unsent
from engagement.watch import Watch
from storage.database import Row, Tx
from storage.stamps import read_stamp, read_stamp_or_none, stamp

# How what stands in the channel relates to the rows: as they are, as they were, or being drawn from them just now.
FRESH, STALE, DRAWING = 0, 1, 2

# What becomes of a message that is posted anew in another channel; one that a brake holds stays held there.
POSTED_ELSEWHERE = """channel = :new, state = CASE WHEN state = 'held' THEN 'held' ELSE 'waiting' END, ts = '',
  sent_at = NULL, error = '', not_before = :at"""

MESSAGE = """SELECT message.*, parent.ts AS thread_ts FROM message
             LEFT JOIN message AS parent ON parent.id = message.parent_id"""


def queue_message(
    tx: Tx,
    *,
    workspace_id: str,
    channel: str,
    kind: MessageKind,
    subject: str,
    at: datetime,
    parent_id: int = 0,
    part: int = 0,
    held: bool = False,
    not_before: datetime | None = None,
) -> int | None:
    """Put a message into the outbox, once; return its id, or None when it is there already.

    It goes out now, or not before a moment to come.
    """
    row = tx.one(
        """INSERT INTO message (workspace_id, channel, parent_id, kind, subject, part, state, not_before, created_at)
           VALUES (:workspace_id, :channel, :parent_id, :kind, :subject, :part, :state, :not_before, :at)
           ON CONFLICT (workspace_id, channel, parent_id, kind, subject, part) DO NOTHING RETURNING id""",
        workspace_id=workspace_id,
        channel=channel,
        parent_id=parent_id,
        kind=kind.value,
        subject=subject,
        part=part,
        state=(MessageState.HELD if held else MessageState.WAITING).value,
        not_before=stamp(not_before or at),
        at=stamp(at),
    )
    return int(row["id"]) if row else None


def announce(tx: Tx, watch: Watch, *, at: datetime) -> None:
    """Tell the channel, once, what is listened for and where; told already, have it say what holds now."""
    queue_message(
        tx,
        workspace_id=watch.workspace_id,
        channel=watch.channel,
        kind=MessageKind.STARTED,
        subject=str(watch.id),
        at=at,
    )
    announce_anew(tx, watch.id)


def announce_anew(tx: Tx, watch_id: int) -> None:
    """Have what its channel was told of a watch, and of its query, say what holds now."""
    mark_stale(tx, MessageKind.STARTED, str(watch_id))
    mark_stale(tx, MessageKind.BAD_QUERY, str(watch_id))


def unsent_messages(tx: Tx, workspace_id: str) -> Unsent:
    """Return the messages that Slack would not take, for good or for now; one asked to slow down is just waiting."""
    refused = tx.all(
        """SELECT error FROM message WHERE COALESCE(workspace_id, '') = :workspace_id AND state IN ('failed', 'waiting')
             AND error NOT IN ('', :slow_down) ORDER BY id""",
        workspace_id=workspace_id,
        slow_down=RATE_LIMITED,
    )
    return Unsent(count=len(refused), reason=refused[-1]["error"] if refused else "")


def try_channel_now(tx: Tx, workspace_id: str, channel: str, *, at: datetime) -> None:
    """Have what waits for the channel go out now: we are invited, or back."""
    tx.run(
        """UPDATE message SET not_before = :at WHERE workspace_id = :workspace_id AND channel = :channel
             AND state = 'waiting' AND error <> :slow_down AND not_before > :at""",
        workspace_id=workspace_id,
        slow_down=RATE_LIMITED,
        channel=channel,
        at=stamp(at),
    )


def find_message(tx: Tx, kind: MessageKind, subject: str) -> OutMessage | None:
    """Return the message about `subject`, None when there is none."""
    row = tx.one(
        f"{MESSAGE} WHERE message.kind = :kind AND message.subject = :subject ORDER BY message.id LIMIT 1",
        kind=kind.value,
        subject=subject,
    )
    return message_from(row) if row else None


def mark_stale(tx: Tx, kind: MessageKind, subject: str) -> None:
    """Have the message redrawn from the rows."""
    tx.run(
        "UPDATE message SET stale = :stale WHERE kind = :kind AND subject = :subject",
        stale=STALE,
        kind=kind.value,
        subject=subject,
    )


def messages_to_send(tx: Tx, *, now: datetime, gap: timedelta = CHANNEL_GAP) -> list[OutMessage]:
    """Return what can go out now, oldest first: one message a channel, `gap` after the one before it.

    A message for a thread waits until the thread's parent stands in the channel. While one message of a channel
    is uncertain, on its way, or was told to come back later, the next one waits: the order in a channel is the
    order of the outbox, and what Slack refuses for one message it refuses for all of the channel.
    """
    rows = tx.all(
        f"""{MESSAGE} WHERE message.id IN (
              SELECT MIN(candidate.id) FROM message AS candidate
              LEFT JOIN message AS parent ON parent.id = candidate.parent_id
              WHERE candidate.state = 'waiting' AND (candidate.parent_id = 0 OR parent.state = 'sent')
              GROUP BY candidate.workspace_id, candidate.channel)
            AND message.not_before <= :now
            AND NOT EXISTS (SELECT 1 FROM message AS busy WHERE busy.workspace_id = message.workspace_id
              AND busy.channel = message.channel AND busy.state IN ('sending', 'uncertain'))
            AND NOT EXISTS (SELECT 1 FROM message AS recent WHERE recent.workspace_id = message.workspace_id
              AND recent.channel = message.channel AND recent.state = 'sent' AND recent.sent_at > :gap)
            ORDER BY message.id""",  # noqa: S608 - constants only
        now=stamp(now),
        gap=stamp(now - gap),
    )
    return [message_from(row) for row in rows]


def messages_to_find(tx: Tx, *, now: datetime) -> list[OutMessage]:
    """Return the messages nobody knows whether they were posted, that are due for a look into the history."""
    rows = tx.all(
        f"{MESSAGE} WHERE message.state = 'uncertain' AND message.not_before <= :now ORDER BY message.id",
        now=stamp(now),
    )
    return [message_from(row) for row in rows]


def messages_to_redraw(tx: Tx, *, now: datetime, limit: int) -> list[OutMessage]:
    """Return sent messages whose rows have changed since they were drawn, or whose redraw was broken off."""
    rows = tx.all(
        f"""{MESSAGE} WHERE message.stale IN (:stale, :drawing) AND message.state = 'sent'
              AND message.not_before <= :now
            ORDER BY message.id LIMIT :limit""",
        stale=STALE,
        drawing=DRAWING,
        now=stamp(now),
        limit=limit,
    )
    return [message_from(row) for row in rows]


def start_sending(tx: Tx, message: OutMessage, *, at: datetime) -> bool:
    """Commit that a call is about to be made; False when somebody else has taken the message."""
    return bool(
        tx.run(
            """UPDATE message SET state = 'sending', tried_at = :at, stale = :fresh
               WHERE id = :id AND state = 'waiting'""",
            fresh=FRESH,
            id=message.id,
            at=stamp(at),
        )
    )


def save_message(tx: Tx, message: OutMessage, *, at: datetime) -> None:
    """Store what became of a send; `sent_at` is set when it was sent.

    What is known to stand in the channel stays sent, whatever a look that began before says of it.
    `tried_at` is left as `start_sending` wrote it: where a look into the history begins.
    """
    tx.run(
        """UPDATE message SET state = :state, ts = :ts, stands_in = :stands_in, attempts = :attempts,
             not_before = :not_before, error = :error,
             sent_at = CASE WHEN CAST(:state AS TEXT) = 'sent' THEN COALESCE(sent_at, :at) ELSE sent_at END
           WHERE id = :id AND NOT (state = 'sent' AND CAST(:state AS TEXT) IN ('waiting', 'uncertain'))""",
        at=stamp(at),
        **message_values(message),
    )


def start_redraw(tx: Tx, message_id: int) -> bool:
    """Note, before the rows are read, that they are being drawn: a change from here on marks the message again.

    False where nothing has changed since it was drawn.
    """
    sql = "UPDATE message SET stale = :drawing WHERE id = :id AND stale <> :fresh AND state = 'sent'"
    return bool(tx.run(sql, drawing=DRAWING, fresh=FRESH, id=message_id))


def finish_redraw(tx: Tx, message_id: int) -> None:
    """Clear the mark, unless the rows have changed since they were read."""
    tx.run(
        "UPDATE message SET stale = :fresh WHERE id = :id AND stale = :drawing",
        fresh=FRESH,
        drawing=DRAWING,
        id=message_id,
    )


def leave_as_sent(tx: Tx, message_id: int) -> None:
    """Clear the mark of a message that follows its rows no more."""
    tx.run("UPDATE message SET stale = :fresh WHERE id = :id", fresh=FRESH, id=message_id)


def redraw_later(tx: Tx, message_id: int, *, not_before: datetime) -> None:
    """Mark the message again: Slack did not take the new drawing."""
    tx.run(
        "UPDATE message SET stale = :stale, not_before = :not_before WHERE id = :id",
        stale=STALE,
        id=message_id,
        not_before=stamp(not_before),
    )


def doubt_what_was_sending(tx: Tx, *, at: datetime) -> int:
    """Take what is on its way for uncertain, and return how much: a run that ended or broke off may have posted it."""
    return tx.run(
        "UPDATE message SET state = 'uncertain', attempts = 0, not_before = :at WHERE state = 'sending'", at=stamp(at)
    )


def message_from(row: Row) -> OutMessage:
    """Return a row of `message` joined with its parent's ts as `thread_ts`."""
    return OutMessage(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        kind=MessageKind(row["kind"]),
        subject=row["subject"],
        state=MessageState(row["state"]),
        created_at=read_stamp(row["created_at"]),
        not_before=read_stamp(row["not_before"]),
        ts=row["ts"],
        stands_in=row["stands_in"],
        thread_ts=row["thread_ts"] or "",
        part=row["part"],
        attempts=row["attempts"],
        error=row["error"],
        tried_at=read_stamp_or_none(row["tried_at"]),
        stale=row["stale"] != FRESH,
    )


def message_values(message: OutMessage) -> dict[str, object]:
    """Return the columns of `message` that a send changes, and its id."""
    return {
        "id": message.id,
        "state": message.state.value,
        "ts": message.ts,
        "stands_in": message.stands_in,
        "attempts": message.attempts,
        "not_before": stamp(message.not_before),
        "error": message.error,
    }
