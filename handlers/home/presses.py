"""Opening the Home and turning its pages."""

import re
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.home import Page, Tab
from handlers.home.showing import show_home, turn_home
from handlers.home.visit import Visit, visit_of
from handlers.payload import BadPayloadError, Payload, pressed_value, shown_hash
from storage.database import Database
from storage.homes import find_page, save_page


def register(app: AsyncApp) -> None:
    """Tell Bolt about the Home and its own buttons; those of a row are the card's, those of a setting its form's."""
    app.event("app_home_opened")(open_home)
    app.action(re.compile(r"^home\.tab\.\d+$"))(turn_to_tab)


async def open_home(event: Payload, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Draw the Home of whoever looks at it, as they left it."""
    if event.get("tab", "home") != "home":
        return
    visit = Visit(workspace_id=str(body["team_id"]), user=str(event["user"]), now=now)

    if await db.read(lambda tx: find_page(tx, visit.workspace_id, visit.user)) is None:
        await db.transact(lambda tx: save_page(tx, visit.workspace_id, visit.user, Page()))
    await show_home(client, db, visit)


async def turn_to_tab(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Open a tab on its first page."""
    await ack()
    visit, tab = visit_of(body, now), tab_of(pressed_value(body))
    page = await db.read(lambda tx: find_page(tx, visit.workspace_id, visit.user))
    await turn_home(client, db, visit, (page or Page()).turned_to(tab), drawn=shown_hash(body))


def tab_of(value: str) -> Tab:
    """Return the tab that a button names. Raises BadPayloadError."""
    try:
        return Tab(value)
    except ValueError as error:
        raise BadPayloadError("no tab is called that") from error
