"""A body on its way to be parsed, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, NamedTuple

from engagement.post import Post

# Goes up with every change after which the same body may give other posts: what was read before is then read again.
PARSER_VERSION: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a body said. `skipped` counts unreadable entries; `ttl_seconds` is the pause the feed asks for, if any.

    `more` says whether there is more than the body carries, None if it does not say; `pause_seconds` is how long an API
    wants to be left alone altogether, which is an order where `ttl_seconds` is a hint. `kept` entries stand there as
    they did in the body before and were not read again; `marks` tells the next body's reader which are such entries.
    """

    posts: tuple[Post, ...]
    title: str
    skipped: int = 0
    ttl_seconds: int | None = None
    more: bool | None = None
    pause_seconds: int | None = None
    kept: int = 0
    marks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    """A body said nothing we understand; `reason` is a sentence for people, without a full stop."""

    reason: str


ParseResult = Parsed | ParseFailed

TOO_MUCH_MEMORY: Final = "reading the feed takes more memory than it may"


class Body(NamedTuple):
    """What is sent to be read. `content_type` is the whole header; with `now`, no date lies after it.

    `marks` are those of the body before.
    """

    content: bytes
    content_type: str
    url: str
    community: str
    now: datetime | None
    marks: str = ""


Row = tuple[Any, ...]
# As it comes back from the worker: posts as rows, behind a result without them.
Answer = ParseFailed | tuple[Parsed, list[Row]]
_FIELDS: Final = tuple(field.name for field in fields(Post))
# A post as it travels between processes: to pickle a frozen dataclass with slots takes twice the time.
row_of: Final[Callable[[Post], Row]] = attrgetter(*_FIELDS)


def post_of(row: Row) -> Post:
    """Return the post that `row_of` made a row of."""
    return Post(**dict(zip(_FIELDS, row, strict=True)))
