"""`bot.py import` and `bot.py export`: the watch list in and out, also beside a running bot."""

import sys
from datetime import datetime
from pathlib import Path

import aiohttp
import click
from slack_sdk.errors import SlackApiError

from engagement.prose import times
from engagement.watch import NewSource, Terms, Watch
from handlers.channels import BadChannelError, channel_names, find_channel
from handlers.clients import talking_client
from handlers.clock import utc_now
from handlers.once import complain, listening_workspaces, refusal
from handlers.run import install
from handlers.setup import announce
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
from storage.database import CannotOpenError, Database, Tx, open_database
from storage.watches import listen_to, save_watch, watches_of


async def import_file(settings: Settings, path: Path, *, watch_name: str | None) -> int:
    """Add what the file names, a watchlist.toml or an OPML file, and return the exit code."""
    try:
        listed = read_sources(path) if path.suffix.lower() in (".opml", ".xml") else read_watchlist(path)
        db = open_database(settings.database_url.get_secret_value())
    except (BadWatchlistError, CannotOpenError) as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"{path} cannot be read: {error.strerror}")
    try:
        click.echo(await _add(db, listed, settings, watch_name))
    except (BadWatchlistError, BadChannelError) as error:
        return complain(str(error))
    except SlackApiError as error:
        return complain(refusal(error, settings))
    except (aiohttp.ClientError, OSError) as error:
        return complain(f"Slack does not answer at {settings.slack_api_url}: {error}")
    finally:
        db.close()
    return 0


async def _add(db: Database, listed: Watchlist | list[NewSource], settings: Settings, watch_name: str | None) -> str:
    """Ask Slack for the workspace and the channels, store what is listed, and say how much it was."""
    client = talking_client(settings)
    workspace_id = (await install(db, client, settings)).workspace_id
    now = utc_now()
    if isinstance(listed, list):
        return await db.transact(lambda tx: add_sources(tx, workspace_id, watch_name, listed, settings, at=now))
    channels = {entry.channel: await find_channel(client, entry.channel) for entry in listed.watch}
    return await db.transact(lambda tx: add_watches(tx, workspace_id, listed, channels, settings, at=now))


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
            lambda tx: [entry for workspace in listening_workspaces(tx) for entry in all_entries(tx, workspace.id)]
        )
    finally:
        db.close()
    if style == "opml":
        sys.stdout.write(write_sources(entries))
        return 0
    channels = await channel_names(talking_client(settings)) if settings.slack_bot_token else {}
    sys.stdout.write(write_watchlist(entries, channels))
    return 0
