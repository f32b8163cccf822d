"""People who leave the workspace or come back: as Slack tells us, and as it says when we look somebody up."""

import logging
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, ClientFor, reason_of
from handlers.outbox import Outbox
from handlers.payload import Payload
from storage.availability import get_to_know
from storage.database import Database, Tx
from storage.leaving import come_back, leave, matters, owners_to_look_up
from storage.workspaces import listening_workspaces

log = logging.getLogger(__name__)

# Whoever left while the bot was down is found within so long.
ASK_AGAIN = timedelta(days=1)


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


async def look_up_owners(db: Database, client_for: ClientFor, now: datetime) -> None:
    """Ask Slack, once a day each, whether those who have promised a reply are still here, and in which zone."""

    def unknown(tx: Tx) -> list[tuple[str, str]]:
        return [
            (workspace.id, owner)
            for workspace in listening_workspaces(tx)
            for owner in owners_to_look_up(tx, workspace.id, asked_before=now - ASK_AGAIN)
        ]

    for workspace_id, owner in await db.read(unknown):
        await look_up(db, client_for(workspace_id), workspace_id, owner, now)


async def look_up(db: Database, client: AsyncWebClient, workspace_id: str, slack_user: str, now: datetime) -> None:
    """Ask Slack who somebody is, and keep what it says; where it does not say, we ask another time."""
    try:
        answer = await client.users_info(user=slack_user)
    except FAILED_CALL as error:
        log.warning("a person was not looked up", extra={"reason": reason_of(error)})
        return
    user = answer.get("user") or {}
    name, zone = str(user.get("real_name") or user.get("name") or ""), str(user.get("tz") or "")
    await db.transact(lambda tx: get_to_know(tx, workspace_id, slack_user, name=name, zone=zone, at=now))
    await note_seat(db, workspace_id, slack_user, gone=bool(user.get("deleted")), now=now)
