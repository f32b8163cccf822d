"""Which sightings of a poll count: everything new, and of what was there before a watch only the newest few."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from engagement.conversation import Sighting

# So that nobody waits a day for a sign of life, and nobody is flooded.
SHOWN_FROM_BEFORE = 3
NEVER = datetime.min.replace(tzinfo=UTC)


def from_before(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return the newest three of `sightings`, marked "from before I came", the oldest of them first.

    A post without a date counts as the oldest.
    """
    newest = sorted(sightings, key=lambda each: each.post.published_at or NEVER, reverse=True)[:SHOWN_FROM_BEFORE]
    return [replace(each, before_start=True) for each in reversed(newest)]


def oldest_first(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return `sightings` in the order in which they were written; feeds list the newest first."""
    listed = list(sightings)
    listed.reverse()
    listed.sort(key=lambda each: each.post.published_at or NEVER)
    return listed
