"""The weekly digest as somebody asks for it: of the seven days up to now, in Slack or on a terminal."""

from collections.abc import Sequence
from datetime import datetime

import click

from engagement.listing import Digest
from handlers.clock import utc_now
from handlers.labels import known_label
from handlers.logs import complain
from handlers.plain_text import in_plain_text
from handlers.views.blocks import Message, without_charts
from handlers.views.digest import draw_digest
from settings import Settings
from storage.database import CannotOpenError, Database, Tx, opened
from storage.digests import WEEK, compute_digest
from storage.workspaces import asking_workspace, listening_workspaces


async def draw_digest_now(db: Database, workspace_id: str, now: datetime, labels: Sequence[str] = ()) -> Message:
    """Return the digest of the seven days up to `now`, of one label if one is asked for; or why there is no such."""

    def look(tx: Tx) -> Message | Digest:
        number = known_label(tx, workspace_id, labels)
        if isinstance(number, Message):
            return number
        workspace = asking_workspace(tx, workspace_id)
        label = None if number is None else (number, labels[0])
        return compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now, label=label)

    looked = await db.read(look)
    # Who asks for it alone gets it by a way that tells us nothing of what Slack refused.
    return looked if isinstance(looked, Message) else without_charts(draw_digest(looked))


async def print_digest(settings: Settings) -> int:
    """Print the digest of the last seven days for every workspace."""
    now = utc_now()
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            digests = await db.read(
                lambda tx: [
                    compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now)
                    for workspace in listening_workspaces(tx)
                ]
            )
    except CannotOpenError as error:
        return complain(str(error))
    if not digests:
        return complain("Nobody listens yet: start the bot, or import a watchlist.toml.")
    for digest in digests:
        click.echo(in_plain_text(draw_digest(digest), zone=settings.schedule.zone))
    return 0
