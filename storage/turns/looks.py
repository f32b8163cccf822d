"""Which threads are to be looked at by themselves, when each was, and what came of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.calendar import next_boundary
from engagement.listing import DIGEST_ROWS, Check, Waiting
from engagement.turns.looking import (
    AHEAD,
    BEFORE_DIGEST,
    FRESH_FOR,
    MISSED_FOR,
    NEVER_LOOKED,
    Look,
    Thread,
    is_due,
    is_due_for_digest,
)
from storage.batches import rows_where
from storage.conversations.waiting import OPENING, WAITS, waiting_for_us
from storage.database import Row, Tx
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none
from storage.turns.our_threads import seemingly_silent
from storage.workspaces import all_workspaces

LOOKS = ("url", "etag", "last_modified", "looked_at", "tried_at", "again_at", "failures", "reason", "readable")
COLUMNS = ", ".join(f"thread.{column} AS look_{column}" for column in LOOKS)
# The post of the first mention is where the thread is looked for.
THREADS = f"""SELECT conversation.id, conversation.thread_key, conversation.community, conversation.warn_at,
    conversation.due_at, post.url AS post_url, COALESCE(post.published_at, post.seen_at) AS since,
    {COLUMNS}
  FROM conversation {OPENING} JOIN post ON post.id = mention.post_id
  LEFT JOIN thread ON thread.thread_key = conversation.thread_key"""  # noqa: S608 - constants only

SAVE = f"""INSERT INTO thread (thread_key, {", ".join(LOOKS)})
  VALUES (:thread_key, {", ".join(f":{column}" for column in LOOKS)})
  ON CONFLICT (thread_key) DO UPDATE SET {", ".join(f"{column} = excluded.{column}" for column in LOOKS)}"""  # noqa: S608


def threads_due(tx: Tx, *, now: datetime) -> list[Thread]:
    """Return the threads to be looked at now, each once: a reply is nearly due there, or a digest soon names them."""
    found: dict[str, Thread] = {}
    for workspace in all_workspaces(tx):
        for row in _near_their_time(tx, workspace.id, now):
            thread = _thread_from(row)
            moments = (read_stamp_or_none(row["warn_at"]), read_stamp_or_none(row["due_at"]))
            if is_due(thread.look, moments, now=now):
                found.setdefault(thread.key, thread)
        digest_at = next_boundary(workspace.schedule, now)
        if digest_at - now <= BEFORE_DIGEST:
            named = threads_to_be_named(tx, workspace.id, now=now)
            due = [each for each in named if is_due_for_digest(each.look, digest_at, now=now)]
            found.update({each.key: each for each in due})
    return list(found.values())


def _near_their_time(tx: Tx, workspace_id: str, now: datetime) -> Iterable[Row]:
    """Give the conversations that wait for us and whose warning or due time is near."""
    for column in ("warn_at", "due_at"):
        yield from tx.all(
            f"""{THREADS} WHERE conversation.workspace_id = :workspace_id AND {WAITS}
                AND conversation.{column} BETWEEN :earliest AND :latest ORDER BY conversation.{column}""",
            workspace_id=workspace_id,
            earliest=stamp(now - MISSED_FOR),
            latest=stamp(now + AHEAD),
        )


def threads_to_be_named(tx: Tx, workspace_id: str, *, now: datetime) -> list[Thread]:
    """Return the threads that a digest of this moment would name: of those who wait, and ours that nobody took up."""
    waiting = [each.conversation_id for each in waiting_for_us(tx, workspace_id, limit=DIGEST_ROWS)]
    return threads_of(tx, [*waiting, *seemingly_silent(tx, workspace_id, now=now)])


def threads_of(tx: Tx, conversation_ids: Iterable[int]) -> list[Thread]:
    """Return the threads of conversations."""
    rows = rows_where(tx, f"{THREADS} WHERE conversation.id IN ({{wanted}})", conversation_ids)
    return [_thread_from(row) for row in rows]


def checks_of(tx: Tx, waiting: Sequence[Waiting], *, now: datetime) -> tuple[Check, ...]:
    """Return of each of those who wait how the look at their thread went, where there was one within the last hour."""
    rows = rows_where(
        tx, f"{THREADS} WHERE conversation.id IN ({{wanted}})", [each.conversation_id for each in waiting]
    )
    return tuple(check for row in rows if (check := _check_of(row["id"], _look_from(row), now)))


def _check_of(conversation_id: int, look: Look, now: datetime) -> Check | None:
    if look.is_fresh(now):
        return Check(conversation_id=conversation_id, looked_at=look.looked_at)
    if look.tried_at is None or now - look.tried_at >= FRESH_FOR:
        return None
    return Check(conversation_id=conversation_id, reason=look.reason, readable=look.readable)


def save_look(tx: Tx, thread_key: str, look: Look) -> None:
    """Write what a look has left behind."""
    values = {
        "url": look.url,
        "etag": look.etag,
        "last_modified": look.last_modified,
        "looked_at": stamp_or_none(look.looked_at),
        "tried_at": stamp_or_none(look.tried_at),
        "again_at": stamp_or_none(look.again_at),
        "failures": look.failures,
        "reason": look.reason,
        "readable": int(look.readable),
    }
    tx.run(SAVE, thread_key=thread_key, **values)


def _thread_from(row: Row) -> Thread:
    return Thread(
        key=row["thread_key"],
        community=row["community"],
        post_url=row["post_url"],
        since=read_stamp(row["since"]),
        look=_look_from(row),
    )


def _look_from(row: Row) -> Look:
    if row["look_url"] is None:
        return NEVER_LOOKED
    return Look(
        url=row["look_url"],
        etag=row["look_etag"],
        last_modified=row["look_last_modified"],
        looked_at=read_stamp_or_none(row["look_looked_at"]),
        tried_at=read_stamp_or_none(row["look_tried_at"]),
        again_at=read_stamp_or_none(row["look_again_at"]),
        failures=row["look_failures"],
        reason=row["look_reason"],
        readable=bool(row["look_readable"]),
    )
