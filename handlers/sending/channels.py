"""Channels: by name, because people write #mentions and Slack wants an id; and whether we are in one."""

import asyncio
import re

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, NO_ANSWER, word_of

CHANNEL_ID = re.compile(r"^[CG][A-Z0-9]{6,}$")
PAGE = 200
# Slack waits three seconds for what is wrong with a form.
LOOK_SECONDS = 1.5


class BadChannelError(Exception):
    """No such channel; the message says which are there."""


async def channels_by_id(client: AsyncWebClient) -> dict[str, str]:
    """Return the name of every public channel under its id. Raises SlackApiError."""
    names: dict[str, str] = {}
    cursor: str | None = None
    while True:
        page = await client.conversations_list(types="public_channel", exclude_archived=True, limit=PAGE, cursor=cursor)
        names |= {str(each["id"]): str(each["name"]) for each in page.get("channels") or []}
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return names


async def find_channel(client: AsyncWebClient, wanted: str) -> str:
    """Return the id of the channel called `wanted` (with or without #), or given by id. Raises BadChannelError."""
    if CHANNEL_ID.match(wanted):
        return wanted
    channels = await channels_by_id(client)
    name = wanted.removeprefix("#").lower()
    found = [channel for channel, each in channels.items() if each.lower() == name]
    if not found:
        near = ", ".join(f"#{each}" for each in sorted(channels.values())[:10])
        raise BadChannelError(f"There is no public channel #{name} in this workspace. There is: {near or 'none'}.")
    return found[0]


async def channel_names(client: AsyncWebClient) -> dict[str, str]:
    """Return names under their ids, as far as Slack answers."""
    try:
        return await channels_by_id(client)
    except FAILED_CALL:
        return {}


async def is_member(client: AsyncWebClient, channel: str) -> bool:
    """Return whether we may post to the channel of that id; where Slack does not say in time, the outbox finds out."""
    if not channel.startswith(("C", "G")):
        return False
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            found = (await client.conversations_info(channel=channel)).get("channel") or {}
    except SlackApiError as error:
        return word_of(error) != "channel_not_found"
    except (*NO_ANSWER, TimeoutError):
        return True
    return bool(found.get("is_member")) and not found.get("is_archived")
