"""The bot as a story needs it: in this process over real sockets, or as `python bot.py` in one of its own."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from builders import ROOT
from databases import a_database, a_file
from feed_street import Feed
from listening import listen, remember_team

from engagement.listening.source import NewSource
from engagement.watch import Terms
from feeds.parsing.worker import Parser
from handlers.pace import Pace
from handlers.run import run_bot
from handlers.watchdog import PATIENCE, Patience
from sandbox.actor import Actor
from sandbox.manifest import APP_TOKEN, BOT_TOKEN
from sandbox.pressing import words_of
from settings import Settings
from storage.database import opened
from storage.stamps import stamp

TEAM = "T0SANDBOX"
MENTIONS = "C0MENTIONS"
# Stories are about what comes next, as a rule, not about how long it takes.
HURRIED = Pace(
    poll=0.1,
    send=0.05,
    threads=0.2,
    troubles=0.1,
    alerts=0.1,
    roll_ups=0.1,
    snoozes=0.1,
    reminders=0.1,
    digests=0.2,
    set_ups=0.2,
    settle=0.1,
    channel_gap=timedelta(seconds=0.05),
)


@dataclass(slots=True, kw_only=True)
class Desk:
    """Where a bot works: its sandbox, its database, its settings; and what stands in its rows.

    A bot in this process works at `pace`, and has `parser` read its feeds unless that is None.
    """

    slack: Actor
    folder: Path
    parser: Parser | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    may_fail: bool = False
    patience: Patience = PATIENCE
    pace: Pace = HURRIED

    @property
    def file(self) -> Path:
        return self.folder / "two-ears.db"

    @property
    def no_threads(self) -> Path:
        file = self.folder / "no-threads.toml"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_text("thread = []\n", encoding="utf-8")
        return file

    @property
    def settings(self) -> Settings:
        """Every setting that matters, whatever the environment holds."""
        given = {
            "slack_bot_token": BOT_TOKEN,
            "slack_app_token": APP_TOKEN,
            "slack_api_url": self.slack.api_url,
            "slack_command": "/ears",
            "database_url": f"sqlite:///{self.file}",
            "poll_every_seconds": 1,
            "poll_workers": 20,
            "contact": "",
            "allow_private_hosts": True,
            # Threads are looked at only where a story says where they are: no test asks the real ones.
            "places_file": self.no_threads,
            "cards_per_hour": 15,
            "untouched_cards": 25,
            "digest_day": "Monday",
            "digest_hour": 9,
            "digest_channel": "",
            "time_zone": "UTC",
            "log_level": "INFO",
        }
        return Settings(_env_file=None, **(given | self.changes))

    @property
    def environment(self) -> dict[str, str]:
        """The same settings for a bot in a process of its own, and nothing else of ours."""
        settings = self.settings
        named = {name.upper(): getattr(settings, name) for name in Settings.model_fields}
        plain = {
            name: value.get_secret_value() if hasattr(value, "get_secret_value") else value
            for name, value in named.items()
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | {name: str(value) for name, value in plain.items() if value is not None}

    async def watch(
        self,
        *urls: str,
        name: str = "Tidewiki",
        names: Iterable[str] = ("Tidewiki",),
        near: Iterable[str] = (),
        channel: str = MENTIONS,
        community: str = "The forum",
    ) -> None:
        """Let the bot listen for a name in these places, as a finished set-up would."""
        settings, now = self.settings, datetime.now(UTC)
        db = a_database(self.file)

        def write(tx: Any) -> None:
            remember_team(
                tx,
                TEAM,
                name="Tidewiki",
                bot_user="U0TWOEARS",
                schedule=settings.schedule,
                digest_channel=settings.digest_channel,
                at=now,
            )
            places = [
                NewSource(url=url, name=f"{community} {number}" if number else community, community=community)
                for number, url in enumerate(urls)
            ]
            listen(
                tx,
                *places,
                name=name,
                terms=Terms(names=tuple(names), near=tuple(near)),
                workspace_id=TEAM,
                channel=channel,
                by="U0MAYA",
                interval_seconds=settings.poll_every_seconds,
                at=now,
            )

        try:
            await db.transact(write)
        finally:
            db.close()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database beside the bot."""
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10)) as connection:
            return connection.execute(sql, values).fetchall()

    async def write(self, fn: Any) -> Any:
        """Run one of storage's functions beside the bot, in a transaction."""
        with opened(self.settings.database_url.get_secret_value()) as db:
            return await db.transact(fn)

    def change(self, sql: str, *values: object) -> None:
        """Change a row behind the bot's back."""
        with contextlib.closing(sqlite3.connect(self.file, timeout=10)) as connection, connection:
            connection.execute(sql, values)

    async def looked_at(self, *feeds: Feed) -> None:
        """Have these places looked at once more, from now on, and what stands there stored."""
        before = {feed.url: feed.asked for feed in feeds}
        self.change("UPDATE source SET next_poll_at = ?", stamp(datetime.now(UTC) - timedelta(seconds=1)))

        def heard() -> bool:
            known = dict(self.rows("SELECT url, last_heard_at FROM source"))
            return all(
                feed.asked > before[feed.url] and (known[feed.url] or "") >= stamp(feed.asked_at) for feed in feeds
            )

        await self.until(heard, what="a look at every place")

    # What people see.

    def cards(self, channel: str = "mentions") -> list[dict[str, Any]]:
        """Return the bot's messages that are cards, oldest first."""
        return [one for one in self.slack.messages(channel) if kind_of(one) == "card"]

    def posted(self, kind: str, channel: str = "mentions") -> list[dict[str, Any]]:
        """Return the bot's messages of one kind."""
        return [one for one in self.slack.messages(channel) if kind_of(one) == kind]

    async def card(self, containing: str, *, channel: str = "mentions", seconds: float = 10.0) -> dict[str, Any]:
        """Return the card with these words, as soon as it stands in the channel."""
        return await self.slack.wait_for_message(channel=channel, containing=containing, seconds=seconds)

    async def shows(
        self, message: dict[str, Any], *words: str, without: str = "", seconds: float = 5.0
    ) -> dict[str, Any]:
        """Return the message once all these words stand on it, and `without` does not."""

        def drawn() -> dict[str, Any] | None:
            now = self.slack.current(message)
            said = words_of(now) if now else ""
            fits = all(one in said for one in words) and not (without and without in said)
            return now if fits else None

        try:
            return await self.slack.wait_for(drawn, timeout=seconds)
        except TimeoutError:
            now = self.slack.current(message)
            raise AssertionError(f"{words} without {without!r} never stood on:\n{words_of(now)}") from None

    async def until(self, holds: Any, *, seconds: float = 10.0, what: str = "") -> Any:
        """Wait until something holds."""
        try:
            return await self.slack.wait_for(holds, timeout=seconds)
        except TimeoutError:
            said = "\n---\n".join(words_of(one) for one in self.slack.workspace.all_messages()[-6:])
            raise AssertionError(f"not within {seconds} s: {what}\n{said}") from None


def kind_of(message: dict[str, Any]) -> str:
    """Return which of the bot's messages this is, by the metadata it was sent with; empty for people's."""
    return str((message.get("metadata") or {}).get("event_payload", {}).get("kind", ""))


@contextlib.asynccontextmanager
async def running(desk: Desk) -> AsyncIterator[asyncio.Event]:
    """Run the bot in this process until the block is left; gives what stops it earlier."""
    stop = asyncio.Event()
    before = desk.slack.slack.sockets.count
    a_file(desk.file)
    bot = run_bot(desk.settings, stop, patience=desk.patience, pace=desk.pace, parser=desk.parser)
    task = asyncio.create_task(bot)
    try:
        await desk.slack.wait_for(lambda: task.done() or desk.slack.slack.sockets.count > before, timeout=20)
        if task.done():
            await task
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(10):
            await task


class Program:
    """`python bot.py ...` in a process of its own; `said` is everything it wrote."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process, self._log = process, log

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def end(self, number: signal.Signals, *, within: float) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        async with asyncio.timeout(within):
            return await self.process.wait()


@contextlib.asynccontextmanager
async def program(desk: Desk, *arguments: str, name: str = "bot") -> AsyncIterator[Program]:
    """Start `python bot.py` with the desk's settings; killed when the block is left."""
    log = desk.folder / f"{name}.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "bot.py"),
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            cwd=desk.folder,
            env=desk.environment,
            start_new_session=True,
        )
    try:
        yield Program(process, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def run_program(desk: Desk, *arguments: str, within: float = 30.0) -> tuple[int, str]:
    """Run `python bot.py` to its end; its exit code and all it said."""
    name = f"once-{len(list(desk.folder.glob('once-*')))}-{arguments[0]}"
    async with program(desk, *arguments, name=name) as once, asyncio.timeout(within):
        code = await once.process.wait()
        return code, once.said
