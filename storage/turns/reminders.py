"""Reminders: who is told of which promises, and which channels of what nobody has. What was told stays in rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.calm.quiet import is_quiet
from engagement.dataclass import dataclass
from engagement.listing import Waiting
from engagement.sending.outbox import MessageKind
from engagement.turns.reminders import Reminder, ReminderKind, to_remind_of
from engagement.turns.target import is_working
from engagement.workspace import Workspace, team_hours
from storage.conversations.asking import ASKED
from storage.conversations.waiting import SHOWN, WAITS, waiting_from
from storage.database import Tx
from storage.sending.messages import mark_stale, queue_message
from storage.stamps import read_stamp, stamp
from storage.team.availability import availability_of
from storage.workspaces import all_workspaces

WARNED = f"{WAITS} AND conversation.workspace_id = :workspace_id"
# Told since it is to be told: what somebody handed back, or what is asked again, is told again.
TOLD = """EXISTS (SELECT 1 FROM reminder_row JOIN reminder ON reminder.id = reminder_row.reminder_id
  WHERE reminder_row.conversation_id = conversation.id AND reminder.kind = 'unowned'
    AND reminder.created_at >= conversation.warn_at)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A list that is to be told now; there is one for each recipient, kind and `period`."""

    workspace_id: str
    kind: ReminderKind
    recipient: str
    period: str
    conversations: tuple[int, ...]
    about: str = ""


def reminders_due(tx: Tx, *, now: datetime) -> list[Due]:
    """Return what people and channels are to be told now, where it is not quiet."""
    due: list[Due] = []
    for workspace in all_workspaces(tx):
        due += _promised(tx, workspace, now)
        if is_working(now, team_hours(workspace)) and not is_quiet(workspace, now):
            due += _unowned(tx, workspace, now)
    return due


def remind(tx: Tx, *, now: datetime) -> int:
    """Tell what is to be told now; return how many messages that makes."""
    return sum(tell(tx, each, at=now) for each in reminders_due(tx, now=now))


def tell(tx: Tx, due: Due, *, at: datetime) -> bool:
    """Keep a list and queue its message, once for each period; return whether this was the time."""
    row = tx.one(
        """INSERT INTO reminder (workspace_id, recipient, kind, period, about, created_at)
           VALUES (:workspace_id, :recipient, :kind, :period, :about, :at)
           ON CONFLICT (workspace_id, recipient, kind, period) DO NOTHING RETURNING id""",
        workspace_id=due.workspace_id,
        recipient=due.recipient,
        kind=due.kind.value,
        period=due.period,
        about=due.about,
        at=stamp(at),
    )
    if row is None:
        return False
    tx.many(
        """INSERT INTO reminder_row (reminder_id, position, conversation_id)
           VALUES (:reminder_id, :position, :conversation_id)""",
        [
            {"reminder_id": row["id"], "position": position, "conversation_id": conversation_id}
            for position, conversation_id in enumerate(due.conversations)
        ],
    )
    subject = str(row["id"])
    kind = MessageKind.REMINDER
    queue_message(tx, workspace_id=due.workspace_id, channel=due.recipient, kind=kind, subject=subject, at=at)
    return True


def _promised(tx: Tx, workspace: Workspace, now: datetime) -> Iterable[Due]:
    for owner in _owners_warned(tx, workspace.id, now):
        person = availability_of(tx, workspace.id, owner)
        hours = person.hours or team_hours(workspace)
        day = f"{now.astimezone(hours.zone):%Y-%m-%d}"
        if person.is_away(now) or is_quiet(workspace, now, zone=hours.zone) or _is_told(tx, workspace.id, owner, day):
            continue
        told_of = to_remind_of(promises_of(tx, workspace.id, owner), hours, now=now)
        if told_of:
            yield _due(workspace, ReminderKind.PROMISED, owner, day, told_of)


def _owners_warned(tx: Tx, workspace_id: str, now: datetime) -> list[str]:
    rows = tx.all(
        f"""SELECT DISTINCT conversation.claimed_by FROM conversation
            WHERE {WARNED} AND conversation.warn_at <= :now AND conversation.claimed_by <> ''
            ORDER BY conversation.claimed_by""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        now=stamp(now),
    )
    return [row["claimed_by"] for row in rows]


def promises_of(tx: Tx, workspace_id: str, owner: str) -> list[Waiting]:
    """Return what somebody has promised and not put aside, the first that is to be warned of first."""
    rows = tx.all(
        f"""SELECT {SHOWN} {ASKED} WHERE {WARNED} AND conversation.claimed_by = :owner
            ORDER BY conversation.warn_at, conversation.id""",
        workspace_id=workspace_id,
        owner=owner,
    )
    return [waiting_from(row) for row in rows]


def _is_told(tx: Tx, workspace_id: str, recipient: str, period: str) -> bool:
    return (
        tx.one(
            """SELECT 1 AS yes FROM reminder WHERE workspace_id = :workspace_id AND recipient = :recipient
                 AND kind = :kind AND period = :period""",
            workspace_id=workspace_id,
            recipient=recipient,
            kind=ReminderKind.PROMISED.value,
            period=period,
        )
        is not None
    )


def _unowned(tx: Tx, workspace: Workspace, now: datetime) -> list[Due]:
    """Return for each channel what nobody has and nobody was told of, once an hour at most."""
    rows = tx.all(
        f"""SELECT conversation.channel, {SHOWN} {ASKED} WHERE {WARNED} AND conversation.warn_at <= :now
              AND conversation.claimed_by = '' AND NOT {TOLD}
            ORDER BY conversation.pressing_since, conversation.id""",
        workspace_id=workspace.id,
        now=stamp(now),
    )
    hour = f"{now:%Y-%m-%dT%H}"
    waiting: dict[str, list[Waiting]] = {}
    for row in rows:
        waiting.setdefault(row["channel"], []).append(waiting_from(row))
    sql = "SELECT 1 AS yes FROM reminder WHERE workspace_id = :id AND recipient = :channel AND period = :period"
    return [
        _due(workspace, ReminderKind.UNOWNED, channel, hour, lines)
        for channel, lines in sorted(waiting.items())
        if tx.one(sql, id=workspace.id, channel=channel, period=hour) is None
    ]


def _due(workspace: Workspace, kind: ReminderKind, recipient: str, period: str, rows: Sequence[Waiting]) -> Due:
    numbers = tuple(row.conversation_id for row in rows)
    return Due(workspace_id=workspace.id, kind=kind, recipient=recipient, period=period, conversations=numbers)


def find_reminder(tx: Tx, reminder_id: int) -> Reminder | None:
    """Return a list with its rows as they stand now, None when it is not there."""
    row = tx.one("SELECT * FROM reminder WHERE id = :id", id=reminder_id)
    if row is None:
        return None
    lines = tx.all(
        f"""SELECT {SHOWN} {ASKED} JOIN reminder_row ON reminder_row.conversation_id = conversation.id
            WHERE reminder_row.reminder_id = :id ORDER BY reminder_row.position""",
        id=reminder_id,
    )
    about = availability_of(tx, row["workspace_id"], row["about"]) if row["about"] else None
    return Reminder(
        kind=ReminderKind(row["kind"]),
        recipient=row["recipient"],
        rows=tuple(waiting_from(line) for line in lines),
        about=row["about"],
        until=about.away_until if about else None,
        has_left=about.has_left if about else False,
        told_at=read_stamp(row["created_at"]),
    )


def redraw_reminders(tx: Tx, conversation_id: int) -> None:
    """Have the lists that name the conversation redrawn from the rows."""
    rows = tx.all("SELECT reminder_id FROM reminder_row WHERE conversation_id = :id", id=conversation_id)
    for row in rows:
        mark_stale(tx, MessageKind.REMINDER, str(row["reminder_id"]))
