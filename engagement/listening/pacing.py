"""When to ask a source again, after a poll, and which of the due ones may be asked now."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from engagement.calendar import DAY, HOUR, MINUTE
from engagement.listening.source import Source

LONGEST_BACK_OFF_SECONDS = DAY
"""A source that has failed for weeks is still tried once a day: it may come back, and nobody else would notice."""

LONGEST_RETRY_AFTER_SECONDS = DAY
"""A server that asks for more has a broken clock or wants us gone for good; once a day is polite enough for both."""

LONGEST_ASKED_SECONDS = DAY
"""A pause that a feed asks for (max-age, Expires, ttl, sy:*) is kept up to a day, which the weekly digest can bear."""

SPREAD_SHARE = 0.1
"""A healthy source is polled up to a tenth of its interval late, so that places added together drift apart."""

FIRST_SPREAD_SHARE = 0.9
"""After its first poll, up to nine tenths late: a list of places added in one go fills the interval evenly."""

SHORTEST_SECONDS = MINUTE
"""A busy place is asked more often than was configured, but of our own accord not more than once a minute."""

QUIET_FROM_SECONDS = 14 * DAY
QUIET_FULLY_SECONDS = 56 * DAY
QUIET_SHARE = 4
LONGEST_QUIET_SECONDS = 6 * HOUR
"""From two weeks of silence on the interval grows, to four times after eight weeks, at most six hours."""

FARTHEST = timedelta(days=2)
"""No source is put off for longer than a day and nine tenths: what is was put off by a clock that ran ahead."""

IN_FLIGHT_PER_HOST = 2
"""Requests under way at one public host: a slow one does not stop its neighbours, and many slow ones do not add up."""

# Beyond this many doublings every interval of a second or more has passed the longest back-off.
_MOST_DOUBLINGS = 17

# Multiples of the golden ratio's fraction never bunch up in [0, 1) (Knuth, TAOCP 3, 6.4).
_GOLDEN = 0.618_033_988_749_895


def spread_of(url: str) -> float:
    """Return a number in [0, 1) that is always the same for `url`, and evenly spread over many of them."""
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()
    # 53 bits, as many as a float holds exactly: one more could round up to 1.0.
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def interval_of(
    *,
    configured_seconds: int,
    asked_seconds: int = 0,
    usual_gap_seconds: int = 0,
    quiet_seconds: float = 0,
    is_overflowing: bool = False,
) -> float:
    """Return the seconds from one poll of a healthy source to the next.

    A place with news more often than `configured_seconds` (`usual_gap_seconds`; 0: not known yet), or one that
    overflowed between two polls, is asked up to twice as often; one that has been quiet for weeks up to four times
    less. What the server asks for (`asked_seconds`) is the least in any case, up to a day.
    """
    fastest = max(configured_seconds / 2, min(configured_seconds, SHORTEST_SECONDS))
    if is_overflowing:
        wait = fastest
    elif 0 < usual_gap_seconds < configured_seconds:
        wait = max(fastest, usual_gap_seconds)
    else:
        wait = _quietly(configured_seconds, quiet_seconds)
    return max(wait, min(asked_seconds, LONGEST_ASKED_SECONDS))


def _quietly(configured_seconds: float, quiet_seconds: float) -> float:
    share = (quiet_seconds - QUIET_FROM_SECONDS) / (QUIET_FULLY_SECONDS - QUIET_FROM_SECONDS)
    slower = configured_seconds * (1 + (QUIET_SHARE - 1) * min(1.0, max(0.0, share)))
    return max(configured_seconds, min(slower, LONGEST_QUIET_SECONDS))


def next_poll(
    *,
    now: datetime,
    interval_seconds: float,
    failures: int,
    retry_after_seconds: int | None,
    spread: float,
    is_first: bool = False,
) -> datetime:
    """Return when to poll a source next, after a poll that ended at `now`.

    `failures` counts failed polls in a row, this one included; 0 means it went well. `spread` is in [0, 1).
    After a success: the interval and up to a tenth of it, after the first one up to nine tenths. After a failure:
    exponential back-off with full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015), between the interval
    and the interval times 2 to the power of `failures`, at most 24 hours. Never sooner than the interval, never
    sooner than `retry_after_seconds` (RFC 9110, 10.2.3; up to a day), and always some day: no source is given up.
    """
    if failures > 0:
        wait = back_off(interval_seconds, failures=failures, spread=spread)
    else:
        wait = interval_seconds * (1 + (FIRST_SPREAD_SHARE if is_first else SPREAD_SHARE) * spread)
    asked = min(retry_after_seconds or 0, LONGEST_RETRY_AFTER_SECONDS)
    return now + timedelta(seconds=max(wait, asked))


def back_off(seconds: float, *, failures: int, spread: float) -> float:
    """Return a wait between `seconds` and `seconds` times 2 to the power of `failures`, 24 hours at most.

    It is more than 24 hours only where `seconds` is.
    """
    ceiling = max(seconds, LONGEST_BACK_OFF_SECONDS)
    longest = min(seconds * 2.0 ** min(failures, _MOST_DOUBLINGS), ceiling)
    # A spread taken from the URL never changes; turned with each failure, no source stays at the short end for ever.
    jitter = (spread + failures * _GOLDEN) % 1
    return seconds + jitter * (longest - seconds)


def first_in_line(due: Iterable[Source], *, host_of: Callable[[Source], str], busy: Iterable[str]) -> list[Source]:
    """Return which of the `due` sources (longest due first) may be asked now: one of each public host.

    `host_of` is empty for a source of a private host, which no other waits for; `busy` names the public host of
    each request under way. A host with hundreds of sources so takes no more turns than one with a single source.
    """
    under_way = Counter(busy)
    chosen = []
    for source in due:
        host = host_of(source)
        if host:
            if under_way[host] >= IN_FLIGHT_PER_HOST:
                continue
            under_way[host] = IN_FLIGHT_PER_HOST
        chosen.append(source)
    return chosen
