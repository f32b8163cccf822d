"""All posts that we have of a thread, whether or not they name us: for whoever asks what was said there."""

from collections.abc import Iterable, Mapping
from typing import Final

from engagement.dataclass import dataclass
from engagement.post import StoredPost
from storage.database import Tx
from storage.listening.posts import stored_post_from
from storage.turns.team_posts import keys_of_posts

# Of a longer thread, the newest: what was said last is what turns are about.
MOST_OF_A_THREAD: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPost:
    """A post of a thread, ours or anybody's.

    `stored.post` says who wrote it (`author`), under what it stands (`parent_key`), whether its community marks it as
    the solution (`accepted`), and whether a program wrote it (`by_program`).
    """

    keys: tuple[str, ...]
    stored: StoredPost

    @property
    def id(self) -> int:
        """The number of the post."""
        return self.stored.id


def thread_posts_in(tx: Tx, thread_key: str) -> list[ThreadPost]:
    """Return what we have of a thread, in the order it was written: the post that opens it, and all that followed.

    Whichever feed brought it, and whether or not it names us. `thread_key` is that of a conversation or a post. Of a
    very long thread, the newest MOST_OF_A_THREAD posts.
    """
    rows = tx.all(
        """SELECT post.*, post.id AS post_id FROM post WHERE post.id IN (
             SELECT post_id FROM post_key WHERE key = :thread_key
             UNION SELECT id FROM post WHERE thread_key = :thread_key AND parent_key <> ''
             UNION SELECT post_id FROM thread_post WHERE thread_key = :thread_key)
           ORDER BY COALESCE(post.published_at, post.seen_at) DESC, post.id DESC LIMIT :limit""",
        thread_key=thread_key,
        limit=MOST_OF_A_THREAD,
    )
    keys = keys_of_posts(tx, [row["post_id"] for row in rows])
    return [ThreadPost(keys=keys[row["post_id"]], stored=stored_post_from(row)) for row in reversed(rows)]


def place_posts(tx: Tx, parents: Mapping[int, str]) -> None:
    """Note what posts (by their numbers) stand under that seemed to open a thread, for all that their feed said."""
    placed = [{"id": number, "parent": parent} for number, parent in sorted(parents.items()) if parent]
    if placed:
        tx.many("UPDATE post SET parent_key = :parent WHERE id = :id AND parent_key = ''", placed)


def note_thread_posts(tx: Tx, thread_key: str, post_ids: Iterable[int]) -> None:
    """Note that these posts stand in the thread, as a look at it listed them."""
    noted = [{"thread_key": thread_key, "post_id": number} for number in sorted(set(post_ids))]
    if noted:
        tx.many(
            """INSERT INTO thread_post (thread_key, post_id) VALUES (:thread_key, :post_id)
               ON CONFLICT (thread_key, post_id) DO NOTHING""",
            noted,
        )
