"""`bot.py import` and `bot.py export`: the watch list in and out, also beside a running bot."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from engagement.calm.mute import Mute
from engagement.digest.voices import Person
from engagement.improvements.themes import Theme
from engagement.listening.source import NewSource
from engagement.prose import times
from engagement.team.team import Handle, Teammate
from engagement.voice.guide import Guide
from engagement.watch import NewWatch, Terms, Watch
from feeds.places.authors import NotHeard, find_author
from feeds.places.catalogue import Author, CatalogueError, load_catalogue
from feeds.wire.fetch import Fetcher
from handlers.clients import UNHELPFUL, refusal, talking_client
from handlers.clock import utc_now
from handlers.install import install
from handlers.listening.watchlist import (
    BadWatchlistError,
    HandleEntry,
    Watchlist,
    read_sources,
    read_watchlist,
    secretive,
    write_sources,
    write_watchlist,
)
from handlers.logs import complain
from handlers.polling.fetching import open_fetcher
from handlers.sending.channels import BadChannelError, channel_names, find_channel
from settings import Settings
from storage.calm.mutes import mutes_of
from storage.calm.noise import add_noise
from storage.database import CannotOpenError, Database, Tx, opened
from storage.digest.unlisted import unlist, unlisted_of
from storage.improvements.themes import import_theme, themes_of
from storage.listening.listening import join_places, sources_of
from storage.listening.watches import save_watch, watches_of
from storage.sending.messages import announce
from storage.team.teammates import save_teammate, teammates_of
from storage.voice.guide import find_guide, replace_voice
from storage.workspaces import listening_workspaces


async def import_file(settings: Settings, path: Path, *, watch_name: str | None) -> int:
    """Add what the file names, a watchlist.toml or an OPML file, and return the exit code."""
    try:
        listed = read_sources(path) if path.suffix.lower() in (".opml", ".xml") else read_watchlist(path)
    except BadWatchlistError as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"{path} cannot be read: {error.strerror}")
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            click.echo(await _add(db, listed, settings, watch_name))
    except (BadWatchlistError, BadChannelError, CannotOpenError, CatalogueError) as error:
        return complain(str(error))
    except UNHELPFUL as error:
        return complain(refusal(error, settings))
    return 0


async def _add(db: Database, listed: Watchlist | list[NewSource], settings: Settings, watch_name: str | None) -> str:
    """Ask Slack for the workspace and the channels, store what is listed, and say how much it was."""
    client = talking_client(settings)
    workspace_id = (await install(db, client, settings, at=utc_now())).workspace_id
    interval, now = settings.poll_every_seconds, utc_now()
    if isinstance(listed, list):
        return await db.transact(
            lambda tx: add_sources(tx, workspace_id, watch_name, listed, interval_seconds=interval, at=now)
        )
    channels = {entry.channel: await find_channel(client, entry.channel) for entry in listed.watch}
    team, unheard = await find_team(listed, settings)

    def add(tx: Tx) -> str:
        said = add_watches(tx, workspace_id, listed, channels, interval_seconds=interval, at=now)
        for mate in team:
            save_teammate(tx, workspace_id, mate, by="", interval_seconds=interval, at=now)
        for each in listed.unlisted:
            unlist(tx, workspace_id, Person(each.community, each.name), by="", at=now)
        for entry in listed.theme:
            import_theme(tx, workspace_id, entry.theme(), at=now)
        if listed.noise:
            add_noise(tx, workspace_id, listed.noise.entries(), by="", at=now)
        if listed.voice:
            replace_voice(tx, workspace_id, listed.voice.guide(), at=now)
        return said

    said = [await db.transact(add)]
    said += [f"{times(len(team), 'teammate')} imported."] if team else []
    said += [f"{times(len(listed.theme), 'theme')} imported."] if listed.theme else []
    said += ["The voice guide was imported."] if listed.voice else []
    return "\n".join([*said, *unheard])


async def find_team(listed: Watchlist, settings: Settings) -> tuple[list[Teammate], list[str]]:
    """Return the team of a file with the feeds of their handles, and a line for each handle that has none."""
    team: list[Teammate] = []
    unheard: list[str] = []
    if not listed.teammate:
        return team, unheard
    authors = load_catalogue(settings.places_file).authors
    async with open_fetcher(settings) as fetcher:
        for entry in listed.teammate:
            handles = []
            for each in entry.handle:
                feed = await _feed_of(fetcher, each, authors)
                if isinstance(feed, NotHeard):
                    unheard.append(f"{entry.name} as {each.name} on {each.community} is not heard: {feed.reason}.")
                known = None if isinstance(feed, NotHeard) else feed
                handles.append(Handle(community=each.community, name=each.name, feed=known))
            team.append(Teammate(slack_user=entry.slack, name=entry.name, handles=tuple(handles)))
    return team, unheard


async def _feed_of(fetcher: Fetcher, handle: HandleEntry, authors: Sequence[Author]) -> NewSource | NotHeard:
    if handle.feed:
        return NewSource(url=handle.feed, name=f"{handle.name} on {handle.community}", community=handle.community)
    return await find_author(fetcher, handle.community, handle.name, authors)


def add_watches(
    tx: Tx, workspace_id: str, watchlist: Watchlist, channels: dict[str, str], *, interval_seconds: int, at: datetime
) -> str:
    """Store the watches of a file and say how many; one that is there by name is changed."""
    count = 0
    for entry in watchlist.watch:
        watch = save_watch(
            tx,
            workspace_id,
            NewWatch(
                channel=channels[entry.channel],
                name=entry.name,
                terms=Terms(
                    names=tuple(entry.names),
                    excluded=tuple(entry.excluded),
                    near=tuple(entry.near),
                    query=entry.query,
                ),
                outcome=entry.outcome,
                site=entry.site,
                handles=tuple(entry.handles),
                delivery=entry.delivery,
                target_minutes=entry.target_minutes,
            ),
            by="",
            at=at,
        )
        sources = [NewSource(url=each.url, name=each.name, community=each.community or "") for each in entry.source]
        if entry.noise:
            add_noise(tx, workspace_id, entry.noise.entries(), watch_id=watch.id, by="", at=at)
        join_places(tx, watch, sources, interval_seconds=interval_seconds, by="", at=at)
        announce(tx, watch, at=at)
        count += len(sources)
    return f"{times(len(watchlist.watch), 'watch', 'watches')} with {times(count, 'place')} imported."


def add_sources(
    tx: Tx, workspace_id: str, watch_name: str | None, sources: list[NewSource], *, interval_seconds: int, at: datetime
) -> str:
    """Add the sources of an OPML file to a watch; raises BadWatchlistError when it is not clear to which."""
    watch = _watch_called(watches_of(tx, workspace_id), watch_name)
    join_places(tx, watch, sources, interval_seconds=interval_seconds, by="", at=at)
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
        with opened(settings.database_url.get_secret_value()) as db:
            everything = await db.read(lambda tx: _everything(tx, now=utc_now()))
    except CannotOpenError as error:
        return complain(str(error))
    entries = everything.entries
    hidden = secretive(source for _, sources in entries for source in sources)
    if hidden:
        click.echo(f"Without the secret in their address, which you must add again: {', '.join(hidden)}.", err=True)
    if style == "opml":
        sys.stdout.write(write_sources(entries))
        return 0
    channels = await channel_names(talking_client(settings)) if settings.slack_bot_token else {}
    sys.stdout.write(write_watchlist(channels=channels, **everything._asdict()))
    return 0


class Everything(NamedTuple):
    """What is exported; what a workspace has once, as of the first one."""

    entries: list[tuple[Watch, Sequence[NewSource]]]
    team: list[Teammate]
    unlisted: set[Person]
    guide: Guide | None
    themes: list[Theme]
    noise: list[Mute]


def _everything(tx: Tx, *, now: datetime) -> Everything:
    workspaces = listening_workspaces(tx)
    watches = [watch for workspace in workspaces for watch in watches_of(tx, workspace.id)]
    return Everything(
        entries=[(watch, sources_of(tx, watch.id)) for watch in watches],
        team=[mate for workspace in workspaces for mate in teammates_of(tx, workspace.id)],
        unlisted={person for workspace in workspaces for person in unlisted_of(tx, workspace.id)},
        guide=find_guide(tx, workspaces[0].id) if workspaces else None,
        themes=themes_of(tx, workspaces[0].id) if workspaces else [],
        noise=[mute for workspace in workspaces for mute in reversed(mutes_of(tx, workspace.id, now=now))],
    )
