"""Cards on their way to Slack, and what is to stand in their threads."""

from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.sending.outbox import MessageKind, OutMessage
from storage.database import Tx
from storage.sending.messages import queue_message


def queue_card(tx: Tx, conversation: Conversation, *, held: bool, at: datetime) -> None:
    """Queue the card of a conversation; `held` until the brake, or its roll-up, lets it go."""
    queue_message(
        tx,
        workspace_id=conversation.workspace_id,
        channel=conversation.channel,
        kind=MessageKind.CARD,
        subject=str(conversation.id),
        held=held,
        at=at,
    )


def queue_note_below(tx: Tx, card: OutMessage, mention_id: int, *, at: datetime) -> None:
    """Queue the word on a mention for the thread of a card."""
    queue_message(
        tx,
        workspace_id=card.workspace_id,
        channel=card.channel,
        kind=MessageKind.NOTE,
        subject=str(mention_id),
        parent_id=card.id,
        at=at,
    )
