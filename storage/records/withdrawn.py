"""Posts that were deleted where they were written: their words go here too, and nobody is asked to answer them."""

from collections.abc import Mapping
from datetime import datetime

from engagement.post import Post, title_that_stays
from storage.conversations.conversations import settle_is_open
from storage.conversations.story_marks import forget_marks
from storage.database import Tx
from storage.records.words import index_posts
from storage.sending.redraws import redraw_conversation
from storage.stamps import stamp
from storage.turns.team_posts import Thread


def withdraw(tx: Tx, posts: Mapping[int, Post], *, at: datetime) -> frozenset[Thread]:
    """Empty posts, by their numbers, and have the cards that show them redrawn; return the threads they stood in.

    What the team decided stays.
    """
    threads: set[Thread] = set()
    told: set[int] = set()
    for post_id, post in posts.items():
        tx.run(
            """UPDATE post SET title = :title, text = '', author = '', withdrawn_at = COALESCE(withdrawn_at, :at)
               WHERE id = :id AND forgotten_id = 0""",
            id=post_id,
            title=title_that_stays(post),
            at=stamp(at),
        )
        tx.run("UPDATE mention SET waits_for_us = 0 WHERE post_id = :id", id=post_id)
        for row in tx.all("SELECT workspace_id, conversation_id FROM mention WHERE post_id = :id", id=post_id):
            threads.add((row["workspace_id"], post.thread_key))
            told.add(row["conversation_id"])
            settle_is_open(tx, row["conversation_id"])
            redraw_conversation(tx, row["conversation_id"])
    index_posts(tx, posts.keys())
    forget_marks(tx, told)
    return frozenset(threads)
