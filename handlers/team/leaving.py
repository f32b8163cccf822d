"""People who leave the workspace or come back: as Slack tells us, and as it says when we look somebody up."""

from datetime import datetime

from slack_bolt.async_app import AsyncApp

from handlers.payload import Payload
from handlers.sending.outbox import Outbox
from storage.database import Database
from storage.team.leaving import come_back, leave, matters


def register(app: AsyncApp) -> None:
    """Tell Bolt about the event."""
    app.event("user_change")(notice)


async def notice(event: Payload, body: Payload, db: Database, outbox: Outbox, now: datetime) -> None:
    """Note that somebody's seat was taken away, or given back; of every other change nothing."""
    user = event.get("user") or {}
    slack_user, gone = str(user.get("id") or ""), bool(user.get("deleted"))
    if slack_user and await note_seat(db, str(body["team_id"]), slack_user, gone=gone, now=now):
        await outbox.redraw(now)


async def note_seat(db: Database, workspace_id: str, slack_user: str, *, gone: bool, now: datetime) -> bool:
    """Note what Slack says of somebody's seat; False where that is no news, which most changes of people are."""
    if not await db.read(lambda tx: matters(tx, workspace_id, slack_user, deactivated=gone)):
        return False
    settle = leave if gone else come_back
    await db.transact(lambda tx: settle(tx, workspace_id, slack_user, at=now))
    return True
