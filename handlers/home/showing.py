"""The Home drawn from the rows and published; whoever changes what it shows asks for that here."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from engagement.home import Listed, Page, State, Tab
from engagement.listening.places import Sources
from feeds.secrets import without_secrets
from handlers.clients import word_of
from handlers.home.settings.sections import sections
from handlers.home.visit import Visit, visit_of
from handlers.payload import Payload
from handlers.views.blocks import Block, View
from handlers.views.home.filters import OPTIONS_AT_MOST, Choices
from handlers.views.home.frame import draw_first_home, draw_home
from handlers.views.home.places import draw_places
from handlers.views.home.rows import draw_everything, draw_mine, draw_unowned
from handlers.views.home.settings import draw_settings
from storage.conversations.queue import (
    COUNTED_AT_MOST,
    communities_of,
    count_mine,
    count_unowned,
    everything,
    mine,
    needs_someone,
    put_aside,
)
from storage.database import Database, Tx
from storage.digest.own_weeks import own_weeks
from storage.homes import find_page, save_page
from storage.improvements.demands import count_unimproved
from storage.listening.hearing import how_sources_stand
from storage.listening.watches import watches_of
from storage.team.labels import labels_of
from storage.understanding.weights import why_it_matters
from storage.workspaces import asking_workspace

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


async def end_form(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, problems: Mapping[str, str], now: datetime
) -> None:
    """Close a form and draw the Home anew; where there are problems, it stays and says each under its field."""
    if problems:
        await ack(response_action="errors", errors=dict(problems))
        return
    await ack()
    await show_home(client, db, visit_of(body, now))


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
    watches = watches_of(tx, visit.workspace_id)
    if not watches:
        return draw_first_home(notice=notice)
    counts = {
        Tab.MINE: count_mine(tx, visit.workspace_id, visit.user),
        Tab.UNOWNED: count_unowned(tx, visit.workspace_id),
    }
    return draw_home(page.tab, _shown(tx, visit, page, counts), counts=counts, notice=notice)


def _shown(tx: Tx, visit: Visit, page: Page, counts: Mapping[Tab, int]) -> list[Block]:
    """Return what stands below the tabs."""
    match page.tab:
        case Tab.SETTINGS:
            return draw_settings(sections(tx, visit))
        case Tab.PLACES:
            return draw_places(_places(tx, visit), first=page.first)
        case Tab.MINE | Tab.UNOWNED | Tab.EVERYTHING:
            return _queue(tx, visit, page, counts)
        case _:
            assert_never(page.tab)


def _places(tx: Tx, visit: Visit) -> Sources:
    sources = how_sources_stand(tx, visit.workspace_id)
    return replace(sources, places=tuple(replace(place, url=without_secrets(place.url)) for place in sources.places))


def _queue(tx: Tx, visit: Visit, page: Page, counts: Mapping[Tab, int]) -> list[Block]:
    """Return a page of a list; one behind the last row, which others emptied, is the first one again."""
    url = asking_workspace(tx, visit.workspace_id).url
    listed = _listed(tx, visit, page)
    if not listed.rows and page.spot:
        listed = _listed(tx, visit, page.turned_to(page.tab))
    total = counts.get(page.tab, COUNTED_AT_MOST)
    listed = replace(listed, total=total if total < COUNTED_AT_MOST else None)
    if page.tab is Tab.MINE:
        aside = put_aside(tx, visit.workspace_id, visit.user)
        own = own_weeks(tx, visit.workspace_id, visit.user, now=visit.now)
        return draw_mine(listed, aside, unowned=counts[Tab.UNOWNED], team_url=url, now=visit.now, own=own)
    unimproved = count_unimproved(tx, visit.workspace_id)
    if page.tab is Tab.UNOWNED:
        first = why_it_matters(tx, listed.rows[0].line.conversation_id, now=visit.now) if listed.rows else None
        return draw_unowned(listed, first=first, unimproved=unimproved, team_url=url, now=visit.now)
    choices = _choices(tx, visit)
    shown = page.filters.state == State.UNIMPROVED
    return draw_everything(listed, page, choices, unimproved=0 if shown else unimproved, team_url=url, now=visit.now)


def _listed(tx: Tx, visit: Visit, page: Page) -> Listed:
    match page.tab:
        case Tab.MINE:
            return mine(tx, visit.workspace_id, visit.user, page)
        case Tab.UNOWNED:
            return needs_someone(tx, visit.workspace_id, page)
        case _:
            return everything(tx, visit.workspace_id, page)


def _choices(tx: Tx, visit: Visit) -> Choices:
    return Choices(
        watches=[(watch.id, watch.name) for watch in watches_of(tx, visit.workspace_id)],
        communities=communities_of(tx, visit.workspace_id, limit=OPTIONS_AT_MOST),
        labels=[label.name for label in labels_of(tx, visit.workspace_id)],
    )
