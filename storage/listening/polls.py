"""One poll of one source: what we know before it, and everything it brought, stored in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engagement.calm.brake import BrakeLimits
from engagement.calm.surge import LIKED_AT_LEAST
from engagement.conversations.conversation import Sighting
from engagement.listening.habits import Harvest
from engagement.listening.source import Source
from engagement.post import Post, StoredPost
from engagement.turns.answering import by_us
from engagement.workspace import team_hours
from storage.batches import rows_where
from storage.calm.alerts import look_for_liked
from storage.conversations.by_hand import redraw_posts
from storage.database import Tx
from storage.listening.listening import newest_join, welcome
from storage.listening.post_marks import note_accepted
from storage.listening.posts import Memory, Sifted, Stored, find_posts, newest_posts, sift, store_posts
from storage.listening.sightings import notice
from storage.records.forgotten_keys import as_we_keep_them
from storage.records.withdrawn import withdraw
from storage.turns.answers import settle_answers
from storage.turns.heeding import SayingOf, heed, threads_with_conversation
from storage.turns.team_posts import note_team_posts
from storage.workspaces import find_workspace

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


def store_poll(tx: Tx, poll: Poll, *, limits: BrakeLimits, at: datetime, saying_of: SayingOf | None = None) -> Brought:
    """Store posts, mentions, conversations and messages; `saying_of` reads what is said in their threads.

    The source's own state and its validators are settled in the same transaction, so that validators are never kept
    without the posts they belong to.
    """
    stored = store_posts(tx, poll.source_id, [*poll.posts, *poll.renamed], at=at, memory=poll.memory)
    emptied = withdraw(tx, stored.withdrawn, at=at)
    note_accepted(tx, dict.fromkeys(poll.accepted, True))
    ids = stored.ids
    # Sightings of a new watch are also of posts stored before: found again, and left as they are.
    if before := [each.post for each in poll.sightings if each.post.keys not in ids]:
        ids = ids | find_posts(tx, poll.source_id, before)
    parts = (*poll.stored, stored)
    redraw_posts(tx, [number for part in parts for number in part.filled])
    new = [post for part in parts for post in part.new]
    noted = note_team_posts(tx, poll.source_id, new, {keys: id_ for part in parts for keys, id_ in part.ids.items()})
    sightings = [by_us(each) if each.post.keys in noted.keys else each for each in poll.sightings]
    count = _notice_everywhere(tx, sightings, ids, limits=limits, at=at)
    fresh = {ids[post.keys]: post.score for post in poll.posts if post.score and post.score >= LIKED_AT_LEAST}
    look_for_liked(tx, {**poll.liked, **fresh}, at=at)
    seen_in = {(each.watch.workspace_id, each.post.thread_key) for each in sightings}
    # Whose turn it is follows also from what others wrote there without naming us.
    beside = {post.thread_key for post in (*new, *poll.posts) if post.parent_key} | _threads_of(tx, poll.accepted)
    known = {thread_key for _, thread_key in noted.threads | seen_in | emptied}
    threads = threads_with_conversation(tx, beside | known)
    if saying_of:
        heed(tx, (thread_key for _, thread_key in threads), saying_of)
    settle_answers(tx, threads, at=at)
    if poll.join:
        welcome(tx, poll.source_id, poll.join)
    harvest = Harvest(
        carried=poll.carried,
        new=len(new),
        newest_at=max((post.published_at for post in new if post.published_at), default=None),
        repeated=sum(part.repeated for part in (*poll.stored, stored)),
    )
    news = len(poll.posts) + sum(len(part.ids) for part in poll.stored)
    return Brought(harvest=harvest, news=news, mentions=count)


def _threads_of(tx: Tx, post_ids: Iterable[int]) -> set[str]:
    rows = rows_where(tx, "SELECT DISTINCT thread_key FROM post WHERE id IN ({wanted})", sorted(post_ids))
    return {row["thread_key"] for row in rows}


def _notice_everywhere(
    tx: Tx, sightings: Sequence[Sighting], ids: Mapping[tuple[str, ...], int], *, limits: BrakeLimits, at: datetime
) -> int:
    """Turn the sightings of each workspace into its mentions; return how many were new."""
    count = 0
    for workspace_id in sorted({sighting.watch.workspace_id for sighting in sightings}):
        workspace = find_workspace(tx, workspace_id)
        if workspace is None:
            continue
        count += notice(
            tx,
            [sighting for sighting in sightings if sighting.watch.workspace_id == workspace_id],
            ids,
            limits=limits,
            hours=team_hours(workspace),
            at=at,
        )
    return count
