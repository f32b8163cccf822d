"""`bot.py check --live CHANNEL`: what only a real Slack can prove, with one message that is gone again afterwards.

The outbox finds a message whose fate it does not know by its metadata or by its first block's id. That a history
carries both is what Slack's documentation says; this looks.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from engagement.dataclass import dataclass
from engagement.product import PRODUCT
from engagement.sending.outbox import LOOKS, MessageKind, MessageState, OutMessage
from handlers.checks.findings import Finding, Tell, why_not_there
from handlers.clients import FAILED_CALL
from handlers.clock import utc_now
from handlers.sending.channels import CHANNEL_ID, BadChannelError, find_channel
from handlers.sending.posted import block_id_of, by_block_id, by_metadata, history, post, update
from handlers.views import blocks
from handlers.views.blocks import Message, with_block_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The one message of a live check, as it was posted."""

    client: AsyncWebClient
    message: OutMessage


async def check_live(client: AsyncWebClient, wanted: str, tell: Tell) -> None:
    """Post a message to the channel called `wanted` (name or id), find it, change it, delete it; tell of each step."""
    name = as_written(wanted)
    subject = f"A message to {name}"
    try:
        message = _a_message(await find_channel(client, wanted))
        ts, _ = await post(client, message, _drawn(message, "goes away by itself"))
    except BadChannelError as error:
        tell(Finding(ok=False, subject=subject, advice=str(error)))
        return
    except FAILED_CALL as error:
        tell(Finding(ok=False, subject=subject, advice=why_not_there(error, client.base_url, name)))
        return
    tell(Finding(ok=True, subject=subject, advice="posted"))
    trial = Trial(client=client, message=replace(message, ts=ts))
    for step in (find, change, delete):
        try:
            finding = await step(trial)
        except FAILED_CALL as error:
            reason = f"did not work: {why_not_there(error, client.base_url, name)}"
            finding = Finding(ok=False, subject=f"{subject}, {step.__name__}", advice=reason)
        tell(finding)


def as_written(channel: str) -> str:
    """Return a channel (name with or without #, or id) as people write it."""
    return channel if CHANNEL_ID.match(channel) else f"#{channel.removeprefix('#')}"


async def find(trial: Trial) -> Finding:
    """Look for the message in the channel's history, and say whether its metadata or its block's id leads to it."""
    subject = "Found again in the history"
    found = await _in_history(trial)
    if found is None:
        waited = sum(LOOKS, timedelta(0)).total_seconds()
        return Finding(
            ok=False, subject=subject, advice=f"it is not there after {waited:g} seconds; run the check again"
        )
    match by_metadata(found, trial.message), by_block_id(found, trial.message):
        case True, True:
            return Finding(ok=True, subject=subject, advice="by its metadata, and by its block's id")
        case True, False:
            return Finding(ok=True, subject=subject, advice="by its metadata, not by its block's id; one is enough")
        case False, True:
            return Finding(ok=True, subject=subject, advice="by its block's id, not by its metadata; one is enough")
    return Finding(
        ok=False,
        subject=subject,
        advice="neither by its metadata nor by its block's id; after a crash a card could come twice, "
        f"please tell {PRODUCT}'s developers",
    )


async def change(trial: Trial) -> Finding:
    """Change the message as a redraw does."""
    drawn = _drawn(trial.message, "was changed, and goes away by itself")
    await update(trial.client, trial.message, drawn)
    found = await _in_history(trial)
    changed = found is not None and found.get("text") == drawn.text
    return Finding(ok=changed, subject="Changed", advice="" if changed else "the history has the old text")


async def delete(trial: Trial) -> Finding:
    """Take the message away."""
    await trial.client.chat_delete(channel=trial.message.channel, ts=trial.message.ts)
    return Finding(ok=True, subject="Deleted")


async def _in_history(trial: Trial) -> dict[str, Any] | None:
    """Return the message as the history has it: it may show up there some seconds late."""
    for wait in (timedelta(0), *LOOKS):
        await asyncio.sleep(wait.total_seconds())
        async for posted in history(trial.client, trial.message):
            if posted.get("ts") == trial.message.ts:
                return posted
    return None


def _a_message(channel: str) -> OutMessage:
    """Return a row as the outbox has them, with a number far from those of the table."""
    now = utc_now()
    return OutMessage(
        id=int(now.timestamp() * 1000),
        workspace_id="",
        channel=channel,
        kind=MessageKind.HELLO,
        subject="check",
        state=MessageState.SENDING,
        created_at=now,
        not_before=now,
    )


def _drawn(message: OutMessage, fate: str) -> Message:
    text = f"{PRODUCT} is being checked. This message {fate}."
    return with_block_id(Message(text=text, blocks=[blocks.section(text)]), block_id_of(message))
