"""`bot.py retriage`: what was read by older rules is read anew, newest first, a batch at a time."""

import asyncio
from functools import partial

import click

from engagement.prose import times
from engagement.understanding.reading import Reading
from engagement.understanding.rereading import Reread
from handlers.checks.findings import Finding
from handlers.clock import Clock, utc_now
from handlers.logs import complain
from handlers.progress import bar_of
from settings import Settings
from storage.database import CannotOpenError, Database, opened
from storage.understanding.rereading import OldReadings, Reached, count_old_readings, next_old_readings, read_anew
from triage.read import RULES_VERSION, read, read_again

# Some 50 ms of the writer's time: a click waits no longer than that.
AT_ONCE = 50


async def read_history_anew(settings: Settings) -> int:
    """Read anew what older rules have read, and say what changed. Broken off, it goes on from there the next time."""
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            done = await retriage(db, clock=utc_now)
    except CannotOpenError as error:
        return complain(str(error))
    click.echo(say_reread(done))
    return 0


async def retriage(db: Database, *, clock: Clock) -> Reread:
    """Read anew what older rules have read, each batch in a transaction of its own, and return what changed."""
    old = await db.read(lambda tx: count_old_readings(tx, rules=RULES_VERSION))
    done, reached = Reread(), Reached(rules=RULES_VERSION)
    with bar_of("Reading", old) as advance:
        while batch := await db.read(partial(next_old_readings, reached=reached, limit=AT_ONCE)):
            # Beside the loop and in no transaction: about a millisecond a mention.
            fresh = await asyncio.to_thread(_read_all, batch)
            done += await db.transact(partial(read_anew, fresh=fresh, settle=read_again, at=clock()))
            done += Reread(left=len(batch.mentions) - len(fresh))
            reached = batch.reached
            advance(len(batch.mentions))
    return done


def _read_all(batch: OldReadings) -> dict[int, Reading]:
    return {
        mention.id: read(mention.stored.post, watch, batch.learned[watch.workspace_id])
        for mention, watch in batch.mentions
        if watch is not None
    }


def say_reread(done: Reread) -> str:
    """Return what was done in one or two sentences."""
    left = f" {times(done.left, 'mention')} left as they are: their watch cannot be read." if done.left else ""
    if not done.count:
        return (left or "Nothing to do: every mention was read by the rules of this version.").strip()
    changed = ", ".join(
        f"{count:,} {what}"
        for count, what in (
            (done.suggestions, "with another suggestion"),
            (done.moods, "with another mood"),
            (done.kinds, "of another kind"),
        )
    )
    cards = f" {times(done.cards, 'card')} will be redrawn." if done.cards else ""
    return f"{times(done.count, 'mention')} read anew, {changed}.{cards}{left}"


def finding_of_old_readings(count: int) -> Finding:
    """Return what `check` says of mentions that older rules have read: nothing is wrong, but it could be better."""
    advice = f"{times(count, 'mention')} read by the rules of an older version; bot.py retriage reads them anew"
    return Finding(ok=True, subject="Readings", advice=advice)
