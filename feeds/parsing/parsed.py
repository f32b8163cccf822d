"""A body on its way to be parsed, and what came of it."""

from datetime import datetime
from pickle import PickleBuffer
from typing import Any, Final, NamedTuple

from engagement.dataclass import dataclass
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

    def __reduce__(self) -> tuple[type["Body"], tuple[Any, ...]]:
        """Have the content sent as it is: within a pickle it is copied twice, a quarter of the time for a trip."""
        return Body, (PickleBuffer(self.content), *self[1:])
