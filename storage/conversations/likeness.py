"""Which earlier conversation tells the story of a new one: found by a few marks, compared, and the nearest taken."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import Conversation
from engagement.conversations.stories import Alike, Marks, Sameness, Telling, goes_into_thread, takes_copies
from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.understanding.reading import Reading
from storage.batches import rows_where
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.copies import has_card, root_of, story_of
from storage.conversations.story_marks import those_like
from storage.database import Row, Tx
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What another conversation told before, and how alike the two tell it."""

    conversation_id: int
    post: Post
    alike: Alike


def tellings_like(
    tx: Tx, conversation: Conversation, post: Post, marks: Marks, telling: Telling, *, doubted: bool = False
) -> list[Told]:
    """Return what tells the same story, or may, the nearest first; of equals, the oldest.

    Of what is `doubted`, which nobody was sure of when it came, or of all else.
    """
    numbers = those_like(tx, conversation.workspace_id, marks, besides=conversation.id, doubted=doubted)
    posts = {row["conversation_id"]: stored_post_from(row).post for row in _told_by(tx, numbers)}
    found = [Told(conversation_id=number, post=each, alike=telling.alike(post, each)) for number, each in posts.items()]
    found = [each for each in found if each.alike.sameness is not Sameness.DIFFERENT]
    return sorted(
        found, key=lambda it: (it.alike.sameness is not Sameness.SAME, -it.alike.likeness, it.conversation_id)
    )


def nearest_of(
    tx: Tx,
    conversation: Conversation,
    post: Post,
    told: Iterable[Told],
    telling: Telling,
    *,
    coming: Collection[int],
    at: datetime,
) -> Like | None:
    """Return what the conversation is, or may be, the same story as; None where nothing of its channel is.

    `told` is the nearest first. `coming` are the conversations whose cards are queued soon.
    """
    for each in told:
        card_id = root_of(tx, each.conversation_id)
        if card_id != conversation.id and _takes_it(tx, card_id, conversation.channel, coming=coming, at=at):
            return Like(card_id=card_id, alike=replace(each.alike, beside=telling.beside(post, each.post)))
    return None


def first_telling(tx: Tx, reading: Reading, post: Post, told: Iterable[Told], telling: Telling) -> int:
    """Return the first conversation of the story that a post only repeats, whatever was decided on it; 0 for none.

    Whoever says something of their own under the same headline repeats nothing.
    """
    repeated = [
        each.conversation_id
        for each in told
        if each.alike.sameness is Sameness.SAME
        and goes_into_thread(replace(each.alike, beside=telling.beside(post, each.post)), reading, asks=False)
    ]
    return min((story_of(tx, number) for number in repeated), default=0)


def _told_by(tx: Tx, numbers: Sequence[int]) -> Sequence[Row]:
    return rows_where(tx, TOLD_BY, numbers) if numbers else ()


def _takes_it(tx: Tx, card_id: int, channel: str, *, coming: Collection[int], at: datetime) -> bool:
    row = tx.one("SELECT * FROM conversation WHERE id = :id AND channel = :channel", id=card_id, channel=channel)
    if row is None or not takes_copies(conversation_from(row), opened_at=read_stamp(row["opened_at"]), at=at):
        return False
    return card_id in coming or has_card(tx, card_id)
