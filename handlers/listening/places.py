"""Places that somebody adds, leaves or wakes; an address is looked at before anything is kept."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.listening.appearances import Appearance
from engagement.listening.places import Listened, Sources
from engagement.listening.source import NewSource
from engagement.watch import Watch
from feeds.places.pasting import find_feeds
from feeds.places.probing import Probed
from feeds.places.unheard import unheard_places
from feeds.secrets import without_secrets
from feeds.typed import as_address
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.in_place import show_result
from handlers.listening.scouts import PROBE_SECONDS, Scouts, tried
from handlers.payload import (
    BadPayloadError,
    Payload,
    entered,
    is_in_home,
    number_of,
    pressed_value,
    read_offer,
    read_value,
    shown_hash,
    team_of,
    ticked,
    user_of,
)
from handlers.views.blocks import Message, View
from handlers.views.listening.places import (
    ADDRESS,
    FOUND,
    LEFT,
    WATCH,
    add_place_modal,
    found_modal,
    leave_modal,
    left_modal,
    listening_modal,
    looking_modal,
)
from handlers.views.listening.sources import draw_sources
from storage.database import Database, Tx
from storage.listening.appearances import appearances_since
from storage.listening.hearing import how_sources_stand
from storage.listening.listening import add_places, leave_place, listened_places, listened_sources
from storage.listening.sources import wake_source
from storage.listening.watches import find_watch, watches_of

NO_ADDRESS = "Please paste an address such as forum.tidewiki.example or https://tidewiki.example/blog"
# How far back to look for places where people talk about us.
APPEARANCES = timedelta(days=28)


def form_to_add(tx: Tx, workspace_id: str) -> View | None:
    """Return the form that asks for an address, None where nothing is listened for."""
    watches = watches_of(tx, workspace_id)
    return add_place_modal(watches) if watches else None


def form_to_leave(tx: Tx, workspace_id: str) -> View | None:
    """Return the form that asks which places to leave, None where none is left."""
    places = listened_places(tx, workspace_id)
    return leave_modal(places) if places else None


# By the button that opens it.
FORMS: Mapping[str, Callable[[Tx, str], View | None]] = {"places.add": form_to_add, "places.leave": form_to_leave}


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons under the list of places, and their forms."""
    for action_id in FORMS:
        app.action(action_id)(open_form)
    app.view("places.look")(look)
    app.view("places.listen")(listen)
    app.view("places.left")(leave)
    app.action("places.wake")(wake)


async def open_form(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    slash_command: str,
    now: datetime,
) -> None:
    """Open the form of a button; where the list was an old one and the form has nothing to ask, draw the list anew."""
    await ack()
    form_of = FORMS[body["actions"][0]["action_id"]]
    form = await db.read(lambda tx: form_of(tx, team_of(body)))
    if form:
        await client.views_open(trigger_id=body["trigger_id"], view=form)
    else:
        await _draw_again(respond, client, db, body, now, slash_command)


async def look(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts) -> None:
    """Find what can be heard at the address, and offer what answered."""
    address = entered(body, ADDRESS)
    if not as_address(address):
        await ack(response_action="errors", errors={ADDRESS: NO_ADDRESS})
        return
    await ack(response_action="update", view=looking_modal(address))
    finding = find_feeds(scouts.visitor(db), scouts.parser, address, scouts.catalogue.pasted, seconds=PROBE_SECONDS)
    probed, _ = await asyncio.gather(finding, asyncio.sleep(scouts.settle_seconds))
    watches = await db.read(lambda tx: watches_of(tx, team_of(body)))
    view = offer(watches, number_of(entered(body, WATCH)), address, probed, now=scouts.clock())
    await show_result(client, body, view)


def offer(watches: Sequence[Watch], watch_id: int, address: str, probed: Sequence[Probed], *, now: datetime) -> View:
    """Return what answered as a form; if nothing did, the first form again with the reason."""
    watch = next((watch for watch in watches if watch.id == watch_id), None)
    found = [(each.proposal.source, tried(each, now=now)) for each in probed if each.heard]
    silent = [tried(each, now=now) for each in probed if not each.heard]
    if watch is not None and found:
        return found_modal(watch, found, silent)
    return add_place_modal(watches, silent=next(iter(silent), None), address=address)


async def listen(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts, now: datetime
) -> None:
    """Listen to the chosen places."""
    watch_id, offered = read_offer(body)
    chosen = [offered[number] for number in map(number_of, ticked(body, FOUND)) if number < len(offered)]
    watch = await db.read(lambda tx: find_watch(tx, watch_id))
    if watch is None or watch.workspace_id != team_of(body):
        raise BadPayloadError("the form names no watch of this workspace")
    by, interval = user_of(body), scouts.poll_every_seconds
    await db.transact(lambda tx: add_places(tx, watch, chosen, interval_seconds=interval, by=by, at=now))
    await ack(response_action="update", view=listening_modal(watch, [source.name for source in chosen]))
    await show_home(client, db, visit_of(body, now))


async def leave(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Listen no more in the chosen places."""
    pairs = [read_value(value) for value in ticked(body, LEFT)]
    team, by = team_of(body), user_of(body)

    def go(tx: Tx) -> list[Listened | None]:
        return [leave_place(tx, team, watch_id=watch, source_id=source, by=by, at=now) for watch, source in pairs]

    left = await db.transact(go)
    await ack(response_action="update", view=left_modal([each for each in left if each]))
    await show_home(client, db, visit_of(body, now))


async def wake(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    slash_command: str,
    now: datetime,
) -> None:
    """Ask a place again that had closed for good, and draw the list anew."""
    await ack()
    source_id, team = number_of(pressed_value(body)), team_of(body)
    await db.transact(lambda tx: wake_source(tx, source_id, workspace_id=team, by=user_of(body), at=now))
    await _draw_again(respond, client, db, body, now, slash_command)


async def draw_places(db: Database, workspace_id: str, now: datetime, *, command: str) -> Message:
    """Return the list of places as it stands: what each is like, and where we appear without listening."""

    def gather(tx: Tx) -> tuple[Sources, list[Appearance], list[NewSource], list[Watch]]:
        return (
            how_sources_stand(tx, workspace_id),
            appearances_since(tx, workspace_id, now - APPEARANCES),
            listened_sources(tx, workspace_id),
            watches_of(tx, workspace_id),
        )

    sources, seen, listened, watches = await db.read(gather)
    sites = [watch.site for watch in watches]
    # Beside the loop: it reads the texts of up to two thousand posts for links.
    unheard = await asyncio.to_thread(unheard_places, seen, listened, sites)
    places = tuple(replace(place, url=without_secrets(place.url)) for place in sources.places)
    return draw_sources(replace(sources, places=places, unheard=tuple(unheard)), command=command)


async def _draw_again(
    respond: AsyncRespond, client: AsyncWebClient, db: Database, body: Payload, now: datetime, command: str
) -> None:
    """Draw what was pressed anew: the list that only the press's own response may change, or the Home."""
    if is_in_home(body):
        await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))
        return
    message = await draw_places(db, team_of(body), now, command=command)
    await respond(text=message.text, blocks=message.blocks, replace_original=True)
