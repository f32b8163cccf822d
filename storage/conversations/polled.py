"""What a poll changes beyond its posts: mentions, conversations, whose turn it is, and what is to be told of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from engagement.calm.brake import BrakeLimits
from engagement.calm.surge import is_much_liked
from engagement.conversations.conversation import Sighting
from engagement.conversations.stories import Telling
from engagement.turns.answering import by_us
from storage.batches import rows_where
from storage.calm.alerts import look_for_liked
from storage.conversations.by_hand import redraw_posts
from storage.conversations.story_marks import forget_old_marks
from storage.database import Tx
from storage.listening.polls import Poll, beside
from storage.listening.post_marks import note_accepted
from storage.listening.posts import Stored, find_posts
from storage.listening.sightings import notice
from storage.records.withdrawn import withdraw
from storage.turns.answers import settle_answers
from storage.turns.heeding import SayingOf, heed, threads_with_conversation
from storage.turns.team_posts import Noted
from storage.workspaces import find_workspace


def follow(
    tx: Tx,
    poll: Poll,
    stored: Stored,
    noted: Noted,
    *,
    limits: BrakeLimits,
    at: datetime,
    saying_of: SayingOf | None,
    telling: Telling | None,
) -> int:
    """Have what a poll brought change all that follows from it; return how many mentions are new.

    `stored` is what became of its posts, `noted` which of them the team wrote.
    """
    parts = (*poll.stored, stored)
    emptied = withdraw(tx, stored.withdrawn, at=at)
    note_accepted(tx, dict.fromkeys(poll.accepted, True))
    ids = stored.ids
    # Sightings of a new watch are also of posts stored before: found again, and left as they are.
    if before := [each.post for each in poll.sightings if each.post.keys not in ids]:
        ids = ids | find_posts(tx, poll.source_id, before)
    redraw_posts(tx, [number for part in parts for number in part.filled])
    sightings = [by_us(each) if each.post.keys in noted.keys else each for each in poll.sightings]
    forget_old_marks(tx, at=at)
    count = _notice_everywhere(tx, sightings, ids, limits=limits, telling=telling, at=at)
    fresh = {ids[post.keys]: post.score or 0 for post in poll.posts if is_much_liked(post)}
    look_for_liked(tx, {**poll.liked, **fresh}, at=at)
    seen_in = {(each.watch.workspace_id, each.post.thread_key) for each in sightings}
    known = {thread_key for _, thread_key in noted.threads | seen_in | emptied}
    threads = threads_with_conversation(tx, beside(parts, poll) | _threads_of(tx, poll.accepted) | known)
    if saying_of:
        heed(tx, (thread_key for _, thread_key in threads), saying_of)
    settle_answers(tx, threads, at=at)
    return count


def _threads_of(tx: Tx, post_ids: Iterable[int]) -> set[str]:
    rows = rows_where(tx, "SELECT DISTINCT thread_key FROM post WHERE id IN ({wanted})", sorted(post_ids))
    return {row["thread_key"] for row in rows}


def _notice_everywhere(
    tx: Tx,
    sightings: Sequence[Sighting],
    ids: Mapping[tuple[str, ...], int],
    *,
    limits: BrakeLimits,
    telling: Telling | None,
    at: datetime,
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
            workspace=workspace,
            telling=telling,
            at=at,
        )
    return count
