"""What is asked of a fetch, and what comes of it."""

from typing import Protocol

from engagement.dataclass import dataclass
from engagement.listening.hosts import Allowance
from engagement.listening.trouble import Cause


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """Nothing was heard. `reason` is a sentence for people, without a full stop.

    `retry_after_seconds` is what the server asked for (0 is an answer, None is not). `gone` means that the feed was
    closed for good (410), `missing` that nothing is there (404, which may pass), `closed` that the place does not let
    in whoever it does not know, `throttled` that the whole host wants fewer requests; `allowance` is how many it
    still takes. `permanent_url` is where the feed had moved for good before it failed there, else empty; `final_url` is
    where any redirect led that the answer came from, else empty. `unreachable` means that no answer came at all, which
    may be for a fault of theirs or of our own network; `unasked` that we did not ask, because the host has to wait.
    """

    reason: str
    retry_after_seconds: int | None = None
    gone: bool = False
    missing: bool = False
    closed: bool = False
    throttled: bool = False
    allowance: Allowance | None = None
    permanent_url: str = ""
    final_url: str = ""
    unreachable: bool = False
    unasked: bool = False

    @property
    def cause(self) -> Cause:
        """Why it was, as the rules of engagement know it."""
        causes = (
            (self.gone, Cause.GONE),
            (self.throttled, Cause.THROTTLED),
            (self.closed, Cause.CLOSED),
            (self.unreachable, Cause.NO_ANSWER),
        )
        return next((cause for holds, cause in causes if holds), Cause.BROKEN)


FetchResult = Fetched | NotModified | FetchFailed


class Fetches(Protocol):
    """Whoever can be asked to fetch: a Fetcher, or somebody who waits for a turn before it does."""

    async def fetch(self, request: FetchRequest) -> FetchResult:
        """Fetch once; whatever goes wrong comes back as FetchFailed."""
