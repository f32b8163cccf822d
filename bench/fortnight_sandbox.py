"""A fortnight through the whole bot: its feeds on loopback, the bot as it runs, and the sandbox as its Slack.

Nothing waits for real hours: the bot and the sandbox live by a clock that passes as ours does, and leaps to the next
hour in which something happens once everything of this one is polled, posted and pressed. What comes of it is read off
the channel.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from fortnight_channel import Channel
from fortnight_feeds import open_feeds
from fortnight_play import ASKED_AT, LOOKS_AT, TEAM, set_up
from fortnight_team import Team
from fortnight_world import BEGINS, Fortnight, hours_of

from engagement.calendar import day_begun
from engagement.watch import NewWatch
from feeds.parsing.worker import Parser
from handlers.pace import Pace
from handlers.run import run_bot
from sandbox.actor import Actor
from sandbox.manifest import APP_TOKEN, BOT_TOKEN
from sandbox.server import start_sandbox
from settings import Settings
from storage.database import Database, Tx, opened
from storage.stamps import stamp
from storage.understanding.unsure import channels_to_ask
from storage.workspaces import find_workspace

MANIFEST = Path(__file__).resolve().parent.parent / "manifest.json"
HOUR = timedelta(hours=1)
# What is due is looked for many times a second, since the clock waits for it.
HURRIED = Pace(
    poll=0.03,
    send=0.02,
    threads=1,
    troubles=0.05,
    alerts=0.05,
    roll_ups=0.05,
    snoozes=0.05,
    reminders=0.05,
    digests=0.05,
    themes=0.5,
    settle=0,
    channel_gap=timedelta(0),
)
PATIENCE_SECONDS = 60


class LeapingClock:
    """A clock that passes as ours does, from a moment on that is not ours, and may be set forward."""

    def __init__(self, at: datetime) -> None:
        self._at, self._since = at, time.monotonic()

    def __call__(self) -> datetime:
        """Return the time, aware UTC."""
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def leap_to(self, at: datetime) -> None:
        """Be later, from now on."""
        assert at > self(), "a clock that goes back would send and ask twice"
        self._at, self._since = at, time.monotonic()

    def hour(self) -> datetime:
        """Return when this hour began."""
        return self().replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that plays: `db` looks beside the bot at what is still to be done."""

    slack: Actor
    channel: Channel
    team: Team
    db: Database
    clock: LeapingClock
    bot: "asyncio.Task[None]"

    async def live(self, fortnight: Fortnight, *, presses: bool) -> None:
        """Live through the fortnight: through each hour in which something is heard, or in which the team looks."""
        await self.settle()
        heard = hours_of(fortnight)
        hours = (BEGINS + number * HOUR for number in range(1, 24 * (fortnight.days + 1) + 1))
        for hour in (each for each in hours if each in heard or each.hour in LOOKS_AT):
            self.clock.leap_to(hour)
            await self.settle()
            if presses and hour.hour in LOOKS_AT:
                if hour.hour == ASKED_AT:
                    await self.team.answer(self.settle)
                await self.team.look()
                await self.settle()

    async def settle(self) -> None:
        """Return once nothing is due any more: every place is heard, every message stands as its rows are."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await self.db.read(partial(is_settled, now=self.clock())):
                if self.bot.done():
                    await self.bot
                await asyncio.sleep(0.01)


def is_settled(tx: Tx, *, now: datetime) -> bool:
    """Say whether the bot has nothing to poll, to post, to redraw and to ask."""
    due = tx.one(
        """SELECT 1 AS due FROM source WHERE next_poll_at <= :now UNION ALL
           SELECT 1 FROM message WHERE not_before <= :now
             AND (state IN ('waiting', 'sending', 'uncertain') OR (state = 'sent' AND stale <> 0)) LIMIT 1""",
        now=stamp(now),
    )
    workspace = find_workspace(tx, TEAM)
    if due or workspace is None:
        return False
    until = day_begun(workspace.schedule, now)
    return not channels_to_ask(tx, workspace, day=until.date().isoformat(), until=until)


def settings_of(slack: Actor, folder: Path) -> Settings:
    """Return the settings of a bot in the sandbox, whatever the environment holds."""
    folder.mkdir(exist_ok=True)
    no_threads = folder / "no-threads.toml"
    no_threads.write_text("thread = []\n", encoding="utf-8")
    return Settings(
        _env_file=None,
        slack_bot_token=BOT_TOKEN,
        slack_app_token=APP_TOKEN,
        slack_api_url=slack.api_url,
        database_url=f"sqlite:///{folder / 'fortnight.db'}",
        # Less than the hour by which the clock leaps, however much later than that places are looked at.
        poll_every_seconds=1500,
        # One after the other, so that the same fortnight is heard in the same order.
        poll_workers=1,
        allow_private_hosts=True,
        places_file=no_threads,
        # Held cards are cards: what the brake does is another question.
        cards_per_hour=1000,
        untouched_cards=1000,
        digest_hour=ASKED_AT,
        digest_channel="",
        time_zone="UTC",
    )


@contextlib.asynccontextmanager
async def on_stage(
    fortnight: Fortnight, watch: NewWatch, folder: Path, *, port: int = 0, parser: Parser | None = None
) -> AsyncIterator[Stage]:
    """Open the feeds, the sandbox and the bot, as the fortnight begins; what is written is in `folder`."""
    clock, stop = LeapingClock(BEGINS), asyncio.Event()
    async with (
        open_feeds(fortnight, clock.hour) as feeds,
        start_sandbox(
            manifest=MANIFEST,
            port=port,
            # How long a busy machine takes is another question.
            ack_seconds=PATIENCE_SECONDS,
            trigger_seconds=PATIENCE_SECONDS,
            clock=lambda: clock().timestamp(),
        ) as slack,
    ):
        settings = settings_of(slack, folder)
        with opened(settings.database_url.get_secret_value()) as db:
            await db.transact(lambda tx: set_up(tx, watch, feeds.sources(), at=clock()))
            async with _running(slack, run_bot(settings, stop, pace=HURRIED, parser=parser, clock=clock), stop) as bot:
                channel = Channel(slack, feeds, fortnight)
                team = Team(slack, channel, feeds)
                yield Stage(slack=slack, channel=channel, team=team, db=db, clock=clock, bot=bot)


@contextlib.asynccontextmanager
async def _running(
    slack: Actor, running: Coroutine[None, None, None], stop: asyncio.Event
) -> AsyncIterator["asyncio.Task[None]"]:
    bot = asyncio.create_task(running)
    try:
        await slack.wait_for(lambda: bot.done() or slack.slack.delivery.is_open, timeout=20)
        yield bot
    finally:
        stop.set()
        await bot
