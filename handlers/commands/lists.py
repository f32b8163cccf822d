"""The short lists that only one person sees: what they promised, and who waits for us."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from engagement.home import Page
from engagement.listing import LIST_ROWS, Waiting
from engagement.understanding.priority import Priority
from handlers.views.blocks import Message
from handlers.views.lists import MINE, WAITING, draw_mine, draw_waiting
from storage.conversations.queue import count_mine, count_unowned, mine
from storage.conversations.waiting import count_waiting, waiting_for_us
from storage.database import Database, Tx
from storage.understanding.weights import why_it_matters


async def draw_mine_now(db: Database, workspace_id: str, user: str, now: datetime) -> Message:
    """Return what the person has promised, as it stands."""

    def gather(tx: Tx) -> tuple[list[Waiting], int, int]:
        listed = mine(tx, workspace_id, user, Page()).rows[:LIST_ROWS]
        return [each.line for each in listed], count_mine(tx, workspace_id, user), count_unowned(tx, workspace_id)

    rows, total, unowned = await db.read(gather)
    return draw_mine(rows, more=total - len(rows), unowned=unowned, now=now)


async def draw_waiting_now(db: Database, workspace_id: str, _user: str, now: datetime) -> Message:
    """Return who waits for us, as it stands."""

    def gather(tx: Tx) -> tuple[list[Waiting], int, Priority | None]:
        rows = waiting_for_us(tx, workspace_id, limit=LIST_ROWS)
        first = why_it_matters(tx, rows[0].conversation_id, now=now) if rows else None
        return rows, count_waiting(tx, workspace_id), first

    rows, total, first = await db.read(gather)
    return draw_waiting(rows, more=total - len(rows), first=first, now=now)


# By the beginning of the block_id of their rows: a press in one of them draws that list anew.
Drawn = Callable[[Database, str, str, datetime], Awaitable[Message]]
LISTS: Mapping[str, Drawn] = {MINE: draw_mine_now, WAITING: draw_waiting_now}
