"""What to listen for, and where."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What the team wants from listening; asked first, at set-up."""

    AWARENESS = "awareness"
    LEADS = "leads"
    SUPPORT = "support"
    REPUTATION = "reputation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The words of a watch: any of `names` makes a match, none of `excluded` may stand in the post."""

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A brand, product or competitor one workspace listens for; `channel` is a Slack channel id."""

    id: int
    workspace_id: str
    channel: str
    name: str
    terms: Terms
    outcome: Outcome = Outcome.SUPPORT
    site: str = ""
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One feed or community endpoint, fetched once however many watches use it.

    `etag` and `last_modified` are the validators of the last stored body, empty when the server gave none.
    `failures` counts failed polls in a row; `last_error` is a sentence for people, empty while healthy.
    """

    id: int
    url: str
    name: str
    community: str
    interval_seconds: int
    next_poll_at: datetime
    etag: str = ""
    last_modified: str = ""
    failures: int = 0
    last_error: str = ""
    last_heard_at: datetime | None = None
    first_polled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to add: its address and what to call it."""

    url: str
    name: str
    community: str
