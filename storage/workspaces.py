"""The Slack teams that installed the bot."""

from datetime import datetime

from engagement.calendar import Schedule, zone_of
from engagement.workspace import DigestWish, QuietHours, Workspace
from storage.database import Row, Tx, assigned, the_row
from storage.records.history import write_history
from storage.stamps import stamp

# A workspace and a channel that exist nowhere: what `poll --feeds` finds is stored, and never posted.
NOWHERE = "nowhere"
# What the history keeps of the digest.
OF_DIGEST = ("digest_channel", "digest_weekday", "digest_hour", "zone", "digest_set_by")


def remember_workspace(
    tx: Tx,
    *,
    workspace_id: str,
    name: str,
    bot_user: str,
    schedule: Schedule,
    digest_channel: str,
    at: datetime,
    url: str = "",
) -> Workspace:
    """Store the workspace, or bring what Slack and the settings say of it up to date.

    When and where the digest comes is the environment's word only until somebody has set it in Slack.
    """
    before = tx.one("SELECT * FROM workspace WHERE id = :id", id=workspace_id)
    row = the_row(
        tx,
        """INSERT INTO workspace
             (id, name, bot_user, url, digest_channel, digest_weekday, digest_hour, zone, created_at)
           VALUES (:id, :name, :bot_user, :url, :digest_channel, :weekday, :hour, :zone, :at)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, bot_user = excluded.bot_user, url = excluded.url,
             digest_channel = CASE WHEN workspace.digest_set_by = '' THEN excluded.digest_channel
               ELSE workspace.digest_channel END,
             digest_weekday = CASE WHEN workspace.digest_set_by = '' THEN excluded.digest_weekday
               ELSE workspace.digest_weekday END,
             digest_hour = CASE WHEN workspace.digest_set_by = '' THEN excluded.digest_hour
               ELSE workspace.digest_hour END,
             zone = CASE WHEN workspace.digest_set_by = '' THEN excluded.zone ELSE workspace.zone END
           RETURNING *""",
        id=workspace_id,
        name=name,
        bot_user=bot_user,
        url=url,
        digest_channel=digest_channel,
        weekday=schedule.weekday,
        hour=schedule.hour,
        zone=schedule.zone.key,
        at=stamp(at),
    )
    if before is not None:
        _note_digest(tx, before, row, by="", at=at)
    return workspace_from(row)


def set_digest(tx: Tx, workspace_id: str, wish: DigestWish, *, by: str, at: datetime) -> bool:
    """Have the digest come when and where somebody wants it; from now on the environment has no say in it.

    False, and nothing is changed, where somebody set it since the form was drawn.
    """
    values = {
        "digest_channel": wish.channel,
        "digest_weekday": wish.schedule.weekday,
        "digest_hour": wish.schedule.hour,
        "zone": wish.schedule.zone.key,
        "digest_set_by": by,
    }
    before = tx.one("SELECT * FROM workspace WHERE id = :id", id=workspace_id)
    after = tx.one(
        f"""UPDATE workspace SET {assigned(values)}, digest_version = digest_version + 1
            WHERE id = :id AND digest_version = :drawn RETURNING *""",  # noqa: S608 - our own names
        id=workspace_id,
        drawn=wish.drawn,
        **values,
    )
    if before is None or after is None:
        return False
    _note_digest(tx, before, after, by=by, at=at)
    return True


def _note_digest(tx: Tx, before: Row, after: Row, *, by: str, at: datetime) -> None:
    """Note in the history when and where the digest comes from now on, if that is news."""
    was, became = ({name: row[name] for name in OF_DIGEST} for row in (before, after))
    if was == became:
        return
    write_history(
        tx,
        workspace_id=after["id"],
        object_="workspace",
        object_id=0,
        act="digest",
        actor=by,
        at=at,
        before=was,
        after=became,
    )


def all_workspaces(tx: Tx) -> list[Workspace]:
    """Return every workspace."""
    return [workspace_from(row) for row in tx.all("SELECT * FROM workspace ORDER BY id")]


def find_workspace(tx: Tx, workspace_id: str) -> Workspace | None:
    """Return one workspace, None when it is not known."""
    row = tx.one("SELECT * FROM workspace WHERE id = :id", id=workspace_id)
    return workspace_from(row) if row else None


def asking_workspace(tx: Tx, workspace_id: str) -> Workspace:
    """Return the workspace that somebody asks from. Raises LookupError where it never installed the bot."""
    workspace = find_workspace(tx, workspace_id)
    if workspace is None:
        raise LookupError("a workspace that never installed the bot asked")
    return workspace


def listening_workspaces(tx: Tx) -> list[Workspace]:
    """Return the workspaces that somebody listens in: all but the one of throw-away watches."""
    return [workspace for workspace in all_workspaces(tx) if workspace.id != NOWHERE]


def workspace_from(row: Row) -> Workspace:
    """Return a row of `workspace`."""
    return Workspace(
        id=row["id"],
        digest_channel=row["digest_channel"],
        url=row["url"],
        digest_set_by=row["digest_set_by"],
        schedule=Schedule(weekday=row["digest_weekday"], hour=row["digest_hour"], zone=zone_of(row["zone"])),
        urgent_channel=row["urgent_channel"],
        urgent_score=row["urgent_score"],
        quiet=_quiet_from(row),
        digest_version=row["digest_version"],
    )


def _quiet_from(row: Row) -> QuietHours | None:
    if row["quiet_from"] is None or row["quiet_to"] is None:
        return None
    return QuietHours(from_hour=row["quiet_from"], to_hour=row["quiet_to"])
