"""Mentions from before there was a search: indexed while the bot runs, few at a time, so that no click waits."""

from functools import partial

from storage.database import Database
from storage.records.words import index_some

# Some 20 ms of the writer's time.
AT_ONCE = 50


async def index_the_rest(db: Database) -> None:
    """Index until nothing is left; broken off, it goes on where it was."""
    while await db.transact(partial(index_some, limit=AT_ONCE)):
        pass
