"""Quiet hours: they hold back what would ring (direct messages, alerts), never a card."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engagement.workspace import QuietHours, Workspace

# Today, or tomorrow where the end of today has passed.
DAYS_TO_AN_END = 2


def is_quiet(workspace: Workspace, now: datetime, *, zone: ZoneInfo | None = None) -> bool:
    """Return whether nobody is to be rung for at `now` (aware), on the workspace's clock or that of `zone`."""
    return workspace.quiet is not None and _holds(workspace.quiet, now.astimezone(zone or workspace.schedule.zone))


def quiet_until(workspace: Workspace, now: datetime, *, zone: ZoneInfo | None = None) -> datetime:
    """Return the first moment from `now` on that is not quiet, as aware UTC: `now` itself unless it is quiet.

    Where the clock jumps over the hour at which quiet ends, it ends with the jump.
    """
    if workspace.quiet is None or not is_quiet(workspace, now, zone=zone):
        return now.astimezone(UTC)
    zone = zone or workspace.schedule.zone
    today = now.astimezone(zone).date()
    end = time(workspace.quiet.to_hour)
    ends = [
        datetime.combine(today + timedelta(days=days), end, tzinfo=zone).astimezone(UTC)
        for days in range(DAYS_TO_AN_END)
    ]
    return next(each for each in ends if each > now)


def _holds(quiet: QuietHours, local: datetime) -> bool:
    if quiet.from_hour < quiet.to_hour:
        return quiet.from_hour <= local.hour < quiet.to_hour
    return local.hour >= quiet.from_hour or local.hour < quiet.to_hour
