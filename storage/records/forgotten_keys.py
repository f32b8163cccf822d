"""What was forgotten comes again from its feed: it is known by the hashes of its keys, and left out."""

from collections.abc import Iterable, Sequence

from engagement.post import Post
from engagement.records.forgotten import hashed
from storage.batches import rows_where
from storage.database import Tx


def forgotten_among(tx: Tx, keys: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the forgotten posts that some of these keys lead to."""
    return {key: number for key, (number, _) in _known(tx, keys).items() if number}


def as_we_keep_them(tx: Tx, posts: Sequence[Post]) -> Sequence[Post]:
    """Return posts whose threads and parents go by the names that stand for them here, where theirs would tell one."""
    if not posts:
        return posts
    known = _known(tx, (key for post in posts for key in (post.thread_key, post.parent_key) if key))
    kept = {key: hashed(key) for key, (_, stands_for) in known.items() if stands_for}
    if not kept:
        return posts
    return [
        post._replace(
            thread_key=kept.get(post.thread_key, post.thread_key), parent_key=kept.get(post.parent_key, post.parent_key)
        )
        for post in posts
    ]


def _known(tx: Tx, keys: Iterable[str]) -> dict[str, tuple[int, bool]]:
    # Nearly nobody is forgotten, and a hash of every key of every poll would be asked for in vain.
    if tx.one("SELECT 1 AS yes FROM forgotten_key LIMIT 1") is None:
        return {}
    by_hash = {hashed(key): key for key in keys}
    rows = rows_where(tx, "SELECT * FROM forgotten_key WHERE hash IN ({wanted})", by_hash)
    return {by_hash[row["hash"]]: (row["post_id"], bool(row["stands_for"])) for row in rows}
