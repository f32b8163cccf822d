"""What a workspace does not want cards of."""

from collections.abc import Mapping
from datetime import datetime

from engagement.calm.mute import Mute, MuteScope
from engagement.post import Post
from storage.database import Row, Tx, the_row
from storage.records.history import write_history
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none

# Of a muted conversation also what opened it: the first post that we have of the thread as a mention.
MUTE = """SELECT mute.*, (
    SELECT MIN(mention.id) FROM conversation JOIN mention ON mention.conversation_id = conversation.id
    WHERE conversation.workspace_id = mute.workspace_id AND conversation.thread_key = mute.thread_key
      AND mute.scope = 'conversation') AS opening_id FROM mute"""
SHOWN = f"""SELECT muted.*, post.title, post.text, post.url, watch.name AS watch FROM ({MUTE}) AS muted
  LEFT JOIN mention ON mention.id = muted.opening_id LEFT JOIN post ON post.id = mention.post_id
  LEFT JOIN watch ON watch.id = muted.watch_id"""  # noqa: S608 - constants only
IN_FORCE = "ended_at IS NULL AND (until IS NULL OR until > :now)"
# A poll with mentions reads all of them; so many a team will not have.
MUTES_AT_MOST = 2_000
# A mute of the same, while it lasts.
SAME = """SELECT until FROM mute WHERE workspace_id = :workspace_id AND watch_id = :watch_id AND scope = :scope
  AND community = :community AND author = :author AND thread_key = :thread_key AND value = :value
  AND ended_at IS NULL"""


def add_mute(
    tx: Tx,
    workspace_id: str,
    scope: MuteScope,
    *,
    community: str = "",
    author: str = "",
    thread_key: str = "",
    value: str = "",
    watch_id: int = 0,
    until: datetime | None,
    by: str,
    at: datetime,
) -> int:
    """Mute an author, a community, the conversation of a thread, a word or a site, and return the mute's number.

    What `scope` does not need is left out. With a `watch_id` it is muted for that watch alone. Muted before, it is
    muted until the new moment. `until` is None for good.
    """
    what: dict[str, object] = {"scope": scope.value, **_meant(scope, community, author, value), "watch_id": watch_id}
    thread = {"thread_key": thread_key if scope is MuteScope.CONVERSATION else ""}
    key = {"workspace_id": workspace_id, **what, **thread}
    before = tx.one(SAME, **key)
    mute_id = _keep(tx, key, until=until, by=by, at=at)
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="mute",
        object_id=mute_id,
        act="mute",
        actor=by,
        at=at,
        before={**what, "until": before["until"]} if before else None,
        after={**what, "until": stamp_or_none(until), "ended_at": None},
    )
    return mute_id


def _meant(scope: MuteScope, community: str, author: str, value: str) -> dict[str, str]:
    """Return what a scope needs of these; the rest is empty, so that what is muted is muted once."""
    return {
        "community": community if scope in (MuteScope.AUTHOR, MuteScope.COMMUNITY) else "",
        "author": author if scope is MuteScope.AUTHOR else "",
        "value": value if scope in (MuteScope.TERM, MuteScope.SITE) else "",
    }


def _keep(tx: Tx, key: Mapping[str, object], *, until: datetime | None, by: str, at: datetime) -> int:
    row = the_row(
        tx,
        """INSERT INTO mute (workspace_id, watch_id, scope, community, author, thread_key, value, until, muted_by,
             muted_at)
           VALUES (:workspace_id, :watch_id, :scope, :community, :author, :thread_key, :value, :until, :by, :at)
           ON CONFLICT (workspace_id, watch_id, scope, community, author, thread_key, value) WHERE ended_at IS NULL
           DO UPDATE SET until = excluded.until, muted_by = excluded.muted_by, muted_at = excluded.muted_at
           RETURNING id""",
        until=stamp_or_none(until),
        by=by,
        at=stamp(at),
        **key,
    )
    return int(row["id"])


def end_mute(tx: Tx, workspace_id: str, mute_id: int, *, by: str, at: datetime) -> bool:
    """Take a mute back; False when the workspace has no such mute in force."""
    ended = tx.one(
        f"""UPDATE mute SET ended_at = :now WHERE id = :id AND workspace_id = :workspace_id AND {IN_FORCE}
            RETURNING scope, community, author, value, watch_id, until""",  # noqa: S608 - constants only
        id=mute_id,
        workspace_id=workspace_id,
        now=stamp(at),
    )
    if ended is None:
        return False
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="mute",
        object_id=mute_id,
        act="unmute",
        actor=by,
        at=at,
        before={**ended, "ended_at": None},
        after={**ended, "ended_at": stamp(at)},
    )
    return True


def mutes_of(tx: Tx, workspace_id: str, *, now: datetime) -> list[Mute]:
    """Return the mutes in force, the latest first."""
    rows = tx.all(
        f"{SHOWN} WHERE muted.workspace_id = :workspace_id AND {IN_FORCE} ORDER BY muted.muted_at DESC, muted.id DESC",
        workspace_id=workspace_id,
        now=stamp(now),
    )
    return [_mute_from(row) for row in rows]


def find_mute(tx: Tx, mute_id: int) -> Mute | None:
    """Return a mute, also one that is over; None when there is none of that number."""
    row = tx.one(f"{SHOWN} WHERE muted.id = :id", id=mute_id)
    return _mute_from(row) if row else None


def noise_in_force(tx: Tx, workspace_id: str, *, now: datetime) -> tuple[Mute, ...]:
    """Return the mutes in force that a post can fall under whatever its thread is, the oldest first."""
    rows = tx.all(
        f"""SELECT mute.*, '' AS watch, '' AS title, '' AS text, '' AS url FROM mute
            WHERE workspace_id = :workspace_id AND scope <> 'conversation' AND {IN_FORCE} ORDER BY id LIMIT :limit""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        now=stamp(now),
        limit=MUTES_AT_MOST,
    )
    return tuple(_mute_from(row) for row in rows)


def still_in_force(tx: Tx, mute_id: int, *, at: datetime) -> int:
    """Return the number of a mute, 0 where it is over or was taken back."""
    row = tx.one(f"SELECT id FROM mute WHERE id = :id AND {IN_FORCE}", id=mute_id, now=stamp(at)) if mute_id else None  # noqa: S608 - constants only
    return int(row["id"]) if row else 0


def mute_that_silences(tx: Tx, workspace_id: str, post: Post, *, watch_id: int = 0, at: datetime) -> int:
    """Return the number of a mute in force that names a post's conversation, community or author as they are, or 0."""
    row = tx.one(
        f"""SELECT id FROM mute WHERE workspace_id = :workspace_id AND watch_id IN (0, :watch_id) AND {IN_FORCE} AND (
              (scope = 'author' AND community = :community AND author = :author AND author <> '')
              OR (scope = 'community' AND community = :community)
              OR (scope = 'conversation' AND thread_key = :thread_key))
            ORDER BY id LIMIT 1""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        watch_id=watch_id,
        community=post.community,
        author=post.author,
        thread_key=post.thread_key,
        now=stamp(at),
    )
    return int(row["id"]) if row else 0


def _mute_from(row: Row) -> Mute:
    return Mute(
        id=row["id"],
        workspace_id=row["workspace_id"],
        scope=MuteScope(row["scope"]),
        by=row["muted_by"],
        at=read_stamp(row["muted_at"]),
        community=row["community"],
        author=row["author"],
        value=row["value"],
        watch_id=row["watch_id"],
        watch=row["watch"] or "",
        title=row["title"] or row["text"] or "",
        url=row["url"] or "",
        until=read_stamp_or_none(row["until"]),
    )
