"""From nothing to listening: the hello, the form, and the choice among the places that answered."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.sending.outbox import MessageKind
from engagement.watch import Watch
from feeds.places.proposing import propose
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.in_place import show_result
from handlers.listening.scouts import Scouts
from handlers.listening.setting_up import keep_places, post_found, try_places
from handlers.listening.watch_form import find_problems, is_shown, new_watch, read_form
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    channel_of,
    channel_of_form,
    number_of,
    pressed_value,
    team_of,
    ticked,
    user_of,
)
from handlers.sending.channels import is_member
from handlers.views.listening.setup import (
    PLACES,
    listening_modal,
    no_more_places_modal,
    settled_modal,
    start_modal,
    trying_modal,
)
from handlers.views.listening.watch import CHANNEL, NAMES, WatchForm, gone_modal
from handlers.views.refusals import NOT_INVITED
from storage.database import Database, Tx
from storage.listening.listening import sources_of
from storage.listening.watches import find_watch, has_watch_in, save_watch, watches_of
from storage.sending.messages import queue_message, try_channel_now


def register(app: AsyncApp) -> None:
    """Tell Bolt about the hello and the forms."""
    app.event("member_joined_channel")(say_hello)
    app.action("setup.start")(open_form)
    app.action("setup.more")(unfold)
    app.view("setup.submit")(start_listening)
    app.view("setup.listen")(listen)
    app.view_closed("setup.listen")(listen_everywhere)
    app.action("watch.find_places")(find_places)


async def say_hello(event: Payload, body: Payload, db: Database, bot_user: str, now: datetime) -> None:
    """Say hello once when the bot itself was invited to a channel without a watch."""
    if event.get("user") != bot_user:
        return
    workspace_id, channel = str(body["team_id"]), str(event["channel"])

    def hello(tx: Tx) -> None:
        try_channel_now(tx, workspace_id, channel, at=now)
        if not has_watch_in(tx, workspace_id, channel):
            queue_message(
                tx, workspace_id=workspace_id, channel=channel, kind=MessageKind.HELLO, subject=channel, at=now
            )

    await db.transact(hello)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, slash_command: str) -> None:
    """Open the form of set-up."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=start_modal(channel_of(body), command=slash_command))


async def unfold(ack: AsyncAck, body: Payload, client: AsyncWebClient, slash_command: str) -> None:
    """Show the rest of the form; what was entered stays."""
    await ack()
    channel = channel_of_form(body)
    filled = read_form(body, WatchForm(channel=channel))
    await show_result(client, body, start_modal(channel, command=slash_command, filled=filled, is_unfolded=True))


async def start_listening(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    db: Database,
    scouts: Scouts,
    now: datetime,
) -> None:
    """Make the watch, try the proposed places at once, and ask in which of those that answered to listen."""
    filled, team, by = read_form(body, WatchForm(channel=channel_of_form(body))), team_of(body), user_of(body)
    problems = find_problems(filled)
    if not problems:
        problems = await db.read(lambda tx: _taken(tx, team, new_watch(filled).name))
    if not problems and not await is_member(client, filled.channel):
        problems = {CHANNEL if is_shown(body, CHANNEL) else NAMES: NOT_INVITED}
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    new = new_watch(filled)
    proposals = propose(new.terms.names, new.site, scouts.catalogue.places)
    view = trying_modal(new.terms.names, [proposal.name for proposal in proposals])
    await ack(response_action="update", view=view)
    watch = await db.transact(lambda tx: save_watch(tx, team, new, by=by, at=now))
    await show_home(client, db, visit_of(body, now))
    await try_places(client, body, db, scouts, watch, proposals)


def _taken(tx: Tx, workspace_id: str, name: str) -> dict[str, str]:
    """Return what is wrong where another watch has the name: that one is changed, not overwritten unseen."""
    if all(watch.name != name for watch in watches_of(tx, workspace_id)):
        return {}
    return {NAMES: f"I listen for {name} already. Change it in my Home, under Settings, or put another name first."}


async def find_places(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts) -> None:
    """Try the places that a watch could listen to, and does not yet."""
    await ack()
    watch_id, team = number_of(pressed_value(body)), team_of(body)

    def look(tx: Tx) -> tuple[Watch | None, set[str]]:
        return find_watch(tx, watch_id), {source.url for source in sources_of(tx, watch_id)}

    watch, known = await db.read(look)
    if watch is None or watch.workspace_id != team or watch.stopped_at:
        await show_result(client, body, gone_modal())
        return
    proposals = propose(watch.terms.names, watch.site, scouts.catalogue.places)
    proposals = [proposal for proposal in proposals if proposal.url not in known]
    if not proposals:
        await show_result(client, body, no_more_places_modal(watch))
        return
    await show_result(client, body, trying_modal(watch.terms.names, [proposal.name for proposal in proposals]))
    await try_places(client, body, db, scouts, watch, proposals)


async def listen(ack: AsyncAck, body: Payload, db: Database, scouts: Scouts, slash_command: str, now: datetime) -> None:
    """Listen in the chosen places, and post what was found there."""
    fields = [field for field in body["view"]["state"]["values"] if field.startswith(PLACES)]
    chosen = frozenset(number_of(value) for field in fields for value in ticked(body, field))
    if not chosen:
        words = "Please choose at least one, or close this to listen in all of them."
        await ack(response_action="errors", errors={f"{PLACES}0": words})
        return
    team, by = team_of(body), user_of(body)
    kept = await keep_places(db, scouts, _setup_of(body), workspace_id=team, chosen=chosen, by=by, at=now)
    await ack(
        response_action="update",
        view=listening_modal(kept.watch, places=kept.places) if kept else settled_modal(slash_command),
    )
    await post_found(db, scouts, kept)


async def listen_everywhere(ack: AsyncAck, body: Payload, db: Database, scouts: Scouts, now: datetime) -> None:
    """Listen in all places that answered: whoever closes the question has asked to listen all the same."""
    await ack()
    team, by = team_of(body), user_of(body)
    await post_found(db, scouts, await keep_places(db, scouts, _setup_of(body), workspace_id=team, by=by, at=now))


def _setup_of(body: Payload) -> int:
    setup_id = carried(body).get("setup")
    if not isinstance(setup_id, int):
        raise BadPayloadError("the form names no set-up")
    return setup_id
