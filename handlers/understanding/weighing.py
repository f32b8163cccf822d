"""What lists by priority are ordered by, where much is to be asked for anew: few at a time, so that no click waits."""

from functools import partial

from storage.database import Database
from storage.understanding.weights import is_any_to_weigh, weigh_some

# Some 20 ms of the writer's time.
AT_ONCE = 50


async def weigh_the_rest(db: Database) -> None:
    """Weigh what an upgrade, or another outcome of a watch, left to weigh; broken off, it goes on where it was."""
    if await db.read(is_any_to_weigh):
        while await db.transact(partial(weigh_some, limit=AT_ONCE)):
            pass
