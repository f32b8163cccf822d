"""The running bot: everything opened, in the order it is needed, until told to stop."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from functools import partial
from itertools import count
from typing import TypeVar

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from feeds.parsing.worker import Parser
from feeds.places.catalogue import CatalogueError, load_catalogue
from handlers.app import Desk, build_app
from handlers.clients import UNHELPFUL, ClientFor, posting_client, refusal, talking_client
from handlers.clock import Job, Jobs, utc_now
from handlers.draw import draw
from handlers.indexing import index_the_rest
from handlers.install import install
from handlers.issues import IssueWatcher
from handlers.logs import complain
from handlers.looks import Looker
from handlers.opening import open_poller
from handlers.outbox import Outbox
from handlers.pace import PACE, Pace
from handlers.people import look_up_owners
from handlers.poll import Poller
from handlers.scouts import Scouts
from handlers.setting_up import settle_what_was_left
from handlers.telling import (
    remind_of_what_is_due,
    tell_alerts_due,
    tell_digests_due,
    tell_rollups_due,
    tell_troubles_due,
    wake_what_is_due,
)
from handlers.theme_reading import read_for_themes
from handlers.unseen import tell_what_is_unseen
from handlers.unsure import ask_what_is_unsure
from handlers.watchdog import PATIENCE, NoConnectionError, Patience, Watchdog
from handlers.webhook import Webhook, open_receiver
from settings import Settings
from storage.database import CannotOpenError, Database
from storage.webhook import listen_for_events
from triage.read import make_ready

log = logging.getLogger(__name__)
T = TypeVar("T")
Tell = Callable[[Database, datetime], Awaitable[None]]

# A place may take a minute to answer or to fail; meanwhile others fall due.
POLLS_AT_ONCE = 100
# A thread that is slow to answer holds up no other.
LOOKS_SIDE_BY_SIDE = 5
DRAIN_SECONDS = 2.0
# A thread that computes lets the loop in after 1 ms instead of Python's 5 ms: a click passes several such moments.
SWITCH_SECONDS = 0.001


async def run_until_stopped(settings: Settings) -> int:
    """Run the bot until Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    try:
        await run_bot(settings, stop)
    except (CannotOpenError, CatalogueError, NoConnectionError) as error:
        return complain(str(error))
    except UNHELPFUL as error:
        return complain(refusal(error, settings))
    return 0


async def run_bot(
    settings: Settings,
    stop: asyncio.Event,
    *,
    patience: Patience = PATIENCE,
    pace: Pace = PACE,
    parser: Parser | None = None,
) -> None:
    """Run until `stop` is set. Raises NoConnectionError when Slack cannot be reached any more.

    What cannot be used ends it at the start: CannotOpenError, CatalogueError. The parser is one of its own unless it is
    given one.
    """
    async with open_poller(settings, parser) as poller, open_receiver(settings) as receiver:
        db = poller.db
        client = talking_client(settings)
        installed = await _unless(stop, install(db, client, settings))
        if installed is None:
            return
        await db.transact(
            lambda tx: listen_for_events(tx, installed.workspace_id, at=utc_now(), wanted=receiver is not None)
        )
        webhook = Webhook(db, receiver, workspace_id=installed.workspace_id) if receiver else None
        drawing = partial(draw, command=settings.slack_command)
        outbox = Outbox(db, _only(posting_client(settings)), draw=drawing, channel_gap=pace.channel_gap)
        scouts = Scouts(
            catalogue=load_catalogue(settings.places_file),
            fetcher=poller.fetcher,
            parser=poller.parser,
            intake=poller.intake,
            poll_every_seconds=settings.poll_every_seconds,
            manners=poller.manners,
            settle_seconds=pace.settle,
        )
        desk = Desk(
            db=db,
            looker=Looker(poller=poller, threads=scouts.catalogue.threads),
            outbox=outbox,
            scouts=scouts,
            limits=poller.limits,
            command=settings.slack_command,
            bot_user=installed.bot_user,
            clock=utc_now,
        )
        socket = AsyncSocketModeHandler(
            build_app(client, desk),
            settings.slack_app_token.get_secret_value(),
            web_client=client,
            ping_interval=patience.ping,
        )
        make_ready()
        _favour_clicks()
        try:
            if await _unless(stop, _connect(socket, patience)):
                watchdog = Watchdog(socket.client, silent_seconds=patience.silent, reconnect_seconds=patience.reconnect)
                await _tick(
                    settings, poller, desk, watchdog, stop, webhook=webhook, pace=pace, look_seconds=patience.look
                )
        finally:
            await _close(socket)
            # What came while the connection closed is acknowledged to nobody.
            await desk.at_work.end(within=0)


def _favour_clicks() -> None:
    """Keep what runs beside the loop from holding up a click; called once, when everything is loaded.

    A full garbage collection of what the libraries have loaded (100,000 objects) stops everything for 50 ms and more,
    each time the heap has grown by a quarter. None of that ever becomes garbage: frozen, it is not looked at again.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()


async def _connect(socket: AsyncSocketModeHandler, patience: Patience) -> bool:
    """Connect, or raise SlackApiError for a token that Slack refuses.

    The SDK would try a bad token and an address that has expired again for ever; here each try has its own address.
    """
    client = socket.client
    while True:
        answer = await client.web_client.apps_connections_open(app_token=client.app_token)
        client.wss_uri = str(answer["url"])
        try:
            async with asyncio.timeout(patience.reconnect):
                await socket.connect_async()
        except TimeoutError:
            log.warning("no connection to Slack; asking for a new address")
        else:
            return True


async def _unless(stop: asyncio.Event, doing: Coroutine[None, None, T]) -> T | None:
    """Return what comes of `doing`, None when `stop` is set before it is done: Ctrl-C waits for no server."""
    done, stopped = asyncio.create_task(doing), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((done, stopped), return_when=asyncio.FIRST_COMPLETED)
        return done.result() if done.done() else None
    finally:
        done.cancel()
        stopped.cancel()


async def _tick(
    settings: Settings,
    poller: Poller,
    desk: Desk,
    watchdog: Watchdog,
    stop: asyncio.Event,
    *,
    webhook: Webhook | None,
    pace: Pace,
    look_seconds: float,
) -> None:
    """Run the jobs until `stop` is set; a connection that cannot be healed stops everything."""
    lost: list[NoConnectionError] = []
    looked = asyncio.Event()
    client_for, started_at = _only(talking_client(settings)), utc_now()

    polls = count()

    async def poll() -> None:
        number = next(polls)
        try:
            await poller.poll_due()
        finally:
            # Polls run side by side: the second finds nothing due while the first still waits for slow places.
            if number == 0:
                looked.set()

    async def send() -> None:
        await desk.outbox.work(utc_now())

    async def index() -> None:
        await index_the_rest(poller.db)

    async def read_themes() -> None:
        await read_for_themes(poller.db)

    async def ask_who_is_here() -> None:
        await look_up_owners(poller.db, client_for, utc_now(), since=started_at)

    async def watch() -> None:
        try:
            await watchdog.look()
        except NoConnectionError as error:
            lost.append(error)
            stop.set()

    jobs = Jobs()
    jobs.every(pace.poll, poll, name="poll", at_once=POLLS_AT_ONCE)
    jobs.every(pace.send, send, name="send")
    _tell_others(jobs, webhook, pace)
    _tell_what_is_due(jobs, poller, desk, looked, pace)
    jobs.every(pace.threads, _once(looked, desk.looker.look_due), name="looks", at_once=LOOKS_SIDE_BY_SIDE)
    jobs.every(pace.issues, _once(looked, IssueWatcher(poller=poller).ask_due), name="issues")
    jobs.every(pace.index, index, name="index")
    jobs.every(pace.themes, read_themes, name="themes")
    jobs.every(pace.people, ask_who_is_here, name="people")
    jobs.every(look_seconds, watch, name="watchdog")
    jobs.start()
    log.info("listening", extra={"command": settings.slack_command})
    await stop.wait()
    jobs.pause()
    await _drain(desk)
    jobs.stop()
    if lost:
        raise lost[0]


async def _drain(desk: Desk) -> None:
    """Let what people have just pressed and what is on its way end; listeners first, because they put things out."""
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + DRAIN_SECONDS
    await desk.at_work.end(within=DRAIN_SECONDS)
    await desk.outbox.drain(max(0, ends_at - loop.time()))


def _tell_others(jobs: Jobs, webhook: Webhook | None, pace: Pace) -> None:
    """Have `jobs` send what the webhook has to tell, where there is one."""
    if webhook is None:
        return

    async def tell() -> None:
        await webhook.work(utc_now())

    jobs.every(pace.events, tell, name="events")


def _once(looked: asyncio.Event, job: Job) -> Job:
    """Return a job that waits, before it runs, until the places were `looked` at."""

    async def run_afterwards() -> None:
        await looked.wait()
        await job()

    return run_afterwards


def _tell_what_is_due(jobs: Jobs, poller: Poller, desk: Desk, looked: asyncio.Event, pace: Pace) -> None:
    """Have `jobs` put what is due into the outbox; some of it once the places were `looked` at.

    After a pause nothing was heard within the hour: a digest would say so and no more, and a surge that goes on would
    seem to be over.
    """

    def look(tell: Tell, *, after: asyncio.Event | None = None) -> Job:
        async def look_for_it() -> None:
            if after:
                await after.wait()
            await tell(poller.db, utc_now())

        return look_for_it

    jobs.every(pace.troubles, look(tell_troubles_due), name="troubles")
    jobs.every(pace.alerts, look(tell_alerts_due, after=looked), name="alerts")
    jobs.every(pace.roll_ups, look(partial(tell_rollups_due, limits=poller.limits)), name="roll-ups")
    jobs.every(pace.snoozes, look(partial(tell_what_is_unseen, catalogue=desk.scouts.catalogue)), name="unseen")
    jobs.every(pace.snoozes, look(wake_what_is_due), name="snoozes")
    jobs.every(pace.reminders, look(remind_of_what_is_due, after=looked), name="reminders")
    jobs.every(pace.digests, look(partial(tell_digests_due, looker=desk.looker), after=looked), name="digest")
    jobs.every(pace.digests, look(ask_what_is_unsure, after=looked), name="unsure")
    jobs.every(pace.set_ups, look(partial(settle_what_was_left, scouts=desk.scouts)), name="set-ups")


async def _close(socket: AsyncSocketModeHandler) -> None:
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            await socket.close_async()
    except TimeoutError:
        log.warning("the connection to Slack did not close in time")


def _only(client: AsyncWebClient) -> ClientFor:
    """Return the one client we have: one token, one workspace."""
    return lambda _workspace_id: client


def stop_on_signals(stop: asyncio.Event) -> None:
    """Have Ctrl-C and a supervisor's SIGTERM set `stop`."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
