"""Posts that were deleted where they were written: their words go here too, and nobody is asked to answer them."""

from collections.abc import Mapping
from datetime import datetime

from engagement.post import Post, title_that_stays
from storage.conversations import settle_is_open
from storage.database import Tx
from storage.redraws import redraw_conversation
from storage.stamps import stamp
from storage.words import index_posts


def withdraw(tx: Tx, posts: Mapping[int, Post], *, at: datetime) -> None:
    """Empty posts, by their numbers, and have the cards that show them redrawn. What the team decided stays."""
    for post_id, post in posts.items():
        tx.run(
            "UPDATE post SET title = :title, text = '', author = '', withdrawn_at = :at WHERE id = :id",
            id=post_id,
            title=title_that_stays(post),
            at=stamp(at),
        )
        tx.run("UPDATE mention SET waits_for_us = 0 WHERE post_id = :id", id=post_id)
        for row in tx.all("SELECT DISTINCT conversation_id FROM mention WHERE post_id = :id", id=post_id):
            settle_is_open(tx, row["conversation_id"])
            redraw_conversation(tx, row["conversation_id"])
    index_posts(tx, posts.keys())
