"""A form that a press opens, or a word to whoever pressed, and only them, why there is none to open."""

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.payload import Payload, is_in_home, shown_hash
from handlers.views.blocks import View
from handlers.whisper import whisper
from storage.database import Database


async def open_or_say(client: AsyncWebClient, db: Database, body: Payload, opened: View | str, now: datetime) -> None:
    """Open the form, or say the word where the person stands: in their Home, or by the press."""
    if not isinstance(opened, str):
        await client.views_open(trigger_id=body["trigger_id"], view=opened)
    elif is_in_home(body):
        await show_home(client, db, visit_of(body, now), notice=opened, drawn=shown_hash(body))
    else:
        await whisper(client, body, opened)
