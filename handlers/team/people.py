"""Getting to know the people of a workspace: their names and zones, as Slack has them."""

import asyncio
import logging
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, ClientFor, reason_of
from handlers.team.leaving import note_seat
from storage.database import Database, Tx
from storage.team.availability import KNOWN_FOR, get_to_know, is_known
from storage.team.leaving import owners_to_look_up
from storage.workspaces import listening_workspaces

log = logging.getLogger(__name__)

# Somebody waits for their press to count. Without an answer, the hours of the team do.
MEET_SECONDS = 2.0


async def meet(client: AsyncWebClient, db: Database, workspace_id: str, slack_user: str, now: datetime) -> None:
    """Ask Slack who somebody is and where, unless it was asked within the day; they are a teammate then."""
    if slack_user and not await db.read(lambda tx: is_known(tx, workspace_id, slack_user, now=now)):
        await ask_slack(client, db, workspace_id, slack_user, now)


async def ask_slack(client: AsyncWebClient, db: Database, workspace_id: str, slack_user: str, now: datetime) -> None:
    """Keep what Slack says of somebody, also that they have left; where it does not say, we ask another time."""
    try:
        async with asyncio.timeout(MEET_SECONDS):
            person = (await client.users_info(user=slack_user))["user"]
    except FAILED_CALL as error:
        log.warning("Slack did not say who somebody is", extra={"user": slack_user, "reason": reason_of(error)})
        return
    profile = person.get("profile") or {}
    name = str(profile.get("display_name") or person.get("real_name") or person.get("name") or "")
    zone = str(person.get("tz") or "")
    await db.transact(lambda tx: get_to_know(tx, workspace_id, slack_user, name=name, zone=zone, at=now))
    await note_seat(db, workspace_id, slack_user, gone=bool(person.get("deleted")), now=now)


async def look_up_owners(db: Database, client_for: ClientFor, now: datetime, *, since: datetime) -> None:
    """Ask Slack whether those who have promised a reply are still here: once a day each, and once `since` we started.

    So we find who left while the bot was down.
    """
    asked_before = max(since, now - KNOWN_FOR)

    def unsure(tx: Tx) -> list[tuple[str, str]]:
        return [
            (workspace.id, owner)
            for workspace in listening_workspaces(tx)
            for owner in owners_to_look_up(tx, workspace.id, asked_before=asked_before)
        ]

    for workspace_id, owner in await db.read(unsure):
        await ask_slack(client_for(workspace_id), db, workspace_id, owner, now)
