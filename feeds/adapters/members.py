"""Reading JSON that anybody may have written: a member of a wrong type is as good as none."""

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from feeds.entry import Entry, ParsedFeed, readable
from feeds.text import as_written

# A score beyond is no count of people; and integers of any size do not fit into a database.
MOST: Final = 2_000_000_000
# What stands in the place of a text that was taken away, as in engagement/post.py.
DELETED: Final = "[deleted]"


def member(document: object, *path: str) -> Any:
    """Return what stands at `path`, None where anything on the way is no object."""
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def text(document: object, *path: str) -> str:
    """Return a member as text, empty if it is none; whole numbers count as text, since some ids are numbers."""
    value = member(document, *path)
    return as_written(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def number(document: object, *path: str) -> int | None:
    """Return a member as a whole number, None for anything else and for what is no count of anything."""
    value = member(document, *path)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if abs(value) <= MOST else None


def listed(document: object, *path: str) -> list[Any]:
    """Return a member that is a list, an empty one for anything else."""
    value = member(document, *path)
    return value if isinstance(value, list) else []


def are_objects(items: object, *names: str) -> bool:
    """Say whether `items` is a list of objects that all have the members `names`; an empty list is one."""
    return isinstance(items, list) and all(isinstance(item, dict) and all(n in item for n in names) for item in items)


def feed_of(
    items: Sequence[Any],
    make: Callable[[Any], Entry],
    *,
    title: str,
    link: str,
    more: bool | None = None,
    pause_seconds: int | None = None,
) -> ParsedFeed:
    """Return the feed of what `make` makes of the items; one that it refuses is skipped and counted."""
    entries = readable(items, make)
    skipped = len(items) - len(entries)
    return ParsedFeed(title=title, link=link, entries=entries, skipped=skipped, more=more, pause_seconds=pause_seconds)


def needed(value: str) -> str:
    """Return `value`; ValueError if there is none, which costs the item that cannot do without it."""
    if not value:
        raise ValueError("a member that every item has is missing")
    return value
