"""A feed as parsed, before anybody asks which community it comes from."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from engagement.dataclass import dataclass

log = logging.getLogger(__name__)
T = TypeVar("T")
U = TypeVar("U")

# Real feeds stay below 1,000. What is beyond costs time, and the newest entries stand first nearly everywhere.
MAX_ENTRIES: Final = 5_000
# Older dates are the ones of broken clocks; feeds have existed since 1999, and what they list not much longer.
FIRST_BELIEVABLE: Final = datetime(1995, 1, 1, tzinfo=UTC)


class NotAFeedError(ValueError):
    """A body is no feed; the message says what it is instead, for people."""


class Entry(NamedTuple):
    """One item of a feed. `title`, `text` and `author` are plain text, `link` and `comments` absolute URLs or empty.

    `id` is the feed's own identity for it, as written (may be empty, or not unique). `published_at` is aware UTC, None
    where there is no believable date. `thread` and `parent` are set by adapters that know them, as keys (`hn:123`) or
    addresses, and so are `score`, how many people liked it, `accepted`, whether it is marked as the solution, and
    `by_program`, whether a program wrote it. A tuple, which is made in a third of the time of a frozen dataclass.
    """

    id: str
    link: str
    title: str
    text: str
    author: str
    comments: str = ""
    published_at: datetime | None = None
    thread: str = ""
    parent: str = ""
    score: int | None = None
    accepted: bool = False
    by_program: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a body says: at most MAX_ENTRIES entries in its order, and how often it wants to be asked.

    `skipped` counts those that were unreadable or too many. `link` is the page that the feed is about; `ttl_seconds`
    the pause that the feed asks for, None if it does not say. `more` says whether there is more than the body carries,
    and `pause_seconds` how long an API wants to be left alone; adapters set both, None if the answer does not say.
    """

    title: str
    link: str
    entries: tuple[Entry, ...]
    skipped: int = 0
    ttl_seconds: int | None = None
    more: bool | None = None
    pause_seconds: int | None = None


def readable(items: Iterable[T], make: Callable[[T], U]) -> tuple[U, ...]:
    """Return what `make` makes of each item, at most MAX_ENTRIES; one that it cannot read is left out and logged."""
    made = []
    for item in islice(items, MAX_ENTRIES):
        try:
            made.append(make(item))
        except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
            log.info("entry skipped", extra={"error": repr(error)})
    return tuple(made)


def believable(moment: datetime | None) -> datetime | None:
    """Return `moment` in UTC, or None if it cannot be when somebody wrote something."""
    if moment is None:
        return None
    if moment.tzinfo is not UTC:
        try:
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except OverflowError:
            return None
    return moment if moment >= FIRST_BELIEVABLE else None


def from_epoch(seconds: object) -> datetime | None:
    """Return the moment `seconds` after 1970, None for anything that is not a believable number."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return believable(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError):
        return None


def from_iso(text: object) -> datetime | None:
    """Return the moment an ISO 8601 text names (no zone: UTC), None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        return believable(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None
