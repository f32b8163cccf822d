"""What the headers of an answer say about when to ask again."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from multidict import MultiMapping

from engagement.listening.hosts import Allowance

# A server that asks for more has a broken clock or wants us gone for good; polling once a day is polite enough.
LONGEST_WAIT_SECONDS: Final = 24 * 3600
# RFC 9111, 1.2.2: what is larger than a recipient can count is taken as this, or as 2 to the power of 31.
LONGEST_FRESH_SECONDS: Final = 365 * 24 * 3600
# From here on a number is no wait but a moment on the clock (2001), and from the second on one in milliseconds.
EPOCH_SECONDS: Final = 1_000_000_000
EPOCH_MILLISECONDS: Final = 100_000_000_000

# Reddit, GitHub, Mastodon, Discourse, GitLab; Twitter's spelling; the IETF drafts up to 06, Bluesky; Discord.
REMAINING: Final = ("X-Ratelimit-Remaining", "X-Rate-Limit-Remaining", "Ratelimit-Remaining")
RESET: Final = ("X-Ratelimit-Reset", "X-Rate-Limit-Reset", "Ratelimit-Reset", "X-Ratelimit-Reset-After")

_DIRECTIVE = re.compile(r'([a-z0-9-]+)(?:\s*=\s*("[^"]*"|[^\s,;"]*))?', re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{0,20})?")


def fresh_seconds(headers: MultiMapping[str], *, now: datetime) -> int | None:
    """Return for how many more seconds an answer stays fresh (RFC 9111, 4.2); None where nothing is said of it.

    max-age, else Expires counted from the server's own Date (or from `now`, if it gives none), each less the Age that
    the answer already has. An Expires that is no date has passed. `no-cache` and `no-store` say nothing of when
    something new may come; s-maxage is for caches that many people share.
    """
    if "Cache-Control" not in headers and "Expires" not in headers:
        return None
    said = _directives(_joined(headers, "Cache-Control"))
    if "" in (said.get("no-cache"), said.get("no-store")):
        return None
    lifetime = _whole(said.get("max-age", ""))
    if lifetime is None:
        lifetime = _until_expiry(headers, now=now)
    if lifetime is None:
        return None
    age = _whole(headers.get("Age", "")) or 0
    return max(0, min(LONGEST_FRESH_SECONDS, lifetime - age))


def allowance(headers: MultiMapping[str], *, now: datetime) -> Allowance | None:
    """Return what a host says we may still ask, in whichever of the usual ways it says so; None if it does not.

    Of several limits the one that leaves the fewest requests a second counts. Resets are seconds, a moment on the
    clock (GitHub, Bluesky) or a date (Mastodon); a wait is at most one day.
    """
    found = [*_drafted(_joined(headers, "Ratelimit"))] if "Ratelimit" in headers else []
    remaining = _amount(_first(headers, REMAINING))
    # Most hosts say nothing at all, and are asked no further.
    reset = None if remaining is None else _seconds(_first(headers, RESET), now=now)
    if remaining is not None and reset is not None:
        found.append(_allowance(remaining, reset))
    return min(found, key=lambda limit: limit.remaining / max(1, limit.reset_seconds), default=None)


def retry_after(headers: MultiMapping[str], *, now: datetime) -> int | None:
    """Return the seconds to wait as a server asked for, within [0, one day]; None if it asked for nothing.

    `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). Reddit sends `x-ratelimit-reset` instead, which
    is a wait only when nothing remains until then.
    """
    seconds = _seconds(headers.get("Retry-After", ""), now=now)
    if seconds is None and not _amount(_first(headers, REMAINING)):
        seconds = _seconds(_first(headers, RESET), now=now)
    if seconds is None and (limit := allowance(headers, now=now)) and not limit.remaining:
        seconds = limit.reset_seconds
    return None if seconds is None else _wait(seconds)


def _allowance(remaining: float, reset: float) -> Allowance:
    return Allowance(remaining=max(0, int(remaining)), reset_seconds=_wait(reset))


def _wait(seconds: float) -> int:
    return int(max(0, min(LONGEST_WAIT_SECONDS, seconds)))


def _drafted(value: str) -> Iterator[Allowance]:
    """Yield the limits of a `RateLimit` field: `"policy";r=50;t=30` (IETF draft 08 on), `remaining=50, reset=30`."""
    for item in (value, *value.split(",")) if "remaining" in value.lower() else value.split(","):
        said = _directives(item)
        remaining = _amount(said.get("r", said.get("remaining", "")))
        reset = _amount(said.get("t", said.get("reset", "")))
        if remaining is not None and reset is not None:
            yield _allowance(remaining, reset)


def _until_expiry(headers: MultiMapping[str], *, now: datetime) -> int | None:
    expires = headers.get("Expires")
    if expires is None:
        return None
    at, date = _moment(expires), _moment(headers.get("Date", ""))
    if at is None:
        return 0
    return int((at - (date or now)).total_seconds())


def _directives(value: str) -> dict[str, str]:
    """Return the directives in lower case with their values, unquoted; of a repeated one the first counts."""
    found: dict[str, str] = {}
    for name, argument in _DIRECTIVE.findall(value):
        found.setdefault(name.lower(), argument.strip('"'))
    return found


def _joined(headers: MultiMapping[str], name: str) -> str:
    return ", ".join(headers.getall(name, []))


def _first(headers: MultiMapping[str], names: tuple[str, ...]) -> str:
    for name in names:
        if name in headers:
            return headers[name]
    return ""


def _whole(value: str) -> int | None:
    value = value.strip()
    return min(LONGEST_FRESH_SECONDS, int(value[:20])) if value.isascii() and value.isdigit() else None


def _amount(value: str) -> float | None:
    """Return a number, also one with a fraction, as Reddit counts; None for anything else."""
    return float(value) if _NUMBER.fullmatch(value := value.strip()) else None


def _seconds(value: str, *, now: datetime) -> float | None:
    """Return how far away a number of seconds, a moment on the clock or a date is; negative when it has passed."""
    number = _amount(value)
    if number is None:
        moment = _moment(value)
        return None if moment is None else (moment - now).total_seconds()
    if not math.isfinite(number) or number < EPOCH_SECONDS:
        return number
    return number / (1000 if number >= EPOCH_MILLISECONDS else 1) - now.timestamp()


def _moment(value: str) -> datetime | None:
    """Return a date as HTTP writes it, or as ISO 8601 does."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(value.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
