"""Opening the Home, turning its pages and narrowing its lists."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.home import UNTAGGED, Filters, Page, Spot, State, Step, Tab
from engagement.team.labels import as_label, labels_asked
from engagement.understanding.reading import Kind, Tag
from handlers.home.showing import show_home, turn_home
from handlers.home.visit import Visit, visit_of
from handlers.payload import BadPayloadError, Payload, choice_of, number_of, pressed_value, shown_hash
from handlers.views.home.filters import ANY, FILTER, VALUE_LENGTH, WORDS_LENGTH
from storage.database import Database
from storage.homes import find_page, save_page

# The value of a button that turns the page: which way, at which row, and the number of the first row then.
TURN = re.compile(r"(on|back)\|([0-9T:.+-]{20,40})\|(\d{1,18})\|(\d{1,9})", re.ASCII)
# What each menu offers; the empty choice narrows nothing.
OFFERED: Mapping[str, Callable[[str], bool]] = {
    "community": lambda chosen: len(chosen) <= VALUE_LENGTH,
    "label": lambda chosen: chosen == as_label(chosen),
    "tag": frozenset({"", UNTAGGED, *Tag}).__contains__,
    "state": frozenset({"", *State}).__contains__,
    "kind": frozenset({"", *Kind}).__contains__,
}


def register(app: AsyncApp) -> None:
    """Tell Bolt about the Home and its own buttons; those of a row are the card's, those of a setting its form's."""
    app.event("app_home_opened")(open_home)
    app.action(re.compile(r"^home\.tab\.\w+$"))(turn_to_tab)
    app.action(re.compile(r"^home\.turn\.(on|back)$"))(turn_page)
    app.action(re.compile(rf"^{re.escape(FILTER)}\w+$"))(narrow)
    app.action(re.compile(r"^home\.places(\.\w+)?$"))(turn_places)
    app.action("home.clear")(clear)
    app.action("home.unimproved")(show_unimproved)
    # Slack opens the address by itself, and still asks for an acknowledgement.
    app.action("home.open")(acknowledge)


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
    tab = choice_of(Tab, pressed_value(body))
    page = await _page_of(db, visit_of(body, now))
    await turn_home(client, db, visit_of(body, now), page.turned_to(tab), drawn=shown_hash(body))


async def turn_page(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Show the page before or behind."""
    await ack()
    step, spot, first = turn_of(pressed_value(body))
    page = await _page_of(db, visit_of(body, now))
    turned = replace(page, step=step, spot=spot, first=first)
    await turn_home(client, db, visit_of(body, now), turned, drawn=shown_hash(body))


async def turn_places(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Show the places from one on."""
    await ack()
    page = await _page_of(db, visit_of(body, now))
    turned = replace(page.turned_to(Tab.PLACES), first=number_of(pressed_value(body)))
    await turn_home(client, db, visit_of(body, now), turned, drawn=shown_hash(body))


async def narrow(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Narrow Everything by what was chosen."""
    await ack()
    page = await _page_of(db, visit_of(body, now))
    filters = narrowed(page.filters, body["actions"][0])
    await turn_home(client, db, visit_of(body, now), page.narrowed_to(filters), drawn=shown_hash(body))


async def clear(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Narrow Everything by nothing."""
    await ack()
    page = await _page_of(db, visit_of(body, now))
    await turn_home(client, db, visit_of(body, now), page.narrowed_to(Filters()), drawn=shown_hash(body))


async def show_unimproved(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """List what the team reacted to without saying what is to change."""
    await ack()
    page = (await _page_of(db, visit_of(body, now))).turned_to(Tab.EVERYTHING)
    narrowed_page = page.narrowed_to(Filters(state=State.UNIMPROVED))
    await turn_home(client, db, visit_of(body, now), narrowed_page, drawn=shown_hash(body))


async def acknowledge(ack: AsyncAck) -> None:
    """Take note of a press that Slack follows by itself."""
    await ack()


async def _page_of(db: Database, visit: Visit) -> Page:
    return await db.read(lambda tx: find_page(tx, visit.workspace_id, visit.user)) or Page()


def turn_of(value: str) -> tuple[Step, Spot, int]:
    """Return which way to turn at which row, and the number of the first row then. Raises BadPayloadError."""
    found = TURN.fullmatch(value)
    try:
        at = datetime.fromisoformat(found[2]) if found else None
    except ValueError:
        at = None
    if found is None or at is None or at.tzinfo is None:
        raise BadPayloadError("a button turns no page")
    return Step(found[1]), Spot(at=at, id=int(found[3])), int(found[4])


def narrowed(filters: Filters, action: Payload) -> Filters:
    """Return the filters after a choice in one of the menus. Raises BadPayloadError for what no menu offers."""
    name = str(action.get("action_id")).removeprefix(FILTER)
    if name == "words":
        labels, words = labels_asked(str(action.get("value") or ""))
        label = labels[0] if labels else filters.label
        return replace(filters, words=" ".join(words.split())[:WORDS_LENGTH], label=label)
    value = str((action.get("selected_option") or {}).get("value") or ANY)
    chosen = "" if value == ANY else value
    if name == "watch":
        return replace(filters, watch=number_of(chosen) if chosen else 0)
    if name in OFFERED and OFFERED[name](chosen):
        changed: dict[str, Any] = {name: chosen}
        return replace(filters, **changed)
    raise BadPayloadError("no menu of the Home offers that")
