"""One poll of one source: what we know before it, and everything it brought, stored in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.brake import DEFAULT_LIMITS, BrakeLimits
from engagement.calendar import one_working_day_after
from engagement.conversation import Sighting
from engagement.post import Post, StoredPost
from engagement.watch import Source
from storage.database import Tx
from storage.noticing import notice
from storage.posts import find_posts, newest_posts, store_posts, unread
from storage.watches import Listening, listening_to, mark_primed
from storage.workspaces import find_workspace

# How far back a new watch looks in a place that others have listened to before.
EARLIER_POSTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Beforehand:
    """What a poll needs to know: who listens, which posts are news, and for new watches what was there before."""

    listening: tuple[Listening, ...]
    news: tuple[Post, ...]
    earlier: tuple[StoredPost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What a poll brought: the news among the `carried` posts of the feed, and what the watches saw in them."""

    source: Source
    posts: Sequence[Post]
    sightings: Sequence[Sighting]
    primed: Sequence[int]
    rules_version: int
    carried: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came of a poll: posts the feed carried, those new or edited among them, and new mentions.

    `new` of them this source never carried before (an edit is none), the latest written at `newest_at` (None where
    none has a date). `repeated` of the new ones have a title and a date that this source carried before under other
    keys: a feed that gives its old entries new ids.
    """

    carried: int
    news: int
    mentions: int
    new: int = 0
    newest_at: datetime | None = None
    repeated: int = 0


def look_before(tx: Tx, source: Source, posts: Sequence[Post]) -> Beforehand:
    """Return what a poll of `source` that brought `posts` needs to know."""
    listening = tuple(listening_to(tx, source.id))
    all_primed = all(each.primed for each in listening)
    return Beforehand(
        listening=listening,
        news=tuple(unread(tx, source.id, posts)),
        earlier=() if all_primed else tuple(newest_posts(tx, source.id, limit=EARLIER_POSTS)),
    )


def store_poll(tx: Tx, poll: Poll, *, at: datetime, limits: BrakeLimits = DEFAULT_LIMITS) -> Brought:
    """Store posts, mentions, conversations and messages.

    The source's own state and its validators are settled in the same transaction, so that validators are never kept
    without the posts they belong to.
    """
    # Sightings of a new watch are also of posts stored before: found again, and left as they are.
    stored = find_posts(tx, poll.source.id, [sighting.post for sighting in poll.sightings])
    stored |= store_posts(tx, poll.source.id, poll.posts, at=at)
    count = 0
    for workspace_id in sorted({sighting.watch.workspace_id for sighting in poll.sightings}):
        workspace = find_workspace(tx, workspace_id)
        if workspace is None:
            continue
        count += notice(
            tx,
            [sighting for sighting in poll.sightings if sighting.watch.workspace_id == workspace_id],
            stored,
            rules_version=poll.rules_version,
            limits=limits,
            due_at=one_working_day_after(at, workspace.schedule.zone),
            at=at,
        )
    mark_primed(tx, poll.source.id, poll.primed, at=at)
    return Brought(carried=poll.carried, news=len(poll.posts), mentions=count)
