"""The Home drawn from the rows and published; whoever changes what it shows asks for that here."""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from engagement.home import Page
from handlers.clients import word_of
from handlers.home.settings import sections
from handlers.home.visit import Visit
from handlers.views.blocks import View
from handlers.views.home.frame import draw_first_home, draw_home
from handlers.views.home.settings import draw_settings
from storage.database import Database, Tx
from storage.homes import find_page, save_page
from storage.watches import watches_of

log = logging.getLogger(__name__)


async def show_home(
    client: AsyncWebClient, db: Database, visit: Visit, *, notice: str = "", drawn: str | None = None
) -> None:
    """Draw the person's Home anew, unless they have never opened it.

    `drawn` is the hash of the view that was pressed, `notice` a line (escaped) for this once. Two presses at the same
    moment draw it twice: whoever finds that it was drawn meanwhile reads the rows again, so that what is drawn last
    was read last.
    """
    view = await db.read(lambda tx: draw(tx, visit, notice=notice))
    if view is None:
        return
    try:
        await client.views_publish(user_id=visit.user, view=view, hash=drawn)
    except SlackApiError as error:
        if word_of(error) != "hash_conflict":
            raise
        log.info("the home was drawn meanwhile")
        await show_home(client, db, visit, notice=notice)


async def turn_home(
    client: AsyncWebClient, db: Database, visit: Visit, page: Page, *, drawn: str | None = None
) -> None:
    """Show another page of the Home, and remember that this is what the person looks at."""
    await db.transact(lambda tx: save_page(tx, visit.workspace_id, visit.user, page))
    await show_home(client, db, visit, drawn=drawn)


def draw(tx: Tx, visit: Visit, *, notice: str = "") -> View | None:
    """Return the person's Home as the rows stand, None where they have never opened it."""
    page = find_page(tx, visit.workspace_id, visit.user)
    if page is None:
        return None
    if not watches_of(tx, visit.workspace_id):
        return draw_first_home(notice=notice)
    return draw_home(page.tab, draw_settings(sections(tx, visit)), notice=notice)
