"""Which sightings of a poll count: everything new, and of what was there before a watch only the newest few."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engagement.conversations.conversation import Sighting
from engagement.post import Post

# So that nobody waits a day for a sign of life, and nobody is flooded.
SHOWN_FROM_BEFORE = 3
# Searches find old posts late, and list them again when somebody votes or answers.
SLIDES_BACK_AFTER = timedelta(days=30)
NEVER = datetime.min.replace(tzinfo=UTC)


def from_before(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return the newest three of `sightings`, marked "from before I came", the oldest of them first.

    Unsure ones only where fewer than three are sure. A post without a date counts as the oldest.
    """
    newest = sorted(sightings, key=lambda each: (each.sure, each.post.published_at or NEVER), reverse=True)
    return [replace(each, before_start=True) for each in oldest_first(newest[:SHOWN_FROM_BEFORE])]


def newest_few(found: Iterable[tuple[Post, bool]]) -> frozenset[str]:
    """Return the keys of the newest three of `found`: posts, each with whether it is surely about us.

    Unsure ones only where fewer than three are sure. A post that several places carry counts once.
    """
    keys: set[str] = set()
    chosen = 0
    for post, _ in sorted(found, key=lambda each: (each[1], each[0].published_at or NEVER), reverse=True):
        if chosen == SHOWN_FROM_BEFORE:
            break
        chosen += keys.isdisjoint(post.keys)
        keys.update(post.keys)
    return frozenset(keys)


def oldest_first(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return `sightings` in the order in which they were written; feeds list the newest first."""
    listed = list(sightings)
    listed.reverse()
    listed.sort(key=lambda each: each.post.published_at or NEVER)
    return listed


def heard_by_some(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return `sightings` without those that a mute leaves out for one watch, where another watch hears the post.

    A post is a mention once in a workspace: it would be the one that nobody sees.
    """
    listed = list(sightings)
    heard = {(each.watch.workspace_id, each.post.keys) for each in listed if not each.mute_id}
    return [each for each in listed if not each.mute_id or (each.watch.workspace_id, each.post.keys) not in heard]


def slid_back(post: Post, *, listening_since: datetime) -> bool:
    """Whether a post that a place never carried before was written long before anybody listened there.

    A search that lists a question of 2019 because somebody touched it today says nothing new: such a post is kept
    and becomes no mention (https://github.com/matrix-org/matrix-hookshot/issues/768). Ask only of posts that are
    new, not of edits: an old post that names us from now on is news. A post without a date is taken for new.
    """
    return post.published_at is not None and post.published_at < listening_since - SLIDES_BACK_AFTER
