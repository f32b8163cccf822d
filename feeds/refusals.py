"""Why a fetch gave nothing, in words for people, and how long to wait."""

import math
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp

from feeds.links import is_reddit

TOO_MANY: Final = 429
UNAVAILABLE: Final = 503
FORBIDDEN: Final = 403
GONE: Final = 410
SERVER_ERROR: Final = 500
# A server that asks for more has a broken clock or wants us gone for good; polling once a day is polite enough.
LONGEST_WAIT_SECONDS: Final = 24 * 3600

REASONS: Final = {
    401: "the place wants us to log in",
    402: "the place wants to be paid",
    403: "the place does not let us in",
    404: "there is nothing at this address",
    406: "the place does not give this to programs",
    407: "a proxy wants us to log in",
    410: "the feed has been closed for good",
    429: "the server asks us to slow down",
    451: "the place may not show this where we are",
    503: "the server is overloaded or under repair",
}

# The first that fits: special errors stand before the general ones they inherit from.
TROUBLE: Final[tuple[tuple[tuple[type[BaseException], ...], str], ...]] = (
    ((aiohttp.ClientConnectorDNSError,), "no such host, or the name server does not answer"),
    ((aiohttp.ClientConnectorCertificateError, ssl.CertificateError), "its certificate is not valid"),
    ((aiohttp.ClientSSLError,), "no secure connection is possible"),
    ((aiohttp.ClientPayloadError, aiohttp.ClientResponseError), "the answer is broken"),
    ((aiohttp.ClientConnectorError,), "nobody answers at this address"),
    ((ValueError,), "this is not a web address"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """Nothing was heard. `reason` is a sentence for people, without a full stop.

    `retry_after_seconds` is what the server asked for (0 is an answer, None is not). `gone` means that the feed was
    closed for good (410), `throttled` that the whole host wants fewer requests.
    """

    reason: str
    retry_after_seconds: int | None = None
    gone: bool = False
    throttled: bool = False


def refusal(status: int, headers: Mapping[str, str], *, host: str, now: datetime) -> FetchFailed:
    """Return what an answer that carries no feed means."""
    wait = retry_after(headers, now=now)
    throttled = status == TOO_MANY or (status == UNAVAILABLE and wait is not None)
    # Reddit answers 403 where others answer 429, and lets us in again later.
    if status == FORBIDDEN and is_reddit(host):
        return FetchFailed(reason="Reddit asks us to slow down (403)", retry_after_seconds=wait, throttled=True)
    words = REASONS.get(status, "the server has a problem" if status >= SERVER_ERROR else "the server gives no feed")
    return FetchFailed(reason=f"{words} ({status})", retry_after_seconds=wait, gone=status == GONE, throttled=throttled)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> int | None:
    """Return the seconds to wait as a server asked for, within [0, one day]; None if it asked for nothing.

    `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). Reddit sends `x-ratelimit-reset` instead.
    """
    for name in ("Retry-After", "X-Ratelimit-Reset"):
        seconds = _seconds(headers.get(name, ""), now=now)
        if seconds is not None:
            return max(0, min(LONGEST_WAIT_SECONDS, seconds))
    return None


def _seconds(value: str, *, now: datetime) -> int | None:
    value = value.strip()
    try:
        # Some servers count in fractions.
        seconds = float(value)
    except ValueError:
        return _seconds_until(value, now=now)
    if not math.isfinite(seconds):
        return None
    # A large number is a moment on the clock, as several APIs send it.
    return int(seconds) if seconds < now.timestamp() / 2 else int(seconds - now.timestamp())


def _seconds_until(value: str, *, now: datetime) -> int | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return int(((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


def why(error: BaseException, total_seconds: float) -> str:
    """Say in words for people what an error of the network means."""
    if isinstance(error, TimeoutError):
        return f"no complete answer within {total_seconds:g} seconds"
    return next((words for kinds, words in TROUBLE if isinstance(error, kinds)), "the connection broke off")
