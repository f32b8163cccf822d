"""When to ask a source again, after a poll."""

import hashlib
from datetime import datetime, timedelta

LONGEST_BACK_OFF_SECONDS = 24 * 60 * 60
"""A source that has failed for weeks is still tried once a day: it may come back, and nobody else would notice."""

LONGEST_RETRY_AFTER_SECONDS = 366 * 24 * 60 * 60
"""A Retry-After beyond a year is taken as a year, so that a server's mistake cannot overflow the calendar."""

SPREAD_SHARE = 0.1
"""A healthy source is polled up to a tenth of its interval late, so that places added together drift apart."""

# Beyond this many doublings every interval of a second or more has passed the longest back-off.
_MOST_DOUBLINGS = 17

# Multiples of the golden ratio's fraction never bunch up in [0, 1) (Knuth, TAOCP 3, 6.4).
_GOLDEN = 0.618_033_988_749_895


def spread_of(url: str) -> float:
    """Return a number in [0, 1) that is always the same for `url`, and evenly spread over many of them."""
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()
    # 53 bits, as many as a float holds exactly: one more could round up to 1.0.
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def next_poll(
    *,
    now: datetime,
    interval_seconds: int,
    failures: int,
    retry_after_seconds: int | None,
    spread: float,
) -> datetime:
    """Return when to poll a source next, after a poll that ended at `now`.

    `failures` counts failed polls in a row, this one included; 0 means it went well. `spread` is in [0, 1).
    After a success: the interval and up to a tenth of it. After a failure: exponential back-off with full
    jitter (M. Brooker, "Exponential Backoff And Jitter", 2015), between the interval and the interval times
    2 to the power of `failures`, at most 24 hours. Never sooner than the interval, never sooner than
    `retry_after_seconds` (RFC 9110, 10.2.3; up to a year), and always some day: no source is given up.
    """
    if failures > 0:
        wait = _back_off(interval_seconds, failures=failures, spread=spread)
    else:
        wait = interval_seconds * (1 + SPREAD_SHARE * spread)
    asked = min(retry_after_seconds or 0, LONGEST_RETRY_AFTER_SECONDS)
    return now + timedelta(seconds=max(wait, asked))


def _back_off(interval_seconds: int, *, failures: int, spread: float) -> float:
    ceiling = max(interval_seconds, LONGEST_BACK_OFF_SECONDS)
    longest = min(interval_seconds * 2.0 ** min(failures, _MOST_DOUBLINGS), ceiling)
    # A spread taken from the URL never changes; turned with each failure, no source stays at the short end for ever.
    jitter = (spread + failures * _GOLDEN) % 1
    return interval_seconds + jitter * (longest - interval_seconds)
