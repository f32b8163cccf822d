"""All that a poll brought, stored in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from itertools import chain
from operator import or_

from engagement.calm.brake import BrakeLimits
from engagement.calm.surge import is_much_liked
from engagement.conversations.stories import Telling
from engagement.listening.habits import Harvest
from storage.database import Tx
from storage.listening.listening import welcome
from storage.listening.polls import Brought, Poll, beside
from storage.listening.posts import Stored, store_posts
from storage.turns.heeding import SayingOf, threads_with_conversation
from storage.turns.team_posts import Noted, note_team_posts


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
    new = list(chain.from_iterable(part.new for part in parts))
    noted = note_team_posts(tx, poll.source_id, new, reduce(or_, (part.ids for part in parts)))
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
        newest_at=max([post.published_at for post in new if post.published_at], default=None),
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
        or any(map(is_much_liked, poll.posts))
        or threads_with_conversation(tx, beside(parts, poll))
    )
