"""The weekly digest: once per workspace and period, also when the bot was down at the hour."""

from datetime import datetime

from engagement.calendar import period_due
from storage.database import Database, Tx
from storage.digests import is_told, queue_digest
from storage.workspaces import all_workspaces


async def tell_what_is_due(db: Database, now: datetime) -> None:
    """Put every digest that is due and was not told yet into the outbox."""
    untold = await db.read(lambda tx: _untold(tx, now))
    if untold:
        await db.transact(lambda tx: _queue(tx, now))


def _untold(tx: Tx, now: datetime) -> bool:
    workspaces = all_workspaces(tx)
    return any(not is_told(tx, each.id, period_due(each.schedule, now)) for each in workspaces)


def _queue(tx: Tx, now: datetime) -> None:
    for workspace in all_workspaces(tx):
        queue_digest(tx, workspace, period_due(workspace.schedule, now), now=now)
