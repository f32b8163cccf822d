"""The weekly digest, computed from rows, and the status."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter

from engagement.calendar import Period, next_boundary
from engagement.digest.details import Details, Part
from engagement.listing import DIGEST_ROWS, DIGEST_THEMES, DIGEST_THREADS, STATUS_ROWS, Digest, Status, Waiting
from engagement.sending.outbox import MessageKind
from engagement.workspace import Workspace, digest_goes_to
from storage.calm.noise import count_left_out, left_out_lately
from storage.conversations.waiting import count_untagged, count_waiting, longest_waiting, rows_of_digest, waiting_for_us
from storage.database import Tx, the_row
from storage.digest.asked_once import AskedOnce
from storage.digest.bounds import Bounds, bounds_of
from storage.digest.details import details_of, helped_by, queue_details
from storage.digest.label_weeks import week_by_label
from storage.digest.lines import line_of
from storage.digest.weeks import days_of, noise_of, week_of
from storage.improvements.demands import changes_between, count_unimproved
from storage.improvements.themes_heard import as_decided_now
from storage.listening.hearing import how_we_hear, next_poll_of
from storage.listening.watches import watches_of
from storage.sending.messages import queue_message, unsent_messages
from storage.stamps import read_stamp, stamp
from storage.turns.looks import checks_of
from storage.turns.our_threads import our_threads
from storage.turns.unseen import to_be_looked_at

REPORT = TypeAdapter(Digest)


def compute_digest(
    tx: Tx,
    workspace: Workspace,
    *,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    label: tuple[int, str] | None = None,
    asked: AskedOnce | None = None,
) -> Digest:
    """Return the digest of [starts_at, ends_at) beside the period of the same length before it.

    With a `label` (its number and its name) it is of what carries that label alone. `asked` is for whoever goes on
    with `compute_details`.
    """
    number, name = label or (None, "")
    waiting = waiting_for_us(tx, workspace.id, limit=DIGEST_ROWS, label=number)
    bounds = bounds_of(workspace.id, starts_at, ends_at, label=number)
    asked = asked or AskedOnce(tx, bounds)
    begins_at = starts_at - (ends_at - starts_at)
    digest = Digest(
        workspace_id=workspace.id,
        watches=tuple(watch.name for watch in watches_of(tx, workspace.id)),
        starts_at=starts_at,
        ends_at=ends_at,
        checked_at=now,
        next_at=next_boundary(workspace.schedule, now),
        zone=workspace.schedule.zone.key,
        waiting=tuple(waiting),
        more_waiting=max(0, count_waiting(tx, workspace.id, label=number) - DIGEST_ROWS),
        oldest_more=longest_waiting(tx, workspace.id, besides=waiting, label=number),
        week=week_of(tx, workspace.id, starts_at=starts_at, ends_at=ends_at, label=number, needed=asked.needed),
        week_before=week_of(
            tx, workspace.id, starts_at=begins_at, ends_at=starts_at, label=number, needed=asked.needed_before
        ),
        hearing=how_we_hear(tx, workspace.id, now=now),
        label=name,
        days=days_of(tx, bounds, workspace.schedule.zone),
        noise=noise_of(tx, bounds),
        line=line_of(tx, bounds, asked.turned),
        helped=helped_by(tx, bounds),
        unseen=to_be_looked_at(tx, workspace.id, label=number),
        checks=checks_of(tx, waiting, now=now),
    )
    return digest if label else _with_what_no_label_has(tx, digest, bounds, asked)


def _with_what_no_label_has(tx: Tx, digest: Digest, bounds: Bounds, asked: AskedOnce) -> Digest:
    """Return the digest of everything with what is not told of a label alone."""
    workspace_id, starts_at, ends_at = digest.workspace_id, digest.starts_at, digest.ends_at
    return replace(
        digest,
        labels=week_by_label(tx, workspace_id, starts_at=starts_at, ends_at=ends_at),
        left_out=count_left_out(tx, workspace_id, starts_at=starts_at, ends_at=ends_at),
        our_threads=our_threads(tx, bounds, limit=DIGEST_THREADS),
        changed=changes_between(tx, workspace_id, starts_at=starts_at, ends_at=ends_at),
        unimproved=count_unimproved(tx, workspace_id),
        themes=tuple(asked.themes[:DIGEST_THEMES]),
    )


def queue_digest(tx: Tx, workspace: Workspace, period: Period, *, now: datetime) -> int | None:
    """Write the period's digest into the outbox, once; None when it is there already or there is nowhere to post.

    A workspace without a watch gets none, and the first period to be told is the one the first watch was made in.
    """
    watches = watches_of(tx, workspace.id)
    channel = digest_goes_to(workspace.digest_channel, watches)
    if not channel or not _listened_before(tx, workspace.id, period.ends_at):
        return None
    asked = AskedOnce(tx, bounds_of(workspace.id, period.starts_at, period.ends_at))
    digest = compute_digest(tx, workspace, starts_at=period.starts_at, ends_at=period.ends_at, now=now, asked=asked)
    row = tx.one(
        """INSERT INTO digest (workspace_id, period, report, created_at) VALUES (:workspace_id, :period, :report, :at)
           ON CONFLICT (workspace_id, period) DO NOTHING RETURNING id""",
        workspace_id=workspace.id,
        period=period.name,
        report=_report_of(digest),
        at=stamp(now),
    )
    if row is None:
        return None
    tx.many(
        """INSERT INTO digest_row (digest_id, position, conversation_id)
           VALUES (:digest_id, :position, :conversation_id)""",
        [
            {"digest_id": row["id"], "position": position, "conversation_id": each.conversation_id}
            for position, each in enumerate(digest.waiting)
        ],
    )
    queued = queue_message(
        tx,
        workspace_id=workspace.id,
        channel=channel,
        kind=MessageKind.DIGEST,
        subject=str(row["id"]),
        at=now,
    )
    if queued:
        queue_details(tx, compute_details(tx, digest, asked=asked), digest_id=row["id"], parent_id=queued, at=now)
    return queued


def is_untold(tx: Tx, workspace_id: str, period: Period) -> bool:
    """Return whether there is a digest of the period to tell that is neither in the outbox nor sent."""
    if not _listened_before(tx, workspace_id, period.ends_at):
        return False
    sql = "SELECT 1 AS yes FROM digest WHERE workspace_id = :workspace_id AND period = :period"
    return tx.one(sql, workspace_id=workspace_id, period=period.name) is None


def find_digest(tx: Tx, digest_id: int) -> Digest | None:
    """Return a digest with its figures as they were told, and as it stands now all that people act on.

    That is its rows, who knows of changes, and what was decided about themes.
    """
    row = tx.one("SELECT report FROM digest WHERE id = :id", id=digest_id)
    if row is None:
        return None
    told = _read_report(row["report"])
    return replace(
        told,
        waiting=tuple(rows_of_digest(tx, digest_id)),
        changed=changes_between(tx, told.workspace_id, starts_at=told.starts_at, ends_at=told.ends_at),
        themes=as_decided_now(tx, told.workspace_id, told.themes),
    )


def compute_details(
    tx: Tx, digest: Digest, parts: Iterable[Part] = tuple(Part), *, asked: AskedOnce | None = None
) -> Details:
    """Return what the thread of a digest says, as the rows stand now."""
    bounds = bounds_of(digest.workspace_id, digest.starts_at, digest.ends_at)
    asked = asked or AskedOnce(tx, bounds)
    return details_of(tx, bounds, hearing=digest.hearing, as_of=digest.checked_at, parts=parts, asked=asked)


def find_details(tx: Tx, digest_id: int, parts: Iterable[Part] = tuple(Part)) -> Details | None:
    """Return what the thread of a digest that was queued says now, None when there is no such digest.

    What is in none of `parts` is not looked up, and empty.
    """
    row = tx.one("SELECT report FROM digest WHERE id = :id", id=digest_id)
    return compute_details(tx, _read_report(row["report"]), parts) if row else None


def _report_of(digest: Digest) -> str:
    """Return the figures of a digest as they are kept; who waits is kept in rows, which say how it stands."""
    return REPORT.dump_json(replace(digest, waiting=())).decode()


def _read_report(text: str) -> Digest:
    # Left out here too: older reports hold who waited, as a line looked then.
    return REPORT.validate_python(json.loads(text) | {"waiting": ()})


def compute_status(tx: Tx, workspace: Workspace, *, now: datetime) -> Status:
    """Return what `/ears status` says."""
    watches = watches_of(tx, workspace.id)
    waiting: list[Waiting] = waiting_for_us(tx, workspace.id, limit=STATUS_ROWS)
    return Status(
        watches=tuple(watch.name for watch in watches),
        hearing=how_we_hear(tx, workspace.id, now=now),
        waiting=tuple(waiting),
        more_waiting=count_waiting(tx, workspace.id) - len(waiting),
        untagged=count_untagged(tx, workspace.id),
        unsent=unsent_messages(tx, workspace.id),
        next_poll_at=next_poll_of(tx, workspace.id),
        next_digest_at=next_boundary(workspace.schedule, now) if watches else None,
        digest_channel=digest_goes_to(workspace.digest_channel, watches),
        left_out=left_out_lately(tx, workspace.id, now=now),
    )


def _listened_before(tx: Tx, workspace_id: str, moment: datetime) -> bool:
    first = the_row(tx, "SELECT MIN(created_at) AS at FROM watch WHERE workspace_id = :id", id=workspace_id)["at"]
    return first is not None and read_stamp(first) < moment
