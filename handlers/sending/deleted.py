"""A card that somebody deleted by hand comes back only if somebody asks for it."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.payload import Payload, pressed_value, read_value, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.views.refusals import say_card_stands
from handlers.whisper import whisper
from storage.database import Database
from storage.sending.lost import post_card_again


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button."""
    app.action("card.again")(post_again)


async def post_again(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Post the card again, unless it stands already."""
    await ack()
    conversation_id, _ = read_value(pressed_value(body))
    team, by = team_of(body), user_of(body)
    posted = await db.transact(lambda tx: post_card_again(tx, conversation_id, workspace_id=team, by=by, at=now))
    if not posted:
        await whisper(client, body, say_card_stands())
    await outbox.redraw(now)
