"""What is asked of a fetch, and what comes of it."""

from dataclasses import dataclass
from typing import Protocol

from engagement.hosts import Allowance
from feeds.wire.refusals import FetchFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch, with the validators of the last stored body (empty: fetch whatever is there)."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body, already inflated. `content_type` is the whole header, charset included.

    `permanent_url` is where the server says the feed has moved for good (301 or 308 all the way), else empty.
    `fresh_seconds` is for how long asking again would bring nothing new, if the server says so; `allowance` is how
    many more requests its host takes.
    """

    body: bytes
    content_type: str
    etag: str
    last_modified: str
    final_url: str
    permanent_url: str = ""
    fresh_seconds: int | None = None
    allowance: Allowance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that nothing has changed since the validators were given (304). The rest is as in Fetched.

    `final_url` is empty where it was the address itself that said so.
    """

    final_url: str = ""
    permanent_url: str = ""
    fresh_seconds: int | None = None
    allowance: Allowance | None = None


FetchResult = Fetched | NotModified | FetchFailed


class Fetches(Protocol):
    """Whoever can be asked to fetch: a Fetcher, or somebody who waits for a turn before it does."""

    async def fetch(self, request: FetchRequest) -> FetchResult:
        """Fetch once; whatever goes wrong comes back as FetchFailed."""
