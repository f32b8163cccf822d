"""Reading what is said in threads with conversations, whether or not it names us: thanks, and questions that go on."""

from collections.abc import Callable, Iterable
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import Saying
from storage.batches import rows_where
from storage.database import Tx
from storage.turns.team_posts import Thread
from storage.turns.thread_posts import thread_posts_in

# What a post says in its thread, as triage reads it.
SayingOf = Callable[[Post], Saying]
# A reading takes up to a millisecond, and clicks wait meanwhile. What is left of a long thread is read the next time.
READ_AT_ONCE: Final = 60


def threads_with_conversation(tx: Tx, thread_keys: Iterable[str]) -> frozenset[Thread]:
    """Return those of the threads that have a conversation, as each workspace sees them."""
    rows = rows_where(
        tx,
        """SELECT workspace_id, thread_key FROM conversation
           WHERE workspace_id IN (SELECT id FROM workspace) AND thread_key IN ({wanted})""",
        sorted(set(thread_keys)),
    )
    return frozenset((str(row["workspace_id"]), str(row["thread_key"])) for row in rows)


def heed(tx: Tx, thread_keys: Iterable[str], saying_of: SayingOf) -> None:
    """Read what nobody has read yet in these threads, and keep what it says.

    First what is of those who wrote about us there, or are of us, then the newest. What opens a thread is no word in
    it.
    """
    for thread_key in sorted(set(thread_keys)):
        unread = [each for each in thread_posts_in(tx, thread_key) if each.stored.saying is None]
        asking = _who_is_heard_in(tx, thread_key)
        newest_first = [each for each in reversed(unread) if each.stored.post.parent_key]
        wanted = sorted(newest_first, key=lambda each: each.stored.post.author not in asking)[:READ_AT_ONCE]
        said = [{"id": each.id, "says": saying_of(each.stored.post).value} for each in wanted]
        if said:
            tx.many("UPDATE post SET says = :says WHERE id = :id", said)


def _who_is_heard_in(tx: Tx, thread_key: str) -> set[str]:
    """Return the authors of the mentions in a thread, and of what the team wrote there."""
    rows = tx.all(
        """SELECT post.author FROM conversation JOIN mention ON mention.conversation_id = conversation.id
             JOIN post ON post.id = mention.post_id
           WHERE conversation.workspace_id IN (SELECT id FROM workspace) AND conversation.thread_key = :thread_key
           UNION SELECT post.author FROM team_post JOIN post ON post.id = team_post.post_id
           WHERE team_post.workspace_id IN (SELECT id FROM workspace) AND team_post.thread_key = :thread_key""",
        thread_key=thread_key,
    )
    return {row["author"] for row in rows}
