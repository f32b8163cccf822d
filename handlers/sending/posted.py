"""A message in its channel: posted, changed, and found again in the history where nobody answered the call."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from engagement.sending.outbox import UNDRAWABLE, OutMessage
from handlers.clients import CALL_SECONDS, error_of
from handlers.views.blocks import Message, without_charts

# Ours and Slack's clock may disagree.
CLOCK_SKEW = timedelta(minutes=2)
# A call that nobody answered is given up after so long; what it posted stands there by then, or soon after.
CALL_AT_MOST = timedelta(seconds=CALL_SECONDS)
# What a page holds where Slack limits history most (apps distributed outside its Marketplace).
PAGE = 15
PAGES_AT_MOST = 10


async def post(client: AsyncWebClient, message: OutMessage, drawn: Message) -> tuple[str, str]:
    """Post `drawn` as `message`; return its ts and, where that is not its channel, the conversation it stands in."""
    answer = await client.chat_postMessage(
        channel=message.channel,
        text=drawn.text,
        blocks=drawn.blocks or None,
        thread_ts=message.thread_ts or None,
        metadata=metadata_of(message),
        unfurl_links=False,
        unfurl_media=False,
    )
    stands_in = str(answer.get("channel") or message.channel)
    return str(answer["ts"]), "" if stands_in == message.channel else stands_in


async def update(client: AsyncWebClient, message: OutMessage, drawn: Message) -> None:
    """Have `message`, which was posted, say what is `drawn`; without its charts where Slack refuses them."""
    try:
        await _change(client, message, drawn)
    except SlackApiError as error:
        plainer = without_charts(drawn)
        if error_of(error) not in UNDRAWABLE or plainer == drawn:
            raise
        await _change(client, message, plainer)


async def _change(client: AsyncWebClient, message: OutMessage, drawn: Message) -> None:
    await client.chat_update(
        # Slack takes a person's id to post to, and not to change what was posted (chat.update).
        channel=message.stands_in or message.channel,
        ts=message.ts,
        text=drawn.text,
        blocks=drawn.blocks,
        metadata=metadata_of(message),
    )


def block_id_of(message: OutMessage) -> str:
    """Return the first block's id: it names the message in the channel's history, should metadata not."""
    return f"two-ears-{message.id}"


def metadata_of(message: OutMessage) -> dict[str, object]:
    """Return what names the message in the channel's history, beside the first block's id."""
    return {
        "event_type": "two_ears_message",
        "event_payload": {"kind": message.kind.value, "subject_id": message.subject, "message": block_id_of(message)},
    }


async def find_in_history(client: AsyncWebClient, message: OutMessage) -> str:
    """Return the ts under which `message` stands in its channel or thread, empty when it does not.

    By metadata, else by the first block's id: histories have been seen without metadata. Raises SlackApiError.
    Only the minutes around the call are read, so that what was said since, while the bot was away, hides nothing.
    """
    try:
        async for posted in history(client, message):
            if is_ours(posted, message):
                return str(posted["ts"])
    except SlackApiError as error:
        # Somebody deleted the card: nothing stands in its thread.
        if error_of(error) != "thread_not_found":
            raise
    return ""


def is_ours(posted: dict[str, Any], message: OutMessage) -> bool:
    """Return whether a message of the history is `message`."""
    return by_metadata(posted, message) or by_block_id(posted, message)


def by_metadata(posted: dict[str, Any], message: OutMessage) -> bool:
    """Return whether the metadata of a message of the history names `message`."""
    payload = (posted.get("metadata") or {}).get("event_payload") or {}
    return bool(payload.get("message") == block_id_of(message))


def by_block_id(posted: dict[str, Any], message: OutMessage) -> bool:
    """Return whether the first block of a message of the history names `message`."""
    first = (posted.get("blocks") or [{}])[0]
    return bool(first.get("block_id") == block_id_of(message))


async def history(client: AsyncWebClient, message: OutMessage) -> AsyncIterator[dict[str, Any]]:
    """Go through what stands in the channel or thread of `message` around the minute of its call."""
    cursor: str | None = None
    for _ in range(PAGES_AT_MOST):
        page = await _page(client, message, cursor)
        for posted in page.get("messages") or []:
            yield posted
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


async def _page(client: AsyncWebClient, message: OutMessage, cursor: str | None) -> AsyncSlackResponse:
    tried_at = message.tried_at or message.created_at
    span: dict[str, Any] = {
        "channel": message.channel,
        "oldest": str((tried_at - CLOCK_SKEW).timestamp()),
        "latest": str((tried_at + CALL_AT_MOST + CLOCK_SKEW).timestamp()),
        "limit": PAGE,
        "cursor": cursor,
        "include_all_metadata": True,
    }
    if message.thread_ts:
        return await client.conversations_replies(ts=message.thread_ts, **span)
    return await client.conversations_history(**span)
