"""Where we listen: a source, and what its polls have left behind."""

from datetime import datetime

from engagement.dataclass import dataclass
from engagement.listening.habits import NO_HABITS, Habits
from engagement.listening.moving import NO_MOVE, Move
from engagement.listening.trouble import Cause, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One feed or community endpoint, fetched once however many watches use it.

    `host` is what its requests are paced by, empty while unknown and for hosts of private networks. `etag` and
    `last_modified` are the validators of the last stored body, empty when the server gave none; `body_hash` tells
    that body again and `marks` its entries, `ttl_seconds` is the pause it asked for. `failures` counts failed polls in
    a row, for a `cause` and `failing_since`; `last_error` is a sentence for people, empty while healthy. `well_since`
    is when it was first heard after it failed, None while it fails. Paused (`paused_at`), it is asked no more until
    somebody wakes it.
    """

    id: int
    url: str
    name: str
    community: str
    interval_seconds: int
    next_poll_at: datetime
    host: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    marks: str = ""
    ttl_seconds: int = 0
    failures: int = 0
    cause: Cause | None = None
    last_error: str = ""
    failing_since: datetime | None = None
    well_since: datetime | None = None
    tried_at: datetime | None = None
    last_heard_at: datetime | None = None
    first_polled_at: datetime | None = None
    paused_at: datetime | None = None
    move: Move = NO_MOVE
    habits: Habits = NO_HABITS
    troubles: frozenset[Trouble] = frozenset()

    @property
    def asked_next_at(self) -> datetime | None:
        """When it is asked again, None while it is paused."""
        return None if self.paused_at else self.next_poll_at

    @property
    def is_sick(self) -> bool:
        """Whether it was not heard at the latest try."""
        return self.failures > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to add: its address and what to call it."""

    url: str
    name: str
    community: str
