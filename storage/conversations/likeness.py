"""Which earlier conversation tells the story of a new one: found by a few marks, compared, and the nearest taken."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import Conversation
from engagement.conversations.stories import Alike, Marks, Sameness, Telling, takes_copies
from engagement.post import Post
from storage.batches import rows_where
from storage.conversations.conversations import conversation_from
from storage.conversations.copies import has_card, root_of
from storage.conversations.story_marks import those_like
from storage.database import Tx
from storage.listening.posts import stored_post_from
from storage.stamps import read_stamp

TOLD_BY: Final = """SELECT mention.conversation_id, mention.post_id, post.* FROM mention
  JOIN post ON post.id = mention.post_id
  WHERE mention.id IN (
    SELECT MIN(first.id) FROM mention AS first WHERE first.conversation_id IN ({wanted})
    GROUP BY first.conversation_id)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """The conversation whose card stands for the story that another tells again, and how alike the two tell it."""

    card_id: int
    alike: Alike


def nearest_of(
    tx: Tx,
    conversation: Conversation,
    post: Post,
    marks: Marks,
    telling: Telling,
    *,
    coming: Collection[int],
    at: datetime,
) -> Like | None:
    """Return what the conversation is, or may be, the same story as; None where nothing of its channel is.

    `coming` are the conversations whose cards are queued soon.
    """
    for number, alike in _nearest_first(tx, conversation, post, marks, telling):
        card_id = root_of(tx, number)
        if card_id != conversation.id and _takes_it(tx, card_id, conversation.channel, coming=coming, at=at):
            return Like(card_id=card_id, alike=alike)
    return None


def _nearest_first(
    tx: Tx, conversation: Conversation, post: Post, marks: Marks, telling: Telling
) -> Iterator[tuple[int, Alike]]:
    """Go through the conversations that tell the same story, or may, the nearest first; of equals, the oldest."""
    numbers = those_like(tx, conversation.workspace_id, marks, besides=conversation.id)
    alike = {
        row["conversation_id"]: telling.alike(post, stored_post_from(row).post)
        for row in (rows_where(tx, TOLD_BY, numbers) if numbers else ())
    }
    found = [(number, each) for number, each in alike.items() if each.sameness is not Sameness.DIFFERENT]
    yield from sorted(found, key=lambda it: (it[1].sameness is not Sameness.SAME, -it[1].likeness, it[0]))


def _takes_it(tx: Tx, card_id: int, channel: str, *, coming: Collection[int], at: datetime) -> bool:
    row = tx.one("SELECT * FROM conversation WHERE id = :id AND channel = :channel", id=card_id, channel=channel)
    if row is None or not takes_copies(conversation_from(row), opened_at=read_stamp(row["opened_at"]), at=at):
        return False
    return card_id in coming or has_card(tx, card_id)
