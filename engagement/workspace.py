"""One Slack team that installed the bot."""

from dataclasses import dataclass
from datetime import datetime

from engagement.calendar import Schedule, one_working_day_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A Slack team: its id, and when and where it gets its digest.

    An empty `digest_channel` means the channel of the first watch.
    """

    id: str
    schedule: Schedule
    digest_channel: str = ""


def reply_due_at(workspace: Workspace, *, owed_from: datetime) -> datetime:
    """Return when a reply is due that the team owes from `owed_from` on: one working day later on its own clocks."""
    return one_working_day_after(owed_from, workspace.schedule.zone)
