"""The sources, what is due, and how well each is heard."""

from dataclasses import dataclass
from datetime import datetime

from engagement.watch import Source
from storage.database import Tx
from storage.rows import source_from
from storage.stamps import stamp

# A source nobody uses any more is kept for its posts, and asked no more.
IN_USE = """(EXISTS (SELECT 1 FROM watch_source WHERE watch_source.source_id = source.id)
  OR EXISTS (SELECT 1 FROM teammate_handle WHERE teammate_handle.source_id = source.id))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us for the next conditional GET (RFC 9110, 13.1), empty where it gave none."""

    etag: str = ""
    last_modified: str = ""


def due_sources(tx: Tx, *, now: datetime, limit: int) -> list[Source]:
    """Return at most `limit` sources that are due, longest due first: those of watches, and the team's own posts."""
    rows = tx.all(
        f"SELECT * FROM source WHERE next_poll_at <= :now AND {IN_USE} ORDER BY next_poll_at, id LIMIT :limit",  # noqa: S608 - a constant
        now=stamp(now),
        limit=limit,
    )
    return [source_from(row) for row in rows]


def all_sources(tx: Tx) -> list[Source]:
    """Return every source in use: those of watches, and the team's own posts."""
    rows = tx.all(f"SELECT * FROM source WHERE {IN_USE} ORDER BY id")  # noqa: S608 - a constant
    return [source_from(row) for row in rows]


def record_heard(
    tx: Tx, source_id: int, *, validators: Validators | None, next_poll_at: datetime, at: datetime
) -> None:
    """Record a poll that went well. `validators` is None after a 304: the stored ones still hold."""
    tx.run(
        """UPDATE source SET failures = 0, last_error = '', failing_since = NULL, last_heard_at = :at,
             first_polled_at = COALESCE(first_polled_at, :at), next_poll_at = :next_poll_at WHERE id = :id""",
        id=source_id,
        at=stamp(at),
        next_poll_at=stamp(next_poll_at),
    )
    if validators is not None:
        tx.run(
            "UPDATE source SET etag = :etag, last_modified = :last_modified WHERE id = :id",
            id=source_id,
            etag=validators.etag,
            last_modified=validators.last_modified,
        )


def record_failed(tx: Tx, source_id: int, *, reason: str, next_poll_at: datetime, at: datetime) -> None:
    """Record a poll that failed, with its reason in words for people."""
    tx.run(
        """UPDATE source SET failures = failures + 1, last_error = :reason,
             failing_since = COALESCE(failing_since, :at), next_poll_at = :next_poll_at WHERE id = :id""",
        id=source_id,
        reason=reason,
        at=stamp(at),
        next_poll_at=stamp(next_poll_at),
    )
