"""The weekly digest: told once per workspace and period, also when the bot was down at the hour; drawn when asked."""

from datetime import datetime

import click

from engagement.calendar import period_due
from handlers.clock import utc_now
from handlers.logs import complain
from handlers.plain_text import in_plain_text
from handlers.views.blocks import Message
from handlers.views.digest import draw_digest
from settings import Settings
from storage.database import CannotOpenError, Database, Tx, open_database
from storage.digests import WEEK, compute_digest, is_told, queue_digest
from storage.workspaces import all_workspaces, asking_workspace, listening_workspaces


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


async def draw_digest_now(db: Database, workspace_id: str, now: datetime) -> Message:
    """Return the digest of the seven days up to `now`."""
    digest = await db.read(
        lambda tx: compute_digest(tx, asking_workspace(tx, workspace_id), starts_at=now - WEEK, ends_at=now, now=now)
    )
    return draw_digest(digest)


async def print_digest(settings: Settings) -> int:
    """Print the digest of the last seven days for every workspace."""
    try:
        db = open_database(settings.database_url.get_secret_value())
    except CannotOpenError as error:
        return complain(str(error))
    try:
        now = utc_now()
        digests = await db.read(
            lambda tx: [
                compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now)
                for workspace in listening_workspaces(tx)
            ]
        )
    finally:
        db.close()
    if not digests:
        return complain("Nobody listens yet: start the bot, or import a watchlist.toml.")
    for digest in digests:
        click.echo(in_plain_text(draw_digest(digest), zone=settings.schedule.zone))
    return 0
