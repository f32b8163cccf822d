"""Who of us works when, and who is away: what Slack says of them, and what they said themselves."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from engagement.calendar import zone_of
from engagement.team.team import Availability
from engagement.turns.target import WorkingHours
from storage.database import Row, Tx
from storage.stamps import read_stamp, read_stamp_or_none, stamp
from storage.workspaces import asking_workspace

# People move and are renamed, but not every hour.
KNOWN_FOR = timedelta(days=1)

ONE = "SELECT * FROM teammate WHERE workspace_id = :workspace_id AND slack_user = :slack_user"


def is_known(tx: Tx, workspace_id: str, slack_user: str, *, now: datetime) -> bool:
    """Return whether Slack has said within the day who this is and where they are."""
    row = tx.one(ONE, workspace_id=workspace_id, slack_user=slack_user)
    asked_at = read_stamp_or_none(row["asked_slack_at"]) if row else None
    return asked_at is not None and now - asked_at < KNOWN_FOR


def get_to_know(tx: Tx, workspace_id: str, slack_user: str, *, name: str, zone: str, at: datetime) -> None:
    """Keep what Slack says of somebody, who becomes a teammate by it.

    A name that people gave stays. A zone that nobody knows is none.
    """
    tx.run(
        """INSERT INTO teammate (workspace_id, slack_user, name, zone, asked_slack_at)
           VALUES (:workspace_id, :slack_user, :name, :zone, :at)
           ON CONFLICT (workspace_id, slack_user)
           DO UPDATE SET zone = excluded.zone, asked_slack_at = excluded.asked_slack_at""",
        workspace_id=workspace_id,
        slack_user=slack_user,
        name=name or slack_user,
        zone=zone if _is_zone(zone) else "",
        at=stamp(at),
    )


def _is_zone(name: str) -> bool:
    try:
        zone_of(name)
    except ValueError:
        return False
    return True


def availability_of(tx: Tx, workspace_id: str, slack_user: str) -> Availability:
    """Return when somebody works and whether they are away; of a stranger, nothing."""
    row = tx.one(ONE, workspace_id=workspace_id, slack_user=slack_user)
    return availability_from(row) if row else Availability(slack_user=slack_user)


def zone_of_person(tx: Tx, workspace_id: str, slack_user: str) -> ZoneInfo:
    """Return the zone that somebody lives in as far as we know, else that of their workspace."""
    hours = availability_of(tx, workspace_id, slack_user).hours
    return hours.zone if hours else asking_workspace(tx, workspace_id).schedule.zone


def availability_from(row: Row) -> Availability:
    """Return a row of `teammate`."""
    return Availability(
        slack_user=row["slack_user"],
        hours=WorkingHours(
            zone=zone_of(row["zone"]),
            starts=row["works_from"],
            ends=row["works_until"],
            days=frozenset(map(int, row["works_on"])),
        )
        if row["zone"]
        else None,
        away_until=read_stamp(row["away_until"]) if row["away_until"] else None,
        cover=row["cover"],
        has_left=row["left_at"] is not None,
    )
