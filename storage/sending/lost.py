"""What Slack's answers say beyond one message: a channel that is lost, a message that somebody deleted."""

from datetime import datetime

from engagement.sending.channels import LOSSES
from engagement.sending.outbox import THREAD_GONE, MessageKind, MessageState, OutMessage
from storage.conversations.conversations import find_conversation
from storage.database import Tx
from storage.records.history import write_history
from storage.sending.channels import find_channel_again, lose_channel
from storage.sending.messages import FRESH, POSTED_ELSEWHERE, find_message, mark_stale, queue_message, save_message
from storage.stamps import stamp


def settle_send(tx: Tx, outcome: OutMessage, *, at: datetime) -> None:
    """Store what became of a send, and what it says of the channel and of the thread."""
    save_message(tx, outcome, at=at)
    if outcome.error == THREAD_GONE:
        _lose_thread(tx, outcome.id, at=at)
    if outcome.is_direct:
        return
    if outcome.state is MessageState.SENT:
        find_channel_again(tx, outcome.workspace_id, outcome.channel, at=at)
    elif outcome.error in LOSSES:
        lose_channel(tx, outcome.workspace_id, outcome.channel, LOSSES[outcome.error], at=at)


def lose_message(tx: Tx, message_id: int, *, at: datetime) -> None:
    """Note that somebody deleted a message. It is not posted again: whoever deleted it had a reason.

    Where it was the card of something still open, its channel is told once, so that nobody's question goes with it.
    What waits for its thread waits on.
    """
    row = tx.one(
        """UPDATE message SET state = 'deleted', stale = :fresh WHERE id = :id AND state = 'sent'
           RETURNING workspace_id, channel, kind, subject""",
        id=message_id,
        fresh=FRESH,
    )
    if row and row["kind"] == MessageKind.CARD.value:
        miss_card(tx, int(row["subject"]), at=at)


def keep_in_sight(tx: Tx, conversation_id: int, *, at: datetime) -> None:
    """Have what is open stand where people see it, now that it may be open again."""
    _follow_channel(tx, conversation_id, at=at)
    miss_card(tx, conversation_id, at=at)


def _follow_channel(tx: Tx, conversation_id: int, *, at: datetime) -> None:
    """Have the card posted where its channel's mentions go since that was lost; what was settled then stayed there."""
    row = tx.one(
        """SELECT conversation.channel, lost_channel.moved_to FROM conversation
           JOIN lost_channel ON lost_channel.workspace_id = conversation.workspace_id
             AND lost_channel.channel = conversation.channel AND lost_channel.moved_to <> ''
           WHERE conversation.id = :id AND conversation.is_open = 1 AND NOT EXISTS (
             SELECT 1 FROM watch WHERE watch.workspace_id = conversation.workspace_id
               AND watch.channel = conversation.channel)
           ORDER BY lost_channel.id DESC LIMIT 1""",
        id=conversation_id,
    )
    if row is None:
        return
    tx.run("UPDATE conversation SET channel = :new WHERE id = :id", id=conversation_id, new=row["moved_to"])
    tx.run(
        f"""UPDATE message SET {POSTED_ELSEWHERE}
            WHERE kind = 'card' AND subject = :subject AND channel = :old""",  # noqa: S608 - constants only
        new=row["moved_to"],
        old=row["channel"],
        subject=str(conversation_id),
        at=stamp(at),
    )


def miss_card(tx: Tx, conversation_id: int, *, at: datetime) -> None:
    """Have a channel told, once, that the card of something open there was deleted, if it was."""
    row = tx.one(
        """SELECT message.workspace_id, message.channel, message.subject FROM message
           JOIN conversation ON conversation.id = :id AND conversation.is_open = 1
           WHERE message.kind = 'card' AND message.subject = :subject AND message.state = 'deleted'""",
        id=conversation_id,
        subject=str(conversation_id),
    )
    if row:
        kind, subject = MessageKind.DELETED, row["subject"]
        queue_message(tx, workspace_id=row["workspace_id"], channel=row["channel"], kind=kind, subject=subject, at=at)
        mark_stale(tx, kind, subject)


def post_card_again(tx: Tx, conversation_id: int, *, workspace_id: str, by: str, at: datetime) -> bool:
    """Have a card that was deleted posted again; False where it stands, or is none of the workspace's."""
    conversation = find_conversation(tx, conversation_id)
    card = find_message(tx, MessageKind.CARD, str(conversation_id))
    if conversation is None or conversation.workspace_id != workspace_id or card is None:
        return False
    again = tx.run(
        """UPDATE message SET state = 'waiting', ts = '', sent_at = NULL, error = '', not_before = :at
           WHERE id = :id AND state = 'deleted'""",
        id=card.id,
        at=stamp(at),
    )
    if not again:
        return False
    mark_stale(tx, MessageKind.DELETED, str(conversation_id))
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="card",
        object_id=conversation_id,
        act="post again",
        actor=by,
        at=at,
        after={},
    )
    return True


def _lose_thread(tx: Tx, message_id: int, *, at: datetime) -> None:
    row = tx.one("SELECT parent_id FROM message WHERE id = :id", id=message_id)
    tx.run("UPDATE message SET error = '' WHERE id = :id", id=message_id)
    if row:
        lose_message(tx, row["parent_id"], at=at)
