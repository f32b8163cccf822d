"""The commands of the command line: each opens what it needs, does one thing, and returns the exit code."""

import asyncio
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import aiohttp
import click
from slack_sdk.errors import SlackApiError

from engagement.prose import times
from engagement.watch import NewSource, Outcome, Terms, Watch
from engagement.words import PRODUCT
from engagement.workspace import Workspace
from feeds.links import host_of
from handlers.channels import BadChannelError, channel_names, find_channel
from handlers.clients import error_of, is_no, talking_client
from handlers.clock import utc_now
from handlers.plain_text import in_plain_text
from handlers.progress import progress
from handlers.run import install, open_poller, run_bot, stop_on_signals
from handlers.setup import announce
from handlers.views.digest import draw_digest
from handlers.watchdog import DeafError
from handlers.watchlist import (
    BadWatchlistError,
    Watchlist,
    all_entries,
    read_sources,
    read_watchlist,
    write_sources,
    write_watchlist,
)
from settings import Settings
from storage.database import CannotOpenError, Tx, open_database
from storage.digests import WEEK, compute_digest
from storage.sources import all_sources, due_sources
from storage.watches import listen_to, save_watch, watches_of
from storage.workspaces import all_workspaces, remember_workspace

# A workspace and a channel that exist nowhere: what `poll --feeds` finds is stored, and never posted.
NOWHERE = "nowhere"
EVERYTHING = 1_000_000


def complain(text: str) -> int:
    """Say on standard error what is wrong, and return exit code 1."""
    click.echo(text, err=True)
    return 1


def refusal(error: SlackApiError, settings: Settings) -> str:
    """Return what to say when Slack said no, or did not say anything."""
    if is_no(error):
        return f"Slack refuses: {error_of(error)}. `python bot.py check` says what to do."
    return f"Slack does not answer at {settings.slack_api_url}: {error_of(error)}"


async def run_until_stopped(settings: Settings) -> int:
    """Run the bot until Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    try:
        await run_bot(settings, stop)
    except (CannotOpenError, DeafError) as error:
        return complain(str(error))
    except SlackApiError as error:
        return complain(refusal(error, settings))
    except (aiohttp.ClientError, OSError) as error:
        return complain(f"Slack does not answer at {settings.slack_api_url}: {error}")
    return 0


async def poll_once(settings: Settings, *, everything: bool, feeds: Path | None) -> int:
    """Look once at what is due, or at everything; with `feeds`, at the addresses of that file.

    A list is refused where a workspace listens: its bot would poll the list for ever, and post to nowhere.
    """
    try:
        async with open_poller(settings) as poller:
            if feeds is not None:
                if await poller.db.read(lambda tx: _real(all_workspaces(tx))):
                    return complain("A bot works with this database: give the list one of its own, with --db state.db")
                urls = read_urls(feeds)
                now = utc_now()
                await poller.db.transact(lambda tx: throw_away_watch(tx, urls, settings, at=now))
            now = utc_now()
            sources = await poller.db.read(
                lambda tx: all_sources(tx) if everything else due_sources(tx, now=now, limit=EVERYTHING)
            )
            with progress(len(sources)) as shown:
                await poller.poll_all(sources, shown.report)
            click.echo(shown.summary())
    except CannotOpenError as error:
        return complain(str(error))
    return 0


def read_urls(path: Path) -> list[str]:
    """Return the addresses of a file, one a line; empty lines and lines that begin with # are left out.

    A line in another encoding than UTF-8 is an address that leads nowhere: it costs only itself.
    """
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def throw_away_watch(tx: Tx, urls: Iterable[str], settings: Settings, *, at: datetime) -> None:
    """Make a watch that listens to `urls` and posts nowhere, so that anybody can measure a poll."""
    remember_workspace(
        tx,
        workspace_id=NOWHERE,
        name=NOWHERE,
        bot_user="",
        schedule=settings.schedule,
        digest_channel="",
        at=at,
    )
    watch = save_watch(
        tx,
        workspace_id=NOWHERE,
        channel=NOWHERE,
        name="throw-away",
        terms=Terms(names=(PRODUCT,)),
        outcome=Outcome.AWARENESS,
        site="",
        by="",
        at=at,
    )
    # The host is no community: that is read from each post's own address.
    sources = [NewSource(url=url, name=host_of(url) or url, community="") for url in urls]
    listen_to(tx, watch.id, sources, interval_seconds=settings.poll_every_seconds, at=at)


async def print_digest(settings: Settings) -> int:
    """Print the digest of the last seven days for every workspace."""
    try:
        db = open_database(settings.database_url.get_secret_value())
    except CannotOpenError as error:
        return complain(str(error))
    try:
        now = utc_now()
        digests = await db.read(
            lambda tx: [
                compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now)
                for workspace in _real(all_workspaces(tx))
            ]
        )
    finally:
        db.close()
    if not digests:
        return complain("Nobody listens yet: start the bot, or import a watchlist.toml.")
    for digest in digests:
        click.echo(in_plain_text(draw_digest(digest), zone=settings.schedule.zone))
    return 0


async def import_file(settings: Settings, path: Path, *, watch_name: str | None) -> int:
    """Add what the file names; a second process may be running the bot."""
    client = talking_client(settings)
    try:
        db = open_database(settings.database_url.get_secret_value())
    except CannotOpenError as error:
        return complain(str(error))
    try:
        installed = await install(db, client, settings)
        now = utc_now()
        if path.suffix.lower() in (".opml", ".xml"):
            sources = read_sources(path)
            report = await db.transact(
                lambda tx: add_sources(tx, installed.workspace_id, watch_name, sources, settings, at=now)
            )
        else:
            watchlist = read_watchlist(path)
            channels = {entry.channel: await find_channel(client, entry.channel) for entry in watchlist.watch}
            report = await db.transact(
                lambda tx: add_watches(tx, installed.workspace_id, watchlist, channels, settings, at=now)
            )
    except (BadWatchlistError, BadChannelError) as error:
        return complain(str(error))
    except SlackApiError as error:
        return complain(refusal(error, settings))
    except (aiohttp.ClientError, OSError) as error:
        return complain(f"Slack does not answer at {settings.slack_api_url}: {error}")
    finally:
        db.close()
    click.echo(report)
    return 0


def add_watches(
    tx: Tx, workspace_id: str, watchlist: Watchlist, channels: dict[str, str], settings: Settings, *, at: datetime
) -> str:
    """Store the watches of a file and say how many; one that is there by name is changed."""
    count = 0
    for entry in watchlist.watch:
        watch = save_watch(
            tx,
            workspace_id=workspace_id,
            channel=channels[entry.channel],
            name=entry.name,
            terms=Terms(names=tuple(entry.names), excluded=tuple(entry.excluded)),
            outcome=entry.outcome,
            site=entry.site,
            handles=entry.handles,
            by="",
            at=at,
        )
        sources = [NewSource(url=each.url, name=each.name, community=each.community or "") for each in entry.source]
        listen_to(tx, watch.id, sources, interval_seconds=settings.poll_every_seconds, at=at)
        announce(tx, watch, at=at)
        count += len(sources)
    return f"{times(len(watchlist.watch), 'watch', 'watches')} with {times(count, 'place')} imported."


def add_sources(
    tx: Tx, workspace_id: str, watch_name: str | None, sources: list[NewSource], settings: Settings, *, at: datetime
) -> str:
    """Add the sources of an OPML file to a watch; raises BadWatchlistError when it is not clear to which."""
    watch = _watch_called(watches_of(tx, workspace_id), watch_name)
    listen_to(tx, watch.id, sources, interval_seconds=settings.poll_every_seconds, at=at)
    announce(tx, watch, at=at)
    return f"{times(len(sources), 'place')} imported for {watch.name}."


def _watch_called(watches: list[Watch], name: str | None) -> Watch:
    named = [watch for watch in watches if name in (None, watch.name)]
    if len(named) == 1:
        return named[0]
    known = ", ".join(watch.name for watch in watches) or "none yet"
    raise BadWatchlistError(f"Name the watch that gets these feeds with --watch. There is: {known}.")


async def export_file(settings: Settings, *, style: str) -> int:
    """Print everything that is listened to. Channel names are looked up where Slack answers."""
    try:
        db = open_database(settings.database_url.get_secret_value())
    except CannotOpenError as error:
        return complain(str(error))
    try:
        entries = await db.read(
            lambda tx: [entry for workspace in _real(all_workspaces(tx)) for entry in all_entries(tx, workspace.id)]
        )
    finally:
        db.close()
    if style == "opml":
        sys.stdout.write(write_sources(entries))
        return 0
    channels = await channel_names(talking_client(settings)) if settings.slack_bot_token else {}
    sys.stdout.write(write_watchlist(entries, channels))
    return 0


def _real(workspaces: list[Workspace]) -> list[Workspace]:
    return [workspace for workspace in workspaces if workspace.id != NOWHERE]
