"""What the running bot does by the clock: each job at its own pace, until told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from itertools import count

from engagement.dataclass import dataclass
from handlers.app import Desk
from handlers.clients import ClientFor
from handlers.clock import Job, Jobs
from handlers.indexing import index_the_rest
from handlers.listening.setting_up import settle_what_was_left
from handlers.pace import Pace
from handlers.polling.issues import IssueWatcher
from handlers.polling.poll import Poller
from handlers.polling.theme_reading import read_for_themes
from handlers.polling.unseen import tell_what_is_unseen
from handlers.records.forgetting import forget_the_rest
from handlers.sending.telling import (
    remind_of_what_is_due,
    tell_alerts_due,
    tell_digests_due,
    tell_rollups_due,
    tell_troubles_due,
    wake_what_is_due,
)
from handlers.sending.webhook import Webhook
from handlers.team.people import look_up_owners
from handlers.understanding.unsure import ask_what_is_unsure
from handlers.understanding.weighing import weigh_the_rest
from handlers.watchdog import NoConnectionError, Watchdog
from storage.database import Database

log = logging.getLogger(__name__)
Tell = Callable[[Database, datetime], Awaitable[None]]

# A place may take a minute to answer or to fail; meanwhile others fall due.
POLLS_AT_ONCE = 100
# A thread that is slow to answer holds up no other.
LOOKS_SIDE_BY_SIDE = 5
DRAIN_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """Everything that has something to do by the clock; `webhook` is None where nobody asked for one."""

    poller: Poller
    desk: Desk
    watchdog: Watchdog
    webhook: Webhook | None
    client_for: ClientFor


async def work(at: Working, stop: asyncio.Event, *, pace: Pace, look_seconds: float) -> None:
    """Run the jobs until `stop` is set, then let what is under way end.

    A connection that cannot be healed stops everything: NoConnectionError.
    """
    jobs, looked, lost = Jobs(), asyncio.Event(), list[NoConnectionError]()
    _listen(jobs, at, looked, pace)
    _send(jobs, at, pace)
    _tell_what_is_due(jobs, at, looked, pace)
    _catch_up(jobs, at, pace)
    jobs.every(look_seconds, _watching(at.watchdog, lost, stop), name="watchdog")
    jobs.start()
    log.info("listening", extra={"command": at.desk.command})
    await stop.wait()
    jobs.pause()
    await _drain(at.desk)
    jobs.stop()
    if lost:
        raise lost[0]


def _listen(jobs: Jobs, at: Working, looked: asyncio.Event, pace: Pace) -> None:
    """Have `jobs` ask places, threads and issues; the first poll sets `looked`."""
    polls = count()

    async def poll() -> None:
        number = next(polls)
        try:
            await at.poller.poll_due()
        finally:
            # Polls run side by side: the second finds nothing due while the first still waits for slow places.
            if number == 0:
                looked.set()

    issues = IssueWatcher(poller=at.poller)
    jobs.every(pace.poll, poll, name="poll", at_once=POLLS_AT_ONCE)
    jobs.every(pace.threads, _after(looked, at.desk.looker.look_due), name="looks", at_once=LOOKS_SIDE_BY_SIDE)
    jobs.every(pace.issues, _after(looked, issues.ask_due), name="issues")


def _send(jobs: Jobs, at: Working, pace: Pace) -> None:
    """Have `jobs` empty the outbox, and the one of the webhook."""

    async def send() -> None:
        await at.desk.outbox.work(at.desk.clock())

    async def tell_others(webhook: Webhook) -> None:
        await webhook.work(at.desk.clock())

    jobs.every(pace.send, send, name="send")
    if at.webhook is not None:
        jobs.every(pace.events, partial(tell_others, at.webhook), name="events")


def _tell_what_is_due(jobs: Jobs, at: Working, looked: asyncio.Event, pace: Pace) -> None:
    """Have `jobs` put what is due into the outbox; some of it once the places were `looked` at.

    After a pause nothing was heard within the hour: a digest would say so and no more, and a surge that goes on would
    seem to be over.
    """
    poller, desk = at.poller, at.desk

    def look(tell: Tell) -> Job:
        async def look_for_it() -> None:
            await tell(poller.db, desk.clock())

        return look_for_it

    def look_later(tell: Tell) -> Job:
        return _after(looked, look(tell))

    jobs.every(pace.troubles, look(tell_troubles_due), name="troubles")
    jobs.every(pace.alerts, look_later(tell_alerts_due), name="alerts")
    jobs.every(pace.roll_ups, look(partial(tell_rollups_due, limits=poller.limits)), name="roll-ups")
    jobs.every(pace.snoozes, look(partial(tell_what_is_unseen, catalogue=desk.scouts.catalogue)), name="unseen")
    jobs.every(pace.snoozes, look(wake_what_is_due), name="snoozes")
    jobs.every(pace.reminders, look_later(remind_of_what_is_due), name="reminders")
    jobs.every(pace.digests, look_later(partial(tell_digests_due, looker=desk.looker)), name="digest")
    jobs.every(pace.digests, look_later(ask_what_is_unsure), name="unsure")
    jobs.every(pace.set_ups, look(partial(settle_what_was_left, scouts=desk.scouts)), name="set-ups")


def _catch_up(jobs: Jobs, at: Working, pace: Pace) -> None:
    """Have `jobs` do what follows later: the search's index, themes, weights, whom to forget, who is still here."""
    db, clock = at.poller.db, at.desk.clock
    started_at = clock()

    async def index() -> None:
        await index_the_rest(db)

    async def read_themes() -> None:
        await read_for_themes(db)

    async def weigh() -> None:
        await weigh_the_rest(db)

    async def ask_who_is_here() -> None:
        await look_up_owners(db, at.client_for, clock(), since=started_at)

    async def forget() -> None:
        await forget_the_rest(db)

    jobs.every(pace.index, index, name="index")
    jobs.every(pace.themes, forget, name="forget")
    jobs.every(pace.themes, read_themes, name="themes")
    jobs.every(pace.themes, weigh, name="weights")
    jobs.every(pace.people, ask_who_is_here, name="people")


def _watching(watchdog: Watchdog, lost: list[NoConnectionError], stop: asyncio.Event) -> Job:
    async def watch() -> None:
        try:
            await watchdog.look()
        except NoConnectionError as error:
            lost.append(error)
            stop.set()

    return watch


def _after(looked: asyncio.Event, job: Job) -> Job:
    """Return a job that waits, before it runs, until the places were `looked` at."""

    async def run_afterwards() -> None:
        await looked.wait()
        await job()

    return run_afterwards


async def _drain(desk: Desk) -> None:
    """Let what people have just pressed and what is on its way end; listeners first, because they put things out."""
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + DRAIN_SECONDS
    await desk.at_work.end(within=DRAIN_SECONDS)
    await desk.outbox.drain(max(0, ends_at - loop.time()))
