"""One Slack team that installed the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.calendar import Schedule, one_working_day_after
from engagement.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A Slack team: its id, and when and where it gets its digest.

    An empty `digest_channel` means the channel of the first watch.
    """

    id: str
    schedule: Schedule
    digest_channel: str = ""


def digest_goes_to(digest_channel: str, watches: Sequence[Watch]) -> str:
    """Return the channel of the digest: the one that was named, else that of the first watch; empty without either."""
    return digest_channel or next((watch.channel for watch in watches), "")


def reply_due_at(workspace: Workspace, *, owed_from: datetime) -> datetime:
    """Return when a reply is due that the team owes from `owed_from` on: one working day later on its own clocks."""
    return one_working_day_after(owed_from, workspace.schedule.zone)
