"""Getting to know the people of a workspace: their names and zones, as Slack has them."""

import asyncio
import logging
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, reason_of
from storage.availability import get_to_know, is_known
from storage.database import Database

log = logging.getLogger(__name__)

# Somebody waits for their press to count. Without an answer, the hours of the team do.
MEET_SECONDS = 2.0


async def meet(client: AsyncWebClient, db: Database, workspace_id: str, slack_user: str, now: datetime) -> None:
    """Ask Slack who somebody is and where, unless it was asked within the day; they are a teammate then."""
    if not slack_user or await db.read(lambda tx: is_known(tx, workspace_id, slack_user, now=now)):
        return
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
