"""What we remember of posts, and what of a poll is news beside it."""

import hashlib
from collections.abc import Sequence
from dataclasses import field
from itertools import chain
from operator import attrgetter

from xxhash import xxh3_128_hexdigest

from engagement.calm.surge import is_much_liked
from engagement.dataclass import dataclass
from engagement.post import Post
from storage.batches import rows_where
from storage.database import Tx
from storage.records.forgotten_keys import forgotten_among

Keys = tuple[str, ...]
# The keys of a post, without a step of Python for each.
KEYS = attrgetter("keys")
# 128 bits tell what one post said from what it says now; a word before them tells which hash. Older rows have SHA-256,
# with no word before it, and some have all of it.
SAID_BYTES = 16
XXH3 = "x3:"
BLAKE2 = "b2:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What is not as it was among the posts a source carries.

    `news`: those it never carried before, and those in which it says something else by now; the latter are `edited`,
    named by their keys. `renamed`: those that say what they said, under keys of which some are new to us. `liked`: how
    many people like those that it carried before, by their numbers, where it is more than a few. `accepted`: the
    numbers of those that we have and that are marked as the solution. `memory` is what they were compared with.
    """

    news: tuple[Post, ...] = ()
    edited: frozenset[Keys] = frozenset()
    renamed: tuple[Post, ...] = ()
    liked: dict[int, int] = field(default_factory=dict)
    accepted: frozenset[int] = frozenset()
    memory: "Memory | None" = None


@dataclass(slots=True)
class Memory:
    """What we remember of some posts: the number each key leads to, and a hash of what each said in this source last.

    The words of each source are compared with its own: two sources may carry one post in two lengths, and would
    otherwise edit it back and forth for ever. Posts that were `forgotten` are known, and left out.
    """

    ids: dict[str, int] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    forgotten: frozenset[int] = frozenset()

    def find(self, post: Post) -> int | None:
        """Return the number of `post`, by its strongest key that is known."""
        ids = self.ids
        for key in post.keys:
            if key in ids:
                return ids[key]
        return None

    def carried(self, number: int) -> bool:
        """Return whether the source carried this post before."""
        return number in self.said


def sift(tx: Tx, source_id: int, posts: Sequence[Post]) -> Sifted:
    """Return what is not as it was among `posts`, as the source carries them now.

    Of several entries of one feed that are the same post the first counts.
    """
    memory = remember(tx, source_id, posts)
    if not memory.ids and are_apart(posts):
        return Sifted(news=tuple(posts), memory=memory)
    taken: set[str | int] = set()
    news, edited, renamed = [], [], []
    liked: dict[int, int] = {}
    accepted: set[int] = set()
    for post in posts:
        number = memory.find(post)
        names = post.keys if number is None else (number,)
        is_first = taken.isdisjoint(names)
        taken.update(names)
        if not is_first or number in memory.forgotten:
            continue
        if number is None:
            news.append(post)
            continue
        if is_much_liked(post):
            liked[number] = post.score or 0
        if post.accepted:
            accepted.add(number)
        if not memory.carried(number):
            news.append(post)
        elif not says_still(post, memory.said[number]):
            news.append(post)
            edited.append(post.keys)
        elif not memory.ids.keys() >= set(post.keys):
            renamed.append(post)
    return Sifted(
        news=tuple(news),
        edited=frozenset(edited),
        renamed=tuple(renamed),
        liked=liked,
        accepted=frozenset(accepted),
        memory=memory,
    )


def are_apart(posts: Sequence[Post]) -> bool:
    """Return whether no two of `posts` share a key."""
    keys = list(chain.from_iterable(map(KEYS, posts)))
    return len(set(keys)) == len(keys)


def says_still(post: Post, said: str) -> bool:
    """Return whether `said` is a hash of what the post says."""
    if said.startswith(XXH3):
        return said == hash_of(post)
    if said.startswith(BLAKE2):
        return said == BLAKE2 + hashlib.blake2b(_words(post), digest_size=SAID_BYTES).hexdigest()
    return said[: SAID_BYTES * 2] == hashlib.sha256(_words(post)).hexdigest()[: SAID_BYTES * 2]


def hash_of(post: Post) -> str:
    """Return what stands for the words of a post in `source_post.said`."""
    # None that withstands an attack: who has two texts taken for one hides nobody's words but his own.
    return XXH3 + xxh3_128_hexdigest(_words(post))


def _words(post: Post) -> bytes:
    # "surrogatepass": whatever a feed holds, comparing it must not fail.
    return f"{post.title}\0{post.text}".encode("utf-8", "surrogatepass")


def remember(tx: Tx, source_id: int, posts: Sequence[Post]) -> Memory:
    """Return what we remember of `posts`, and of what each said in this source last."""
    memory = Memory()
    keys = dict.fromkeys(chain.from_iterable(map(KEYS, posts)))
    rows = rows_where(
        tx,
        """SELECT post_key.key, post_key.post_id, source_post.said FROM post_key
           LEFT JOIN source_post ON source_post.post_id = post_key.post_id AND source_post.source_id = :source_id
           WHERE post_key.key IN ({wanted})""",
        keys,
        source_id=source_id,
    )
    for row in rows:
        number, said = row["post_id"], row["said"]
        memory.ids[row["key"]] = number
        if said is not None:
            memory.said[number] = said
    forgotten = forgotten_among(tx, keys)
    memory.ids.update(forgotten)
    memory.forgotten = frozenset(forgotten.values())
    return memory
