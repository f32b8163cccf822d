"""The public hosts: when each may be asked again, by whichever of its sources."""

from collections.abc import Callable, Iterable
from datetime import datetime

from engagement.listening.hosts import Pace, started, waits_until
from storage.database import Row, Tx
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none


def find_pace(tx: Tx, host: str) -> Pace | None:
    """Return how we may ask a host, None before the first request."""
    row = tx.one("SELECT * FROM host WHERE host = :host", host=host)
    return _pace_from(row) if row else None


def begin_requests(
    tx: Tx, hosts: Iterable[str], *, gap_of: Callable[[str], int], now: datetime
) -> dict[str, datetime | None]:
    """Take a turn at each of `hosts`; return None for those that may be asked now, for others when they may.

    The turn is taken before the request is made, so that neither a second process nor a restart makes one too many.
    `gap_of` gives the usual seconds between two requests to a host.
    """
    return {host: _begin(tx, host, gap_of(host), now) for host in sorted(set(hosts))}


def _begin(tx: Tx, host: str, usual_gap_seconds: int, now: datetime) -> datetime | None:
    before = find_pace(tx, host)
    if before is None:
        first = started(Pace(host=host, next_at=now, gap_seconds=usual_gap_seconds), now=now)
        is_ours = tx.run(
            """INSERT INTO host (host, next_at, gap_seconds) VALUES (:host, :next_at, :gap_seconds)
               ON CONFLICT (host) DO NOTHING""",
            host=host,
            next_at=stamp(first.next_at),
            gap_seconds=first.gap_seconds,
        )
        return None if is_ours else first.next_at
    if again := waits_until(before, now=now):
        return again
    after = started(before, now=now)
    is_ours = tx.run(
        "UPDATE host SET next_at = :next_at WHERE host = :host AND next_at = :before",
        host=host,
        next_at=stamp(after.next_at),
        before=stamp(before.next_at),
    )
    return None if is_ours else after.next_at


def save_pace(tx: Tx, pace: Pace) -> None:
    """Write what an answer of the host taught."""
    tx.run(
        """INSERT INTO host (host, next_at, gap_seconds, refusals, refused_since)
           VALUES (:host, :next_at, :gap_seconds, :refusals, :refused_since)
           ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at, gap_seconds = excluded.gap_seconds,
             refusals = excluded.refusals, refused_since = excluded.refused_since""",
        host=pace.host,
        next_at=stamp(pace.next_at),
        gap_seconds=pace.gap_seconds,
        refusals=pace.refusals,
        refused_since=stamp_or_none(pace.refused_since),
    )


def _pace_from(row: Row) -> Pace:
    return Pace(
        host=row["host"],
        next_at=read_stamp(row["next_at"]),
        gap_seconds=row["gap_seconds"],
        refusals=row["refusals"],
        refused_since=read_stamp_or_none(row["refused_since"]),
    )
