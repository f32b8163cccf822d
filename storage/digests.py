"""The weekly digest, computed from rows, and the status."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from engagement.calendar import Period, next_boundary
from engagement.conversation import ReplyState
from engagement.listing import DIGEST_ROWS, STATUS_ROWS, Digest, Status, Waiting
from engagement.outbox import MessageKind
from engagement.reading import Tag
from engagement.week import Needed, Week, week_from
from engagement.workspace import Workspace, digest_goes_to
from storage.conversations import SNOOZED
from storage.database import Tx, count, the_row
from storage.hearing import how_we_hear, next_poll_of
from storage.label_weeks import week_by_label
from storage.labels import CONVERSATION_CARRIES, MENTION_CARRIES
from storage.messages import queue_message, unsent_messages
from storage.stamps import read_stamp, read_stamp_or_none, stamp
from storage.waiting import ASKS, OPENING, count_untagged, count_waiting, rows_of_digest, waiting_for_us
from storage.watches import watches_of

WEEK = timedelta(days=7)
REPORT = TypeAdapter(Digest)
# What the counts of a period are asked with: workspace_id, starts_at, ends_at, and the label of one that is of a label.
Bounds = dict[str, str | int]

# The mentions of a period.
MENTIONS = """FROM mention JOIN conversation ON conversation.id = mention.conversation_id
  WHERE mention.workspace_id = :workspace_id AND mention.noticed_at >= :starts_at AND mention.noticed_at < :ends_at
    AND mention.before_start = 0 AND conversation.mute_id = 0"""


def compute_digest(
    tx: Tx,
    workspace: Workspace,
    *,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    label: tuple[int, str] | None = None,
) -> Digest:
    """Return the digest of [starts_at, ends_at) beside the period of the same length before it.

    With a `label` (its number and its name) it is of what carries that label alone.
    """
    number, name = label or (None, "")
    waiting = waiting_for_us(tx, workspace.id, limit=DIGEST_ROWS + 1, label=number)
    return Digest(
        workspace_id=workspace.id,
        watches=tuple(watch.name for watch in watches_of(tx, workspace.id)),
        starts_at=starts_at,
        ends_at=ends_at,
        checked_at=now,
        next_at=next_boundary(workspace.schedule, now),
        zone=workspace.schedule.zone.key,
        waiting=tuple(waiting[:DIGEST_ROWS]),
        more_waiting=max(0, count_waiting(tx, workspace.id, label=number) - DIGEST_ROWS),
        oldest_more=waiting[DIGEST_ROWS].since if len(waiting) > DIGEST_ROWS else None,
        week=week_of(tx, workspace.id, starts_at=starts_at, ends_at=ends_at, label=number),
        week_before=week_of(
            tx, workspace.id, starts_at=starts_at - (ends_at - starts_at), ends_at=starts_at, label=number
        ),
        hearing=how_we_hear(tx, workspace.id, now=now),
        labels=() if label else week_by_label(tx, workspace.id, starts_at=starts_at, ends_at=ends_at),
        label=name,
    )


def queue_digest(tx: Tx, workspace: Workspace, period: Period, *, now: datetime) -> int | None:
    """Write the period's digest into the outbox, once; None when it is there already or there is nowhere to post.

    A workspace without a watch gets none, and the first period to be told is the one the first watch was made in.
    """
    watches = watches_of(tx, workspace.id)
    channel = digest_goes_to(workspace.digest_channel, watches)
    if not channel or not _listened_before(tx, workspace.id, period.ends_at):
        return None
    digest = compute_digest(tx, workspace, starts_at=period.starts_at, ends_at=period.ends_at, now=now)
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
    return queue_message(
        tx,
        workspace_id=workspace.id,
        channel=channel,
        kind=MessageKind.DIGEST,
        subject=str(row["id"]),
        at=now,
    )


def is_untold(tx: Tx, workspace_id: str, period: Period) -> bool:
    """Return whether there is a digest of the period to tell that is neither in the outbox nor sent."""
    if not _listened_before(tx, workspace_id, period.ends_at):
        return False
    sql = "SELECT 1 AS yes FROM digest WHERE workspace_id = :workspace_id AND period = :period"
    return tx.one(sql, workspace_id=workspace_id, period=period.name) is None


def find_digest(tx: Tx, digest_id: int) -> Digest | None:
    """Return a digest with its figures as they were told and its rows as they stand now."""
    row = tx.one("SELECT report FROM digest WHERE id = :id", id=digest_id)
    if row is None:
        return None
    return replace(_read_report(row["report"]), waiting=tuple(rows_of_digest(tx, digest_id)))


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
    )


def _listened_before(tx: Tx, workspace_id: str, moment: datetime) -> bool:
    first = the_row(tx, "SELECT MIN(created_at) AS at FROM watch WHERE workspace_id = :id", id=workspace_id)["at"]
    return first is not None and read_stamp(first) < moment


def week_of(tx: Tx, workspace_id: str, *, starts_at: datetime, ends_at: datetime, label: int | None = None) -> Week:
    """Return the counts of [starts_at, ends_at), of one label or of all; of posts read, always of all.

    Mentions from before the watch are not counted.
    """
    bounds: Bounds = {"workspace_id": workspace_id, "starts_at": stamp(starts_at), "ends_at": stamp(ends_at)}
    narrowed = bounds if label is None else bounds | {"label": label}
    return week_from(
        _mentions_by_tag(tx, narrowed),
        _needed(tx, narrowed),
        not_us=_mentions_of_others(tx, narrowed),
        posts_read=_posts_read(tx, bounds),
    )


def _mentions(bounds: Bounds) -> str:
    return f"{MENTIONS} AND {MENTION_CARRIES}" if "label" in bounds else MENTIONS


def _mentions_by_tag(tx: Tx, bounds: Bounds) -> dict[Tag | None, int]:
    rows = tx.all(
        f"""SELECT conversation.tag, COUNT(*) AS mentions {_mentions(bounds)} AND conversation.dismissed_by = ''
              AND conversation.unsure = 0 GROUP BY conversation.tag""",
        **bounds,
    )
    return {Tag(row["tag"]) if row["tag"] else None: int(row["mentions"]) for row in rows}


def _mentions_of_others(tx: Tx, bounds: Bounds) -> int:
    return count(tx, f"{_mentions(bounds)} AND conversation.dismissed_by <> ''", **bounds)


def _needed(tx: Tx, bounds: Bounds) -> list[Needed]:
    """Return the conversations opened in the period in which a reply was owed, or a user asked us."""
    of_label = f"AND {CONVERSATION_CARRIES}" if "label" in bounds else ""
    rows = tx.all(
        f"""SELECT conversation.reply_state, conversation.answered_at, conversation.asked_at
            FROM conversation {OPENING}
            WHERE conversation.workspace_id = :workspace_id AND conversation.opened_at >= :starts_at
              AND conversation.opened_at < :ends_at AND conversation.dismissed_by = '' AND mention.before_start = 0
              AND conversation.mute_id = 0 AND conversation.unsure = 0 AND NOT {SNOOZED}
              AND (conversation.reply_state <> 'none' OR (conversation.tag IS NULL AND {ASKS})) {of_label}""",  # noqa: S608 - constants only
        **bounds,
    )
    return [
        Needed(
            state=ReplyState(row["reply_state"]),
            asked_at=read_stamp(row["asked_at"]),
            answered_at=read_stamp_or_none(row["answered_at"]),
        )
        for row in rows
    ]


def _posts_read(tx: Tx, bounds: Bounds) -> int:
    return count(
        tx,
        """FROM post WHERE seen_at >= :starts_at AND seen_at < :ends_at AND EXISTS (
             SELECT 1 FROM source_post JOIN watch_source ON watch_source.source_id = source_post.source_id
             JOIN watch ON watch.id = watch_source.watch_id
             WHERE source_post.post_id = post.id AND watch.workspace_id = :workspace_id)""",
        **bounds,
    )
