"""One poll of one source: what we know before it, and everything it brought, stored in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engagement.calm.brake import BrakeLimits
from engagement.calm.surge import LIKED_AT_LEAST
from engagement.conversations.conversation import Sighting
from engagement.conversations.stories import Telling
from engagement.listening.habits import Harvest
from engagement.listening.source import Source
from engagement.post import Post, StoredPost
from storage.database import Tx
from storage.listening.listening import newest_join, welcome
from storage.listening.memory import Memory, Sifted, sift
from storage.listening.posts import Stored, newest_posts, store_posts
from storage.records.forgotten_keys import as_we_keep_them
from storage.turns.heeding import SayingOf, threads_with_conversation
from storage.turns.team_posts import Noted, note_team_posts

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
    posts = as_we_keep_them(tx, posts)
    return Beforehand(
        sifted=sift(tx, source.id, posts) if posts else Sifted(),
        join=join,
        earlier=tuple(newest_posts(tx, source.id, limit=EARLIER_POSTS)) if join else (),
    )


def store_poll(
    tx: Tx,
    poll: Poll,
    *,
    limits: BrakeLimits,
    at: datetime,
    saying_of: SayingOf | None = None,
    telling: Telling | None = None,
) -> Brought:
    """Store posts, mentions, conversations and messages.

    `saying_of` reads what is said in their threads, `telling` whether two of them tell the same story.

    The source's own state and its validators are settled in the same transaction, so that validators are never kept
    without the posts they belong to.
    """
    stored = store_posts(tx, poll.source_id, [*poll.posts, *poll.renamed], at=at, memory=poll.memory)
    parts = (*poll.stored, stored)
    new = [post for part in parts for post in part.new]
    noted = note_team_posts(tx, poll.source_id, new, {keys: id_ for part in parts for keys, id_ in part.ids.items()})
    mentions = 0
    if _concerns_conversations(tx, poll, parts, noted):
        # Nearly no poll does, and what it takes is a seventh of what there is to load.
        from storage.conversations.polled import follow  # noqa: PLC0415 - see above

        mentions = follow(tx, poll, stored, noted, limits=limits, at=at, saying_of=saying_of, telling=telling)
    if poll.join:
        welcome(tx, poll.source_id, poll.join)
    harvest = Harvest(
        carried=poll.carried,
        new=len(new),
        newest_at=max((post.published_at for post in new if post.published_at), default=None),
        repeated=sum(part.repeated for part in parts),
    )
    news = len(poll.posts) + sum(len(part.ids) for part in poll.stored)
    return Brought(harvest=harvest, news=news, mentions=mentions)


def _concerns_conversations(tx: Tx, poll: Poll, parts: Sequence[Stored], noted: Noted) -> bool:
    """Whether a poll brought more than posts: mentions, or something about a post or a thread that is one's."""
    return bool(
        poll.sightings
        or poll.liked
        or poll.accepted
        or noted.keys
        or any(part.withdrawn or part.filled for part in parts)
        or any(is_much_liked(post) for post in poll.posts)
        or threads_with_conversation(tx, beside(parts, poll))
    )


def is_much_liked(post: Post) -> bool:
    """Whether so many people like a post that it may be urgent."""
    return post.score is not None and post.score >= LIKED_AT_LEAST


def beside(parts: Iterable[Stored], poll: Poll) -> set[str]:
    """Return the threads in which a poll brought something: whose turn it is follows also from what names nobody."""
    new = (post for part in parts for post in part.new)
    return {post.thread_key for post in (*new, *poll.posts) if post.parent_key}
