"""Posts, found again by any of their identities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from itertools import chain, count, repeat
from typing import TypeVar

from engagement.dataclass import dataclass
from engagement.post import Post, StoredPost, is_withdrawn
from engagement.understanding.reading import Saying
from storage.batches import rows_where
from storage.conversations.brought_posts import fill_in
from storage.database import Row, Tx
from storage.listening.memory import KEYS, Keys, Memory, are_apart, hash_of, remember, says_still
from storage.records.words import index_posts
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none

K = TypeVar("K", str, Keys)

# Carries nothing.
NO_SOURCE = 0
# Among so many of a source's posts the newest are sought: the last that were stored.
LOOKED_THROUGH = 1000
POST_COLUMNS = (
    "community",
    "url",
    "title",
    "text",
    "author",
    "thread_key",
    "parent_key",
    "published_at",
    "seen_at",
    "score",
    "accepted",
    "by_program",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of posts: the number of each, found by its keys, and which of them the source never carried before.

    `repeated` counts those it did carry before under another first key: a feed that gives its old entries new ids.
    `withdrawn` are those that say by now that they were deleted, by their numbers; `filled` the numbers of those that
    somebody had brought, and whose words are known only now.
    """

    ids: dict[Keys, int]
    new: tuple[Post, ...]
    repeated: int
    withdrawn: dict[int, Post] = field(default_factory=dict)
    filled: tuple[int, ...] = ()


def carries_any(tx: Tx, source_id: int) -> bool:
    """Return whether the source has ever carried a post."""
    return (
        tx.one("SELECT 1 AS yes FROM source_post WHERE source_id = :source_id LIMIT 1", source_id=source_id) is not None
    )


def newest_posts(tx: Tx, source_id: int, *, limit: int) -> list[StoredPost]:
    """Return the newest of the source's posts with their keys, newest first."""
    rows = tx.all(
        """SELECT post.*, post.id AS post_id FROM post WHERE post.id IN (
             SELECT post_id FROM source_post WHERE source_id = :source_id ORDER BY post_id DESC LIMIT :looked_through)
           ORDER BY COALESCE(post.published_at, post.seen_at) DESC, post.id DESC LIMIT :limit""",
        source_id=source_id,
        looked_through=LOOKED_THROUGH,
        limit=limit,
    )
    keys = defaultdict(list)
    for row in rows_where(
        tx,
        "SELECT post_id, key FROM post_key WHERE post_id IN ({wanted}) ORDER BY key",
        [row["post_id"] for row in rows],
    ):
        keys[row["post_id"]].append(row["key"])
    return [stored_post_from(row, tuple(keys[row["post_id"]])) for row in rows]


def find_posts(tx: Tx, source_id: int, posts: Iterable[Post]) -> dict[Keys, int]:
    """Return the numbers of those of `posts` that are stored, each under its keys; nothing is written."""
    listed = list(posts)
    memory = remember(tx, source_id, listed)
    return {post.keys: number for post in listed if (number := memory.find(post)) is not None}


def known_post(tx: Tx, post: Post) -> Post:
    """Return a post that somebody brought as we have it already, under the keys it was brought with; else as it is."""
    number = remember(tx, NO_SOURCE, [post]).find(post)
    row = tx.one("SELECT post.*, post.id AS post_id FROM post WHERE id = :id", id=number) if number else None
    return stored_post_from(row, post.keys).post if row else post


def keep_post(tx: Tx, post: Post, *, at: datetime) -> int:
    """Return the number of a post that no source carries; one that is known already stays as it is."""
    number = remember(tx, NO_SOURCE, [post]).find(post)
    if number is None:
        [number] = _add(tx, [post], at=at)
        _teach(tx, dict.fromkeys(post.keys, number))
    return number


def store_posts(tx: Tx, source_id: int, posts: Sequence[Post], *, at: datetime, memory: Memory | None = None) -> Stored:
    """Store what is new of `posts`, in the order given.

    A post that shares any key with a stored one is that post: it keeps its number, learns the new keys, and its
    words follow an edit. Of several that are the same post the first counts. `memory` is what this same transaction
    remembers of them, if it has looked already.
    """
    if not posts:
        return Stored(ids={}, new=(), repeated=0)
    if memory is None:
        memory = remember(tx, source_id, posts)
    if not memory.ids and are_apart(posts):
        return _store_all(tx, source_id, posts, at=at)
    # A post that is new has a number below zero until the database has given it one.
    added: list[Post] = []
    taught: dict[str, int] = {}
    first: dict[int, Post] = {}
    drafted: dict[Keys, int] = {}
    repeated = 0
    known_keys = memory.ids
    for post in posts:
        number, keys = memory.find(post), post.keys
        if number is None:
            added.append(post)
            number = -len(added)
        elif keys[0] not in known_keys and memory.carried(number):
            repeated += 1
        first.setdefault(number, post)
        drafted[keys] = number
        for key in keys:
            if key not in known_keys:
                known_keys[key] = taught[key] = number
    known = {number: post for number, post in first.items() if number > 0}
    given = {number: number for number in known} | dict(zip(count(-1, -1), _add(tx, added, at=at), strict=False))
    _teach(tx, _numbered(taught, given))
    new_here = {number: post for number, post in known.items() if not memory.carried(number)}
    # Of what other sources carry they know the words already; what somebody brought waits for the first of them.
    filled = fill_in(tx, new_here)
    _place(tx, known)
    said = dict(zip(map(given.__getitem__, first), first.values(), strict=True))
    new, edited = _follow(tx, source_id, said, memory, at=at)
    # A feed may show for the first time what it shows as deleted.
    told = edited | new_here
    withdrawn = {number: post for number, post in told.items() if is_withdrawn(post)}
    ids = _numbered(drafted, given)
    return Stored(ids=ids, new=new, repeated=repeated, withdrawn=withdrawn, filled=filled)


def _store_all(tx: Tx, source_id: int, posts: Sequence[Post], *, at: datetime) -> Stored:
    """Store posts of which nothing is known, and none is another: so is a first poll, and it has the most to store."""
    numbers = _add(tx, posts, at=at)
    all_keys = list(map(KEYS, posts))
    _teach(tx, dict(chain.from_iterable(map(zip, all_keys, map(repeat, numbers)))))
    _say(tx, source_id, zip(numbers, posts, strict=True), at=at)
    return Stored(ids=dict(zip(all_keys, numbers, strict=True)), new=tuple(posts), repeated=0)


def _numbered(drafted: Mapping[K, int], given: Mapping[int, int]) -> dict[K, int]:
    """Return `drafted` with the numbers that the database has given."""
    return dict(zip(drafted, map(given.__getitem__, drafted.values()), strict=True))


def _add(tx: Tx, posts: Sequence[Post], *, at: datetime) -> list[int]:
    if not posts:
        return []
    # Column by column: to ask each post for each of its parts by name takes three times as long.
    (_, community, url, title, text, author, thread, parent, published, score, accepted, by_program) = zip(
        *posts, strict=True
    )
    rows = zip(
        community,
        url,
        title,
        text,
        author,
        thread,
        parent,
        map(stamp_or_none, published),
        repeat(stamp(at)),
        score,
        map(int, accepted),
        map(int, by_program),
        strict=False,
    )
    return tx.insert("post", POST_COLUMNS, list(rows))


def _place(tx: Tx, posts: dict[int, Post]) -> None:
    """Learn what posts that we have already stand under, from a source that says more than their thread."""
    placed = [
        {"id": number, "parent": post.parent_key, "thread": post.thread_key}
        for number, post in posts.items()
        if post.parent_key not in ("", post.thread_key)
    ]
    if placed:
        tx.many(
            """UPDATE post SET parent_key = :parent
               WHERE id = :id AND thread_key = :thread AND parent_key = thread_key AND parent_key <> :parent""",
            placed,
        )


def _teach(tx: Tx, keys: dict[str, int]) -> None:
    # Not ON CONFLICT: a key that another process has stored meanwhile must stop this transaction (and, on
    # PostgreSQL, run it again), or the post would be stored twice. Sorted, so that two processes cannot wait for
    # each other.
    if keys:
        tx.many_in_order("INSERT INTO post_key (key, post_id) VALUES (:key, :post_id)", sorted(keys.items()))


def _follow(
    tx: Tx, source_id: int, posts: dict[int, Post], memory: Memory, *, at: datetime
) -> tuple[tuple[Post, ...], dict[int, Post]]:
    """Take note of what this source says; where it said something else before, the post was edited.

    Return the posts that the source never carried before, and those that were edited, by their numbers.
    """
    said = memory.said
    changed = {
        number: post for number, post in posts.items() if number not in said or not says_still(post, said[number])
    }
    edited = {number: post for number, post in changed.items() if number in said}
    if edited:
        tx.many(
            """UPDATE post SET title = :title, text = :text, edited_at = :at, withdrawn_at = NULL, says = NULL
               WHERE id = :id AND forgotten_id = 0""",
            [{"id": id_, "title": post.title, "text": post.text, "at": stamp(at)} for id_, post in edited.items()],
        )
        index_posts(tx, edited.keys())
    if changed:
        _say(tx, source_id, changed.items(), at=at)
    return tuple([post for number, post in changed.items() if number not in edited]), edited


def _say(tx: Tx, source_id: int, posts: Iterable[tuple[int, Post]], *, at: datetime) -> None:
    """Note what posts, each behind its number, say in this source."""
    seen_at = stamp(at)
    tx.many_in_order(
        """INSERT INTO source_post (source_id, post_id, seen_at, said) VALUES (:source_id, :post_id, :at, :said)
           ON CONFLICT (source_id, post_id) DO UPDATE SET said = excluded.said""",
        [(source_id, number, seen_at, hash_of(post)) for number, post in posts],
    )


def stored_post_from(row: Row, keys: tuple[str, ...] = ()) -> StoredPost:
    """Return a row of `post`; its number is read from `post_id`."""
    return StoredPost(
        id=row["post_id"],
        seen_at=read_stamp(row["seen_at"]),
        withdrawn_at=read_stamp_or_none(row["withdrawn_at"]),
        saying=None if row["says"] is None else Saying(row["says"]),
        post=Post(
            keys=keys,
            community=row["community"],
            url=row["url"],
            title=row["title"],
            text=row["text"],
            author=row["author"],
            thread_key=row["thread_key"],
            parent_key=row["parent_key"],
            published_at=read_stamp_or_none(row["published_at"]),
            score=row["score"],
            accepted=bool(row["accepted"]),
            by_program=bool(row["by_program"]),
        ),
    )
