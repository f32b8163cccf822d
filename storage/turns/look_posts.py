"""What a look at a thread brought: kept as what a poll brings, and known to stand in that thread."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from engagement.listening.source import NewSource, Source
from engagement.post import Post
from storage.batches import rows_where
from storage.database import Tx
from storage.listening.post_marks import note_accepted
from storage.listening.posts import find_posts
from storage.listening.sources import add_source, find_source
from storage.records.forgotten_keys import as_we_keep_them
from storage.stamps import read_stamp_or_none
from storage.turns.answers import settle_answers
from storage.turns.team_posts import note_team_posts
from storage.turns.thread_posts import note_thread_posts, place_posts, thread_posts_in

# One row beside the places, of which nobody listens to it and it is never due: it remembers what threads said last, so
# that an edit there is told from a copy that is worded differently.
ALL_THREADS: Final = NewSource(url="threads:", name="Threads", community="")
ONCE_A_DAY: Final = 86_400


def source_of_looks(tx: Tx, *, at: datetime) -> Source:
    """Return the source that stands for all looks at threads."""
    source = find_source(tx, add_source(tx, ALL_THREADS, interval_seconds=ONCE_A_DAY, at=at))
    if source is None:
        raise LookupError("the row of all threads is gone")
    return source


def watches_there(tx: Tx, thread_key: str, watch_ids: Iterable[int]) -> dict[int, datetime | None]:
    """Return which of these watches hear what is said in a thread, each with since when it listens at all.

    Those of every workspace that has a conversation there.
    """
    rows = rows_where(
        tx,
        """SELECT watch.id, watch.created_at FROM conversation
           JOIN watch ON watch.workspace_id = conversation.workspace_id
           WHERE conversation.workspace_id IN (SELECT id FROM workspace) AND conversation.thread_key = :thread_key
             AND watch.id IN ({wanted})""",
        watch_ids,
        thread_key=thread_key,
    )
    return {row["id"]: read_stamp_or_none(row["created_at"]) for row in rows}


def keep_look(tx: Tx, source_id: int, thread_key: str, posts: Iterable[Post], *, at: datetime) -> None:
    """Keep that these posts, stored already, stand in the thread; and see whose turn it is now.

    What the team wrote there is looked for among all we have of the thread: a name may have become known since.
    """
    found = as_we_keep_them(tx, list(posts))
    numbers = find_posts(tx, source_id, found)
    note_thread_posts(tx, thread_key, numbers.values())
    place_posts(tx, {numbers[post.keys]: post.parent_key for post in found})
    accepted = {numbers[post.keys] for post in found if post.accepted}
    if accepted:
        # There is one solution at a time. Where none is marked, this page may not say so.
        note_accepted(tx, {number: number in accepted for number in numbers.values()})
    known = {each.id: each.stored.post._replace(keys=each.keys) for each in thread_posts_in(tx, thread_key)}
    note_team_posts(tx, source_id, known.values(), {post.keys: number for number, post in known.items()})
    rows = tx.all(
        """SELECT workspace_id FROM conversation
           WHERE workspace_id IN (SELECT id FROM workspace) AND thread_key = :thread_key""",
        thread_key=thread_key,
    )
    settle_answers(tx, [(row["workspace_id"], thread_key) for row in rows], at=at)
