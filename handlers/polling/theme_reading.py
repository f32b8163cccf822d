"""Mentions read for themes while the bot runs, a few at a time, so that no click waits."""

from functools import partial

from storage.database import Database
from storage.improvements.theme_reading import read_some
from triage.themes import ThemeFinder

# Some 20 ms of the writer's time.
AT_ONCE = 50


async def read_for_themes(db: Database) -> None:
    """Read until nothing is left; broken off, it goes on where it was."""
    while await db.transact(partial(read_some, finder_of=lambda themes: ThemeFinder(themes).find, limit=AT_ONCE)):
        pass
