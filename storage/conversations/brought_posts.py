"""Posts that somebody brought, of which only the address was known, until a source carries them."""

from collections.abc import Mapping

from engagement.post import Post
from storage.batches import rows_where
from storage.database import Tx
from storage.records.words import index_posts
from storage.stamps import stamp_or_none

CARRIED_BY_NONE = """SELECT id FROM post WHERE id IN ({wanted})
  AND forgotten_id = 0 AND NOT EXISTS (SELECT 1 FROM source_post WHERE source_post.post_id = post.id)"""


def fill_in(tx: Tx, posts: Mapping[int, Post]) -> tuple[int, ...]:
    """Have those of the posts (by their numbers) that no source carried yet say what they say there; return which."""
    filled = tuple(row["id"] for row in rows_where(tx, CARRIED_BY_NONE, sorted(posts)))
    if filled:
        tx.many(
            """UPDATE post SET title = :title, text = :text, author = :author, score = :score, says = NULL,
                 published_at = COALESCE(:published_at, published_at) WHERE id = :id""",
            [
                {
                    "id": number,
                    "title": posts[number].title,
                    "text": posts[number].text,
                    "author": posts[number].author,
                    "score": posts[number].score,
                    "published_at": stamp_or_none(posts[number].published_at),
                }
                for number in filled
            ],
        )
        index_posts(tx, filled)
    return filled
