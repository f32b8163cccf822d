"""What channels are told without having asked: alerts, roll-ups, the digest, what is back from a snooze, troubles."""

import logging
from collections.abc import Sequence
from datetime import datetime

from engagement.calendar import period_due
from engagement.calm.brake import BrakeLimits
from handlers.polling.looks import DIGEST_SECONDS, Looker
from handlers.polling.theme_reading import read_for_themes
from storage.calm.alerts import alerts_to_tell, end_surges, surges_over, tell_alerts
from storage.calm.rollups_due import bundles_due, tell_rollups
from storage.conversations.snoozes import is_any_snooze_over, wake
from storage.database import Database, Tx
from storage.digest.digests import is_untold, queue_digest
from storage.listening.telling import channels_to_tell, tell_troubles
from storage.turns.reminders import remind, reminders_due
from storage.workspaces import all_workspaces

log = logging.getLogger(__name__)


async def tell_digests_due(db: Database, now: datetime, *, looker: Looker) -> None:
    """Put every digest that is due into the outbox, once per period, also where the bot was down at the hour.

    The threads of those it would name are looked at before; nothing that happens there keeps it from going out.
    """
    untold = await db.read(lambda tx: _untold(tx, now))
    if untold:
        await look_before(looker, untold)
        # What came with the latest polls, after a pause above all, is counted too.
        await read_for_themes(db)
        told_at = looker.clock()
        await db.transact(lambda tx: _queue(tx, told_at))


async def look_before(looker: Looker, workspace_ids: Sequence[str], *, seconds: float = DIGEST_SECONDS) -> None:
    """Look at whom a digest would name; an error of ours is logged, and costs the look alone."""
    try:
        await looker.look_before_digest(workspace_ids, seconds=seconds)
    except Exception:
        log.exception("threads not looked at before a digest")


async def tell_rollups_due(db: Database, now: datetime, *, limits: BrakeLimits) -> None:
    """Put every roll-up that is due into the outbox; let out what need not wait any more, as far as the brake lets."""
    if await db.read(lambda tx: bundles_due(tx, now=now)):
        await db.transact(lambda tx: tell_rollups(tx, limits=limits, now=now))


async def remind_of_what_is_due(db: Database, now: datetime) -> None:
    """Remind people of their promises, once a day, and tell channels of what nobody has, once."""
    if await db.read(lambda tx: reminders_due(tx, now=now)):
        await db.transact(lambda tx: remind(tx, now=now))


async def wake_what_is_due(db: Database, now: datetime) -> None:
    """Bring back every conversation that was put aside until now."""
    if await db.read(lambda tx: is_any_snooze_over(tx, now=now)):
        await db.transact(lambda tx: wake(tx, now=now))


async def tell_alerts_due(db: Database, now: datetime) -> None:
    """Put what is urgent into the outbox, once and not in quiet hours; have a surge that is over say so."""
    if await db.read(lambda tx: alerts_to_tell(tx, now=now)):
        await db.transact(lambda tx: tell_alerts(tx, now=now))
    if await db.read(lambda tx: surges_over(tx, now=now)):
        await db.transact(lambda tx: end_surges(tx, now=now))


async def tell_troubles_due(db: Database, now: datetime) -> None:
    """Put what channels are to be told of troubles now into the outbox."""
    if await db.read(lambda tx: channels_to_tell(tx, now=now)):
        await db.transact(lambda tx: tell_troubles(tx, now=now))


def _untold(tx: Tx, now: datetime) -> list[str]:
    workspaces = all_workspaces(tx)
    return [each.id for each in workspaces if is_untold(tx, each.id, period_due(each.schedule, now))]


def _queue(tx: Tx, now: datetime) -> None:
    for workspace in all_workspaces(tx):
        queue_digest(tx, workspace, period_due(workspace.schedule, now), now=now)
