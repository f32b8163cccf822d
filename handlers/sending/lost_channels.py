"""Channels that we lose and find again: what Slack tells us of them, and posting elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.sending.channels import Loss, LostChannel
from handlers.payload import Payload, carried, entered, number_of, pressed_value, team_of, user_of
from handlers.sending.channels import is_member
from handlers.sending.outbox import Outbox
from handlers.views.blocks import modal, section
from handlers.views.refusals import NOT_INVITED, say_mended_before
from handlers.views.sending.lost_channel import CHANNEL, move_modal
from storage.database import Database, Tx
from storage.sending.channels import find_channel_again, find_lost_channel, lose_channel
from storage.sending.elsewhere import post_elsewhere

LOSS_OF_EVENT: Final[Mapping[str, Loss]] = {
    "channel_archive": Loss.ARCHIVED,
    "channel_left": Loss.REMOVED,
    "channel_deleted": Loss.GONE,
}


def register(app: AsyncApp) -> None:
    """Tell Bolt about the events of channels, and the button of what we say of them."""
    for event in LOSS_OF_EVENT:
        app.event(event)(lose)
    app.event("channel_unarchive")(find_again)
    app.action("channel.move")(ask_where)
    app.view("channel.moved")(move)


async def lose(event: Payload, body: Payload, db: Database, now: datetime) -> None:
    """Note that a channel is lost, and have those who listen there told."""
    loss = LOSS_OF_EVENT[event["type"]]
    workspace_id, channel = team_of(body), str(event["channel"])
    await db.transact(lambda tx: lose_channel(tx, workspace_id, channel, loss, at=now))


async def find_again(event: Payload, body: Payload, db: Database, outbox: Outbox, now: datetime) -> None:
    """Note that a channel is open again."""
    workspace_id, channel = team_of(body), str(event["channel"])
    await db.transact(lambda tx: find_channel_again(tx, workspace_id, channel, at=now))
    await outbox.redraw(now)


async def ask_where(ack: AsyncAck, body: Payload, client: AsyncWebClient, respond: AsyncRespond, db: Database) -> None:
    """Open the form that asks where to post instead."""
    await ack()
    lost = await _find(db, pressed_value(body), team_of(body))
    if lost is None or lost.back_at:
        await respond(text=say_mended_before(), response_type="ephemeral", replace_original=False)
        return
    await client.views_open(trigger_id=body["trigger_id"], view=move_modal(lost))


async def move(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Post to the chosen channel from now on, if we are a member there."""
    channel, by = entered(body, CHANNEL), user_of(body)
    if not await is_member(client, channel):
        await ack(response_action="errors", errors={CHANNEL: NOT_INVITED})
        return
    lost = await _find(db, carried(body).get("lost"), team_of(body))

    def post_there(tx: Tx) -> bool:
        return lost is not None and post_elsewhere(tx, lost, channel, by=by, at=now)

    if await db.transact(post_there):
        await ack()
        await outbox.redraw(now)
    else:
        await ack(response_action="update", view=modal("Post elsewhere", [section(say_mended_before())]))


async def _find(db: Database, number: object, workspace_id: str) -> LostChannel | None:
    lost_id = number_of(number)
    lost = await db.read(lambda tx: find_lost_channel(tx, lost_id))
    return lost if lost and lost.workspace_id == workspace_id else None
