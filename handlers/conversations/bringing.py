"""What both ways of bringing a mention by hand need: the chosen watch, who promises, and where the card stands."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.by_hand import FollowUp
from engagement.sending.outbox import MessageKind
from engagement.watch import Watch
from handlers.clients import FAILED_CALL, reason_of
from handlers.in_place import show_result
from handlers.payload import BadPayloadError, Payload, entered, number_of, team_of, user_of
from handlers.team.people import meet
from handlers.views.blocks import View
from handlers.views.conversations.by_hand import WATCH
from storage.conversations.by_hand import Brought
from storage.database import Database
from storage.sending.messages import find_message

log = logging.getLogger(__name__)

# The card is on its way while somebody waits for the word where it is; what takes longer comes anyway.
LOOKS = 12
LOOK_SECONDS = 0.25


def chosen_watch(body: Payload, watches: list[Watch]) -> Watch:
    """Return the watch that a form names, or the only one there is. Raises BadPayloadError."""
    chosen = entered(body, WATCH)
    found = [watch for watch in watches if not chosen or watch.id == number_of(chosen)]
    if not found or (not chosen and len(watches) > 1):
        raise BadPayloadError("the form names no watch of this workspace")
    return found[0]


async def meet_owner(client: AsyncWebClient, db: Database, body: Payload, follow_up: FollowUp, now: datetime) -> None:
    """Get to know who promises the reply themselves: it is due in their hours."""
    if follow_up is FollowUp.MINE:
        await meet(client, db, team_of(body), user_of(body), now)


async def address_of_card(client: AsyncWebClient, db: Database, conversation_id: int) -> str:
    """Return the address of a card that has just been queued, empty where it is not there soon."""
    for _ in range(LOOKS):
        message = await db.read(lambda tx: find_message(tx, MessageKind.CARD, str(conversation_id)))
        if message and message.ts:
            return await address_of(client, message.channel, message.ts)
        await asyncio.sleep(LOOK_SECONDS)
    return ""


async def show_where(
    client: AsyncWebClient,
    body: Payload,
    db: Database,
    brought: Brought,
    said: Callable[[str], View],
    *,
    settle_seconds: float,
) -> None:
    """Show in the form that was submitted where the card stands; `said` words it by the card's address.

    Not before the acknowledgement has shown its own page: see Pace.
    """
    finding = address_of_card(client, db, brought.conversation_id)
    address, _ = await asyncio.gather(finding, asyncio.sleep(settle_seconds))
    await show_result(client, body, said(address))


async def address_of(client: AsyncWebClient, channel: str, ts: str) -> str:
    """Return the address of a message, empty where Slack does not say."""
    try:
        return str((await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
    except FAILED_CALL as error:
        log.info("no address of a message", extra={"reason": reason_of(error)})
        return ""
