"""The running bot: everything opened, in the order it is needed, and closed again when told to stop."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Coroutine
from functools import partial
from typing import TypeVar

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from feeds.parsing.worker import Parser
from feeds.places.catalogue import CatalogueError, load_catalogue
from handlers.app import Desk, build_app
from handlers.clients import UNHELPFUL, ClientFor, posting_client, refusal, talking_client
from handlers.clock import Clock, utc_now
from handlers.install import install
from handlers.listening.scouts import Scouts
from handlers.logs import complain
from handlers.pace import PACE, Pace
from handlers.polling.looks import Looker
from handlers.polling.opening import open_poller
from handlers.polling.poll import Poller
from handlers.sending.draw import draw
from handlers.sending.outbox import Outbox
from handlers.sending.webhook import Webhook, open_receiver
from handlers.understanding.bad_queries import tell_bad_queries
from handlers.watchdog import PATIENCE, NoConnectionError, Patience, Watchdog
from handlers.working import DRAIN_SECONDS, Working, work
from settings import Settings
from storage.database import CannotOpenError
from storage.sending.webhook import listen_for_events
from triage.read import make_ready

log = logging.getLogger(__name__)
T = TypeVar("T")

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
    clock: Clock = utc_now,
) -> None:
    """Run until `stop` is set. Raises NoConnectionError when Slack cannot be reached any more.

    What cannot be used ends it at the start: CannotOpenError, CatalogueError. The parser is one of its own unless it is
    given one. What is due is so by `clock`; how often that is looked at, and how long Slack may take, never.
    """
    async with open_poller(settings, parser, clock=clock) as poller, open_receiver(settings) as receiver:
        db = poller.db
        client = talking_client(settings)
        installed = await _unless(stop, install(db, client, settings, at=clock()))
        if installed is None:
            return
        await db.transact(
            lambda tx: listen_for_events(tx, installed.workspace_id, at=clock(), wanted=receiver is not None)
        )
        await db.transact(lambda tx: tell_bad_queries(tx, at=clock()))
        webhook = Webhook(db, receiver, workspace_id=installed.workspace_id) if receiver else None
        drawing = partial(draw, command=settings.slack_command)
        outbox = Outbox(db, _only(posting_client(settings)), draw=drawing, channel_gap=pace.channel_gap)
        desk = _desk(settings, poller, outbox, bot_user=installed.bot_user, pace=pace)
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
                jobs = Working(poller=poller, desk=desk, watchdog=watchdog, webhook=webhook, client_for=_only(client))
                await work(jobs, stop, pace=pace, look_seconds=patience.look)
        finally:
            await _close(socket)
            # What came while the connection closed is acknowledged to nobody.
            await desk.at_work.end(within=0)


def _desk(settings: Settings, poller: Poller, outbox: Outbox, *, bot_user: str, pace: Pace) -> Desk:
    """Return what the listeners work with: what polls, fetches and posts, each once."""
    scouts = Scouts(
        catalogue=load_catalogue(settings.places_file),
        fetcher=poller.fetcher,
        parser=poller.parser,
        intake=poller.intake,
        poll_every_seconds=settings.poll_every_seconds,
        manners=poller.manners,
        clock=poller.clock,
        settle_seconds=pace.settle,
    )
    return Desk(
        db=poller.db,
        looker=Looker(poller=poller, threads=scouts.catalogue.threads),
        outbox=outbox,
        scouts=scouts,
        limits=poller.limits,
        command=settings.slack_command,
        bot_user=bot_user,
        clock=poller.clock,
    )


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
