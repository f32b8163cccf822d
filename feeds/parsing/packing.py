"""What came of a body, as it travels from one process to the other: in bare tuples, and dates as numbers.

To pickle posts and dates as what they are takes three times as long.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from engagement.post import Post
from feeds.parsing.parsed import Parsed, ParseFailed, ParseResult

# What is packed of a result that has posts: what else it says, and a row for each field of the posts.
Packed = ParseFailed | tuple[tuple[Any, ...], list[Sequence[Any]]]

_DATES: Final = Post._fields.index("published_at")
# As `Post._make`, but without a function of Python's for each post; a row has as many values as a post that was packed.
_POST_OF: Final = partial(tuple.__new__, Post)
# Until then a float tells any two microseconds apart; no entry is older than the first believable date.
_EXACT_UNTIL: Final = datetime(2200, 1, 1, tzinfo=UTC)


def packed(result: ParseResult) -> Packed:
    """Return a result as it travels."""
    if isinstance(result, ParseFailed):
        return result
    rows: list[Sequence[Any]] = list(zip(*result.posts, strict=True))
    if rows:
        rows[_DATES] = [_as_number(when) for when in rows[_DATES]]
    said = (
        result.title,
        result.skipped,
        result.ttl_seconds,
        result.more,
        result.pause_seconds,
        result.kept,
        result.marks,
    )
    return said, rows


def unpacked(arrived: Packed) -> ParseResult:
    """Return the result that was packed."""
    if isinstance(arrived, ParseFailed):
        return arrived
    (title, skipped, ttl_seconds, more, pause_seconds, kept, marks), rows = arrived
    if rows:
        rows[_DATES] = [datetime.fromtimestamp(sent, UTC) if isinstance(sent, float) else sent for sent in rows[_DATES]]
    return Parsed(
        posts=tuple(map(_POST_OF, zip(*rows, strict=True))),
        title=title,
        skipped=skipped,
        ttl_seconds=ttl_seconds,
        more=more,
        pause_seconds=pause_seconds,
        kept=kept,
        marks=marks,
    )


def _as_number(when: datetime | None) -> float | datetime | None:
    return when.timestamp() if when and when < _EXACT_UNTIL else when
