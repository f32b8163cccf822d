"""One Slack team that installed the bot."""

from collections.abc import Sequence
from datetime import datetime

from engagement.calendar import HOURS_A_DAY, Schedule
from engagement.dataclass import dataclass
from engagement.turns.target import Deadline, WorkingHours, deadline, target_of_watch
from engagement.watch import Watch

URGENT_SCORE = 100
"""A post that so many people like is urgent: about what carries one to the front page of Hacker News for some hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `from_hour`:00 up to `to_hour`:00 on a team's clock (0 to 23); past midnight where `from_hour` is later.

    ValueError, with a sentence for people, where an hour is none or both are the same.
    """

    from_hour: int
    to_hour: int

    def __post_init__(self) -> None:
        """Refuse hours that never come, and a quiet that would never begin or never end."""
        if not (0 <= self.from_hour < HOURS_A_DAY and 0 <= self.to_hour < HOURS_A_DAY):
            raise ValueError("Quiet hours begin and end at an hour from 0 to 23.")
        if self.from_hour == self.to_hour:
            raise ValueError("Quiet hours must end at another hour than they begin.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A Slack team: its id, when and where it gets its digest, and what may ring when.

    An empty `digest_channel` means the channel of the first watch, an empty `urgent_channel` that of the watch an
    alert is about. `digest_version` grows by one when somebody sets when and where the digest comes.
    """

    id: str
    schedule: Schedule
    digest_channel: str = ""
    url: str = ""
    digest_set_by: str = ""
    urgent_channel: str = ""
    urgent_score: int = URGENT_SCORE
    quiet: QuietHours | None = None
    digest_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWish:
    """When and where the digest is wanted, entered into a form that was drawn from version `drawn`.

    An empty `channel` is that of the first watch.
    """

    drawn: int
    schedule: Schedule
    channel: str = ""


def digest_goes_to(digest_channel: str, watches: Sequence[Watch]) -> str:
    """Return the channel of the digest: the one that was named, else that of the first watch; empty without either."""
    return digest_channel or next((watch.channel for watch in watches), "")


def team_hours(workspace: Workspace) -> WorkingHours:
    """Return when the team works, for what nobody has taken: office hours on its own clocks."""
    return WorkingHours(zone=workspace.schedule.zone)


def owed_from(at: datetime, watch: Watch, workspace: Workspace) -> Deadline:
    """Return when a reply is due that is owed from `at` on: by the target of the watch, on the team's clocks."""
    return deadline(at, target_of_watch(watch), team_hours(workspace))
