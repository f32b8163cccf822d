"""Noise lists in the settings and behind the form of a watch: changed by their form; what they left out, looked at."""

from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.noise import NOISE_SCOPES, BadEntry, Entry, NoiseLists, entry_of, read_entries
from engagement.watch import Watch
from handlers.home.showing import end_form
from handlers.in_place import show_result
from handlers.payload import BadPayloadError, Payload, carried, entered, number_of, pressed_value, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View
from handlers.views.home import noise as views
from handlers.views.listening.watch import gone_modal
from handlers.views.mrkdwn import channel
from handlers.views.refusals import OUTDATED
from storage.calm.noise import find_noise, left_out, left_out_lately, save_noise, show_left_out
from storage.database import Database, Tx
from storage.listening.watches import find_listening, watches_of

SHOWN_BEFORE: Final = "It is shown already: somebody was first."


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons of the noise lists, and their forms."""
    app.action("settings.noise")(open_lists)
    app.view("settings.noise_submit")(save)
    app.action("watch.noise")(open_lists_of_watch)
    app.view("watch.noise_submit")(save)
    app.action("noise.left_out")(open_left_out)
    app.action(views.SHOW)(show)


async def open_lists(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Ask what is noise for all watches."""
    await ack()
    lists = await db.read(lambda tx: find_noise(tx, team_of(body), now=now))
    await client.views_open(trigger_id=body["trigger_id"], view=views.noise_modal(lists))


async def open_lists_of_watch(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime
) -> None:
    """Ask what is noise for one watch, above its form: what was entered there stays."""
    await ack()
    team, watch_id = team_of(body), number_of(pressed_value(body))

    def form(tx: Tx) -> View:
        watch = find_listening(tx, team, watch_id)
        return views.noise_modal(find_noise(tx, team, watch_id=watch.id, now=now), watch) if watch else gone_modal()

    await client.views_push(trigger_id=body["trigger_id"], view=await db.read(form))


async def save(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have the lists be as they were entered, unless somebody changed them since the form was drawn."""
    team, by, about = team_of(body), user_of(body), carried(body)
    watch_id, drawn = about.get("watch"), about.get("version")
    if not isinstance(watch_id, int) or not isinstance(drawn, str):
        raise BadPayloadError("the form does not say what it was drawn from")
    lists, watches = await db.read(lambda tx: (find_noise(tx, team, watch_id=watch_id, now=now), watches_of(tx, team)))
    if watch_id and watch_id not in {watch.id for watch in watches}:
        await ack(response_action="update", view=gone_modal())
        return
    entries, problems = read_lists(body, lists, [watch for watch in watches if watch_id in (0, watch.id)])
    if not problems and not await db.transact(
        lambda tx: save_noise(tx, team, entries, watch_id=watch_id, drawn=drawn, by=by, at=now)
    ):
        problems = {NOISE_SCOPES[0].value: OUTDATED}
    await end_form(ack, body, client, db, problems, now)
    await outbox.redraw(now)


def read_lists(body: Payload, lists: NoiseLists, watches: list[Watch]) -> tuple[list[Entry], dict[str, str]]:
    """Return what was entered, and what is wrong with it under the field's name."""
    known = {entry_of(mute) for mute in lists.shown}
    names = [name for watch in watches for name in watch.terms.names]
    entries: list[Entry] = []
    problems: dict[str, str] = {}
    for scope in NOISE_SCOPES:
        read = read_entries(scope, entered(body, scope.value), known=known, names=names)
        if isinstance(read, BadEntry):
            problems[scope.value] = read.problem
        else:
            entries += read
    return entries, problems


async def open_left_out(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """List what was left out lately."""
    await ack()
    team = team_of(body)
    view = await db.read(lambda tx: _left_out(tx, team, now=now))
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def show(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have one that was left out be shown after all, and draw the list without it."""
    await ack()
    mention_id, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    shown = await db.transact(lambda tx: show_left_out(tx, team, mention_id, by=by, at=now))
    said = f"It is on its way to {channel(shown.channel)}." if shown else SHOWN_BEFORE
    view = await db.read(lambda tx: _left_out(tx, team, now=now, said=said))
    await show_result(client, body, view)
    await outbox.redraw(now)


def _left_out(tx: Tx, team: str, *, now: datetime, said: str = "") -> View:
    latest = left_out(tx, team, limit=views.LEFT_OUT_AT_MOST + 1)
    this_week = left_out_lately(tx, team, now=now)
    return views.left_out_modal(latest, this_week=this_week, said=said)
