"""What stands in the thread of a card because it tells the same story, and what a card may be the same story as."""

from typing import Final

from engagement.conversations.conversation import Conversation
from engagement.conversations.copies import NO_COPIES, Copies, Copy, Earlier
from engagement.conversations.press import Act
from engagement.conversations.stories import may_be_put_together
from engagement.sending.outbox import MessageState
from storage.conversations.mentions import asks_us, opening_mention
from storage.database import Tx

# Named on the card; the rest is a number.
NAMED_AT_MOST: Final = 10
# What is told in a conversation, or in what is told in it.
TOLD: Final = """WITH RECURSIVE copied (id) AS (
    SELECT conversation.id FROM conversation WHERE conversation.told_in = :id AND conversation.told_in > 0
    UNION ALL
    SELECT conversation.id FROM conversation JOIN copied ON conversation.told_in = copied.id
    WHERE conversation.told_in > 0)
  SELECT copied.id FROM copied ORDER BY copied.id"""
# The conversation that told the story of one first: itself, where it repeats none, or somebody said that it is another.
STORY: Final = """CASE WHEN conversation.story_id > 0 AND conversation.apart_from = 0 THEN conversation.story_id
  ELSE conversation.id END"""
# A card that is neither there nor on its way takes nothing into its thread.
NO_CARD: Final = (MessageState.FAILED, MessageState.DELETED)


def told_in(tx: Tx, conversation_id: int) -> list[int]:
    """Return the conversations that stand in the thread of this one's card, in the order they came."""
    return [int(row["id"]) for row in tx.all(TOLD, id=conversation_id)]


def copies_of(tx: Tx, conversation_id: int) -> Copies:
    """Return what stands in the thread of the conversation's card, in the order it came."""
    numbers = told_in(tx, conversation_id)
    opened_by = [opening_mention(tx, number) for number in numbers[:NAMED_AT_MOST]]
    first = [Copy(community=each.stored.post.community, url=each.stored.post.url) for each in opened_by if each]
    return Copies(first=tuple(first), count=len(numbers)) if numbers else NO_COPIES


def earlier_of(tx: Tx, conversation: Conversation) -> Earlier | None:
    """Return what a conversation is, or may be, the same story as, None for nothing."""
    told = opening_mention(tx, conversation.alike_to) if conversation.alike_to else None
    if told is None:
        return None
    joinable = may_be_put_together(conversation, ours_to_answer=asks_us(tx, conversation.id))
    return Earlier(
        post=told.stored.post,
        may_be_joined=joinable and has_card(tx, root_of(tx, conversation.alike_to)),
        were_joined=bool(conversation.apart_from) and _were_joined(tx, conversation.id),
    )


def _were_joined(tx: Tx, conversation_id: int) -> bool:
    together = tx.one(
        "SELECT 1 AS one FROM history WHERE object = 'conversation' AND object_id = :id AND act = :act LIMIT 1",
        id=conversation_id,
        act=Act.TOGETHER.value,
    )
    return together is not None


def is_told_elsewhere(tx: Tx, conversation_id: int) -> bool:
    """Return whether a conversation stands in the thread of another's card."""
    return root_of(tx, conversation_id) != conversation_id


def root_of(tx: Tx, conversation_id: int) -> int:
    """Return the conversation on whose card the team decides about this one: itself, or the first of its story."""
    seen = conversation_id
    # Nothing is told in what is told in it, so this ends.
    while row := tx.one("SELECT told_in FROM conversation WHERE id = :id AND told_in > 0", id=seen):
        seen = int(row["told_in"])
    return seen


def story_of(tx: Tx, conversation_id: int) -> int:
    """Return the conversation that told the story of this one first; see STORY."""
    row = tx.one(f"SELECT {STORY} AS story FROM conversation WHERE id = :id", id=conversation_id)  # noqa: S608 - a constant
    return int(row["story"]) if row else conversation_id


def has_card(tx: Tx, conversation_id: int) -> bool:
    """Return whether a card of the conversation stands in its channel, or is on its way there."""
    row = tx.one("SELECT state FROM message WHERE kind = 'card' AND subject = :id", id=str(conversation_id))
    return row is not None and MessageState(row["state"]) not in NO_CARD
