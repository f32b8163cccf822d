"""What to listen for, changed or stopped by somebody: the form, and what it says when somebody else was first."""

from datetime import datetime
from typing import assert_never

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.watch import Watch, WatchChange, WatchChangedBefore, WatchSaved
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.in_place import show_result
from handlers.listening.watch_form import find_problems, is_shown, new_watch, read_form
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    entered,
    number_of,
    pressed_value,
    read_value,
    team_of,
    user_of,
    version_of,
)
from handlers.sending.channels import is_member
from handlers.views.blocks import View
from handlers.views.listening.watch import (
    CHANNEL,
    WATCH,
    form_of,
    gone_modal,
    outdated_modal,
    pick_watch_modal,
    saved_modal,
    stopped_modal,
    watch_modal,
)
from handlers.views.refusals import NOT_INVITED
from storage.database import Database, Tx
from storage.listening.watch_changes import change_watch, stop_watch
from storage.listening.watches import find_listening, watches_of


def register(app: AsyncApp) -> None:
    """Tell Bolt about the form of a watch, and the buttons that lead to it."""
    app.action("watch.change")(open_form)
    app.action("watch.edit")(open_form)
    app.view("watch.picked")(open_picked)
    app.action("watch.more")(unfold)
    app.view("watch.submit")(save)
    app.action("watch.stop")(stop)


def form_to_change(tx: Tx, workspace_id: str) -> View | None:
    """Return the form of the only watch, or the question which one; None where nothing is listened for."""
    watches = watches_of(tx, workspace_id)
    if len(watches) > 1:
        return pick_watch_modal(watches)
    return watch_modal(watches[0]) if watches else None


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Open the form of the watch that the button names, or of the one that there is; in a modal, in its place."""
    await ack()
    team, value = team_of(body), pressed_value(body)
    is_named = body["actions"][0]["action_id"] == "watch.edit"

    def form(tx: Tx) -> View:
        watch = find_listening(tx, team, number_of(value)) if is_named else None
        return watch_modal(watch) if watch else (None if is_named else form_to_change(tx, team)) or gone_modal()

    view = await db.read(form)
    if (body.get("view") or {}).get("type") == "modal":
        await show_result(client, body, view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def open_picked(ack: AsyncAck, body: Payload, db: Database) -> None:
    """Open the form of the watch that was picked."""
    team, picked = team_of(body), number_of(entered(body, WATCH))
    watch = await db.read(lambda tx: find_listening(tx, team, picked))
    await ack(response_action="update", view=watch_modal(watch) if watch else gone_modal())


async def unfold(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Show the rest of the form; what was entered stays."""
    await ack()
    watch = await _watch_of_form(db, body)
    filled = read_form(body, form_of(watch)) if watch else None
    await show_result(client, body, watch_modal(watch, filled, is_unfolded=True) if watch else gone_modal())


async def save(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Change the watch, unless somebody did since the form was opened."""
    watch = await _watch_of_form(db, body)
    if watch is None:
        await ack(response_action="update", view=gone_modal())
        return
    filled = read_form(body, form_of(watch))
    # Slack shows an error only beside a field that is there.
    problems = {field: said for field, said in find_problems(filled).items() if is_shown(body, field)}
    if not problems and filled.channel != watch.channel and not await is_member(client, filled.channel):
        problems = {CHANNEL: NOT_INVITED}
    if problems:
        await ack(response_action="errors", errors=problems)
        return
    new, by, drawn = new_watch(filled, name=watch.name), user_of(body), version_of(body)
    change = await db.transact(lambda tx: change_watch(tx, team_of(body), watch.id, new, drawn=drawn, by=by, at=now))
    has_new_names = bool(set(new.terms.names) - set(watch.terms.names))
    await ack(response_action="update", view=_said(change, has_new_names=has_new_names))
    await show_home(client, db, visit_of(body, now))


async def stop(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Listen for it no more."""
    await ack()
    watch_id, drawn = read_value(pressed_value(body))
    team, by = team_of(body), user_of(body)
    change = await db.transact(lambda tx: stop_watch(tx, team, watch_id, drawn=drawn, by=by, at=now))
    await show_result(client, body, _said(change))
    await show_home(client, db, visit_of(body, now))


def _said(change: WatchChange, *, has_new_names: bool = False) -> View:
    match change:
        case WatchSaved(watch=watch):
            return stopped_modal(watch) if watch.stopped_at else saved_modal(watch, has_new_names=has_new_names)
        case WatchChangedBefore(watch=watch, by=by, at=at):
            return outdated_modal(watch, by, at)
        case None:
            return gone_modal()
        case _:
            assert_never(change)


async def _watch_of_form(db: Database, body: Payload) -> Watch | None:
    watch_id, team = carried(body).get("watch"), team_of(body)
    if not isinstance(watch_id, int):
        raise BadPayloadError("the form names no watch")
    return await db.read(lambda tx: find_listening(tx, team, watch_id))
