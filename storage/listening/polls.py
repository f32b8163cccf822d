"""One poll of one source: what we know before it, and what it brought."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import chain

from engagement.conversations.conversation import Sighting
from engagement.dataclass import dataclass
from engagement.listening.habits import Harvest
from engagement.listening.source import Source
from engagement.post import Post, StoredPost
from storage.database import Tx
from storage.listening.listening import newest_join
from storage.listening.memory import Memory, Sifted, sift
from storage.listening.posts import Stored, carries_any, newest_posts
from storage.records.forgotten_keys import as_we_keep_them

# How far back a new watch looks in a place that others have listened to before.
EARLIER_POSTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Beforehand:
    """What a poll needs to know: what is news in it, and for watches that are new here what was there before.

    `join` is that of the newest watch, 0 if none is new.
    """

    sifted: Sifted
    join: int
    earlier: tuple[StoredPost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What a poll brought: the news among the `carried` posts of the feed, and what the watches saw in them.

    `renamed` posts say nothing new and have new keys; `liked` and `accepted` ones are as in `Sifted`. `memory` is for
    a poll that is stored by the transaction that looked: nothing can have changed since. Watches up to `join` have seen
    what was there. `stored` is what came of news that was kept already.
    """

    source_id: int
    posts: Sequence[Post]
    sightings: Sequence[Sighting]
    join: int = 0
    carried: int = 0
    renamed: Sequence[Post] = ()
    liked: Mapping[int, int] = field(default_factory=dict)
    accepted: frozenset[int] = frozenset()
    memory: Memory | None = None
    stored: Sequence[Stored] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of a poll: what the feed carried, how many posts of it are new or edited, and how many new mentions.

    In the harvest an edit is not new, and what is repeated stands under another first key than before.
    """

    harvest: Harvest
    news: int
    mentions: int


def look_before(tx: Tx, source: Source, posts: Sequence[Post]) -> Beforehand:
    """Return what a poll of `source` that brought `posts` needs to know."""
    join = newest_join(tx, source.id)
    # To look for the newest of no posts takes a fiftieth of a first poll.
    has_earlier = join and carries_any(tx, source.id)
    posts = as_we_keep_them(tx, posts)
    return Beforehand(
        sifted=sift(tx, source.id, posts) if posts else Sifted(),
        join=join,
        earlier=tuple(newest_posts(tx, source.id, limit=EARLIER_POSTS)) if has_earlier else (),
    )


def beside(parts: Iterable[Stored], poll: Poll) -> set[str]:
    """Return the threads in which a poll brought something: whose turn it is follows also from what names nobody."""
    new = chain.from_iterable(part.new for part in parts)
    return {post.thread_key for post in chain(new, poll.posts) if post.parent_key}
