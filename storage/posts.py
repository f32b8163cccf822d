"""Posts, found again by any of their identities."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from engagement.post import Post, StoredPost
from storage.database import Row, Tx
from storage.rows import stored_post_from
from storage.stamps import stamp, stamp_or_none

# Far below SQLite's limit of bound values (999 in old builds).
KEYS_PER_QUERY = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we remember of a post with one of these keys: whether this source carried it, and what it said."""

    post_id: int
    from_source: bool
    title: str
    text: str


def unread(tx: Tx, source_id: int, posts: Sequence[Post]) -> list[Post]:
    """Return those of `posts` that this source never carried before, or that say something else by now."""
    known = _known(tx, source_id, (key for post in posts for key in post.keys))
    return [post for post in posts if _is_news(post, _first(known, post.keys))]


def _is_news(post: Post, known: Known | None) -> bool:
    return known is None or not known.from_source or (known.title, known.text) != (post.title, post.text)


def _first(known: Mapping[str, Known], keys: Iterable[str]) -> Known | None:
    return next((known[key] for key in keys if key in known), None)


def _known(tx: Tx, source_id: int, keys: Iterable[str]) -> dict[str, Known]:
    rows = _by_keys(
        tx,
        """SELECT post_key.key, post.id, post.title, post.text, source_post.source_id FROM post_key
           JOIN post ON post.id = post_key.post_id
           LEFT JOIN source_post ON source_post.post_id = post.id AND source_post.source_id = :source_id
           WHERE post_key.key IN ({keys})""",
        keys,
        source_id=source_id,
    )
    return {
        row["key"]: Known(
            post_id=row["id"], from_source=row["source_id"] is not None, title=row["title"], text=row["text"]
        )
        for row in rows
    }


def _by_keys(tx: Tx, sql: str, keys: Iterable[str], **values: object) -> list[Row]:
    """Run `sql` with `{keys}` filled by as many names as it takes; the keys themselves are bound."""
    rows: list[Row] = []
    left = iter(sorted(set(keys)))
    while batch := list(islice(left, KEYS_PER_QUERY)):
        named = {_letters(number): key for number, key in enumerate(batch)}
        rows += tx.all(sql.format(keys=", ".join(f":{name}" for name in named)), **named, **values)
    return rows


def _letters(number: int) -> str:
    return "key_" + chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def newest_posts(tx: Tx, source_id: int, *, limit: int) -> list[StoredPost]:
    """Return the source's newest stored posts with their keys, newest first."""
    rows = tx.all(
        """SELECT post.*, post.id AS post_id FROM source_post JOIN post ON post.id = source_post.post_id
           WHERE source_post.source_id = :source_id
           ORDER BY COALESCE(post.published_at, post.seen_at) DESC, post.id DESC LIMIT :limit""",
        source_id=source_id,
        limit=limit,
    )
    return [stored_post_from(row, _keys_of(tx, row["post_id"])) for row in rows]


def _keys_of(tx: Tx, post_id: int) -> tuple[str, ...]:
    rows = tx.all("SELECT key FROM post_key WHERE post_id = :post_id ORDER BY key", post_id=post_id)
    return tuple(row["key"] for row in rows)


def store_posts(tx: Tx, source_id: int, posts: Sequence[Post], *, at: datetime) -> dict[tuple[str, ...], StoredPost]:
    """Store what is new of `posts` and return all of them, each under its keys.

    A post that shares any key with a stored one is that post: it keeps its number, learns the new keys, and its
    words follow an edit. Posts are stored in the order given.
    """
    known = _known(tx, source_id, (key for post in posts for key in post.keys))
    stored: dict[tuple[str, ...], StoredPost] = {}
    for post in posts:
        before = _first(known, post.keys)
        now_known = _add(tx, post, at=at) if before is None else _update(tx, before, post, at=at)
        _remember_source(tx, source_id, now_known, at=at)
        _remember_keys(tx, post, now_known, known)
        # Within one feed two entries may share a key: the second is the first again.
        known.update(dict.fromkeys(post.keys, now_known))
        stored[post.keys] = StoredPost(id=now_known.post_id, post=post, seen_at=at)
    return stored


def _add(tx: Tx, post: Post, *, at: datetime) -> Known:
    row = tx.one(
        """INSERT INTO post (community, url, title, text, author, thread_key, parent_key, published_at, seen_at)
           VALUES (:community, :url, :title, :text, :author, :thread_key, :parent_key, :published_at, :at)
           RETURNING id""",
        community=post.community,
        url=post.url,
        title=post.title,
        text=post.text,
        author=post.author,
        thread_key=post.thread_key,
        parent_key=post.parent_key,
        published_at=stamp_or_none(post.published_at),
        at=stamp(at),
    )
    if row is None:
        raise AssertionError("an insert always returns its row")
    return Known(post_id=row["id"], from_source=False, title=post.title, text=post.text)


def _update(tx: Tx, known: Known, post: Post, *, at: datetime) -> Known:
    """Follow an edit told by a source that carried the post before; another source's copy may just be shorter."""
    if not known.from_source or (known.title, known.text) == (post.title, post.text):
        return known
    tx.run(
        "UPDATE post SET title = :title, text = :text, edited_at = :at WHERE id = :id",
        id=known.post_id,
        title=post.title,
        text=post.text,
        at=stamp(at),
    )
    return Known(post_id=known.post_id, from_source=True, title=post.title, text=post.text)


def _remember_source(tx: Tx, source_id: int, known: Known, *, at: datetime) -> None:
    if not known.from_source:
        tx.run(
            """INSERT INTO source_post (source_id, post_id, seen_at) VALUES (:source_id, :post_id, :at)
               ON CONFLICT (source_id, post_id) DO NOTHING""",
            source_id=source_id,
            post_id=known.post_id,
            at=stamp(at),
        )


def _remember_keys(tx: Tx, post: Post, stored: Known, known: Mapping[str, Known]) -> None:
    tx.many(
        "INSERT INTO post_key (key, post_id) VALUES (:key, :post_id) ON CONFLICT (key) DO NOTHING",
        [{"key": key, "post_id": stored.post_id} for key in post.keys if key not in known],
    )
