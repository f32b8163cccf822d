"""Posts, found again by any of their identities."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from engagement.post import Post, StoredPost
from storage.database import Row, Tx, insert_returning
from storage.rows import stored_post_from
from storage.stamps import read_stamp, stamp, stamp_or_none

# Far below SQLite's limit of bound values (999 in old builds).
KEYS_PER_QUERY = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A post we remember. `said` is a hash of its words as the source in question carried them last, "" if never.

    The words of each source are compared with its own: two sources may carry one post in two lengths, and would
    otherwise edit it back and forth for ever.
    """

    post_id: int
    seen_at: datetime
    said: str


@dataclass(slots=True)
class Memory:
    """What we remember of some posts, and the keys that lead to them."""

    ids: dict[str, int] = field(default_factory=dict)
    posts: dict[int, Known] = field(default_factory=dict)

    def find(self, post: Post) -> Known | None:
        """Return what we remember of `post`, by its strongest key that is known."""
        return next((self.posts[self.ids[key]] for key in post.keys if key in self.ids), None)

    def learn(self, post: Post, known: Known) -> list[str]:
        """Take note that `post` is `known` and return the keys that are new; a key never moves to another post."""
        new = [key for key in dict.fromkeys(post.keys) if key not in self.ids]
        self.ids.update(dict.fromkeys(new, known.post_id))
        self.posts[known.post_id] = known
        return new


def unread(tx: Tx, source_id: int, posts: Sequence[Post]) -> list[Post]:
    """Return those of `posts` that this source never carried before, or in which it says something else by now.

    Of several entries of one feed that are the same post the first counts.
    """
    memory = _remember(tx, source_id, posts)
    taken: set[str | int] = set()
    news = []
    for post in posts:
        known = memory.find(post)
        names = {known.post_id} if known else set(post.keys)
        if taken.isdisjoint(names) and (known is None or known.said != _hash(post)):
            news.append(post)
        taken |= names
    return news


def _hash(post: Post) -> str:
    # "surrogatepass": whatever a feed holds, comparing it must not fail.
    return hashlib.sha256(f"{post.title}\0{post.text}".encode("utf-8", "surrogatepass")).hexdigest()


def _remember(tx: Tx, source_id: int, posts: Iterable[Post]) -> Memory:
    rows = _by_keys(
        tx,
        """SELECT post_key.key, post.id, post.seen_at, source_post.said FROM post_key
           JOIN post ON post.id = post_key.post_id
           LEFT JOIN source_post ON source_post.post_id = post.id AND source_post.source_id = :source_id
           WHERE post_key.key IN ({keys})""",
        (key for post in posts for key in post.keys),
        source_id=source_id,
    )
    known = [Known(post_id=row["id"], seen_at=read_stamp(row["seen_at"]), said=row["said"] or "") for row in rows]
    return Memory(
        ids={row["key"]: row["id"] for row in rows},
        posts={each.post_id: each for each in known},
    )


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


def find_posts(tx: Tx, source_id: int, posts: Iterable[Post]) -> dict[tuple[str, ...], StoredPost]:
    """Return those of `posts` that are stored, each under its keys; nothing is written."""
    listed = list(posts)
    memory = _remember(tx, source_id, listed)
    return {post.keys: _stored(post, known) for post in listed if (known := memory.find(post))}


def store_posts(tx: Tx, source_id: int, posts: Sequence[Post], *, at: datetime) -> dict[tuple[str, ...], StoredPost]:
    """Store what is new of `posts` and return all of them, each under its keys.

    A post that shares any key with a stored one is that post: it keeps its number, learns the new keys, and its
    words follow an edit. Posts are stored in the order given.
    """
    memory = _remember(tx, source_id, posts)
    stored: dict[tuple[str, ...], StoredPost] = {}
    for post in posts:
        before = memory.find(post)
        known = _add(tx, post, at=at) if before is None else before
        if known.said != _hash(post):
            known = _follow(tx, source_id, known, post, at=at)
        # Not ON CONFLICT: a key that another process has stored meanwhile must stop this transaction (and, on
        # PostgreSQL, run it again), or the post would be stored twice.
        tx.many(
            "INSERT INTO post_key (key, post_id) VALUES (:key, :post_id)",
            [{"key": key, "post_id": known.post_id} for key in memory.learn(post, known)],
        )
        stored[post.keys] = _stored(post, known)
    return stored


def _stored(post: Post, known: Known) -> StoredPost:
    return StoredPost(id=known.post_id, post=post, seen_at=known.seen_at)


def _add(tx: Tx, post: Post, *, at: datetime) -> Known:
    row = insert_returning(
        tx,
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
    return Known(post_id=row["id"], seen_at=at, said="")


def _follow(tx: Tx, source_id: int, known: Known, post: Post, *, at: datetime) -> Known:
    """Take note of what this source says; if it said something else before, the post was edited."""
    if known.said:
        tx.run(
            "UPDATE post SET title = :title, text = :text, edited_at = :at WHERE id = :id",
            id=known.post_id,
            title=post.title,
            text=post.text,
            at=stamp(at),
        )
    tx.run(
        """INSERT INTO source_post (source_id, post_id, seen_at, said) VALUES (:source_id, :post_id, :at, :said)
           ON CONFLICT (source_id, post_id) DO UPDATE SET said = excluded.said""",
        source_id=source_id,
        post_id=known.post_id,
        at=stamp(at),
        said=_hash(post),
    )
    return replace(known, said=_hash(post))
