"""`bot.py check`: everything the bot needs, one after the other; no problem hides the next, no secret is printed."""

import asyncio
import sqlite3
import sys
from collections.abc import Sequence

import click

from engagement.dataclass import dataclass
from engagement.listening.source import Source
from engagement.prose import times
from engagement.watch import Watch
from engagement.workspace import Workspace
from feeds.parsing.worker import Parser
from feeds.places.catalogue import CatalogueError, load_catalogue
from feeds.places.probing import look_at
from feeds.places.proposing import Proposal
from feeds.wire.fetched import Fetches
from feeds.wire.guard import PRIVATE
from handlers.checks.findings import Finding, Tell, line_of, verdict_of
from handlers.checks.live import as_written, check_live
from handlers.checks.slack import check_app_token, check_bot_token, check_channels
from handlers.checks.webhook import check_webhook, finding_of_backlog
from handlers.clients import talking_client
from handlers.clock import utc_now
from handlers.polling.opening import open_poller, visitor_of
from handlers.understanding.retriage import finding_of_old_readings
from settings import BadSettingsError, Settings
from storage.database import CannotOpenError, Database, Tx, opened, place_of
from storage.listening.sources import all_sources
from storage.listening.watches import watches_of
from storage.sending.webhook import NO_BACKLOG, Backlog, backlog_of
from storage.understanding.rereading import count_old_readings
from storage.workspaces import all_workspaces, remember_workspace
from triage.match import mistake_in
from triage.read import RULES_VERSION

# How long a place waits for the turn of its host: somebody looks at the lines meanwhile.
PATIENCE_SECONDS = 5.0


async def run_check(*, live_channel: str | None) -> int:
    """Print a line for everything that was looked at, and a verdict; return 1 when something is wrong, else 0.

    With `live_channel` (a name or an id) a message is posted there, found, changed and deleted.
    """
    findings: list[Finding] = []

    def tell(finding: Finding) -> None:
        findings.append(finding)
        click.echo(line_of(finding, encoding=sys.stdout.encoding or "utf-8"))

    settings = check_settings(tell)
    if settings is not None:
        await check_with(settings, tell, live_channel=live_channel)
    click.echo(verdict_of(findings))
    return 0 if all(finding.ok for finding in findings) else 1


def check_settings(tell: Tell) -> Settings | None:
    """Name every wrong setting. If only the tokens are wrong, return the settings: the rest can be looked at."""
    try:
        settings = Settings.load(with_slack=True)
    except BadSettingsError as error:
        for problem in str(error).splitlines():
            tell(Finding(ok=False, subject="Settings", advice=problem))
    else:
        tell(Finding(ok=True, subject="Settings", advice="complete"))
        return settings
    try:
        return Settings.load(with_slack=False)
    except BadSettingsError:
        return None


async def check_with(settings: Settings, tell: Tell, *, live_channel: str | None = None) -> None:
    """Look at the database, Slack, the channels, the places and the webhook; with `live_channel`, in earnest."""
    client = talking_client(settings)
    check_catalogue(settings, tell)
    listened = await check_database(settings, tell)
    installed = await check_bot_token(client, settings, tell)
    await check_app_token(client, settings, tell)
    if installed:
        watches = [watch for watch in listened.watches if watch.workspace_id == installed.workspace_id]
        await check_channels(client, settings, watches, tell)
    await check_places(settings, listened.sources, tell)
    await check_webhook(settings, tell, in_earnest=bool(live_channel))
    if live_channel and installed:
        await check_live(client, live_channel, tell)
    elif live_channel:
        tell(
            Finding(ok=False, subject=f"A message to {as_written(live_channel)}", advice="needs a bot token that works")
        )


def check_catalogue(settings: Settings, tell: Tell) -> None:
    """Look at the operator's own catalogue of places, where there is one."""
    if settings.places_file is None:
        return
    try:
        catalogue = load_catalogue(settings.places_file)
    except CatalogueError as error:
        tell(Finding(ok=False, subject="PLACES_FILE", advice=str(error)))
    else:
        tell(Finding(ok=True, subject="PLACES_FILE", advice=times(len(catalogue.places), "place")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What the database says is listened to: the watches of all workspaces, and the sources they use.

    And who was not told yet of what was decided, and how many mentions were read by older rules.
    """

    watches: Sequence[Watch] = ()
    sources: Sequence[Source] = ()
    backlog: Backlog = NO_BACKLOG
    old_readings: int = 0


class _UndoneError(Exception):
    """Ends a transaction that must leave no trace."""


async def check_database(settings: Settings, tell: Tell) -> Listened:
    """Open the database as the bot does, write and take it back; return what it says is listened to."""
    url = settings.database_url.get_secret_value()
    try:
        with opened(url) as db:
            await _write_and_take_back(db, settings)
            listened = await db.read(_listened)
    except (CannotOpenError, sqlite3.Error) as error:
        tell(Finding(ok=False, subject="Database", advice=str(error)))
        return Listened()
    tell(Finding(ok=True, subject="Database", advice=f"{place_of(url)} opens and takes writes"))
    for watch in listened.watches:
        if mistake := mistake_in(watch.terms):
            advice = f"{mistake} Change it in Slack; its names count meanwhile"
            tell(Finding(ok=False, subject=f"The query of {watch.name}", advice=advice))
    if listened.old_readings:
        tell(finding_of_old_readings(listened.old_readings))
    if settings.webhook_url.get_secret_value():
        tell(finding_of_backlog(listened.backlog))
    return listened


async def _write_and_take_back(db: Database, settings: Settings) -> None:
    def write(tx: Tx) -> None:
        remember_workspace(
            tx,
            workspace_id="check",
            name="check",
            bot_user="",
            schedule=settings.schedule,
            digest_channel="",
            at=utc_now(),
        )
        raise _UndoneError

    try:
        await db.transact(write)
    except _UndoneError:
        return


def _listened(tx: Tx) -> Listened:
    workspaces: list[Workspace] = all_workspaces(tx)
    watches = [watch for workspace in workspaces for watch in watches_of(tx, workspace.id)]
    return Listened(
        watches=watches,
        sources=all_sources(tx),
        backlog=backlog_of(tx),
        old_readings=count_old_readings(tx, rules=RULES_VERSION),
    )


async def check_places(settings: Settings, sources: Sequence[Source], tell: Tell) -> None:
    """Fetch each source once, POLL_WORKERS side by side and in the turn of its host, and tell of each in turn."""
    if not sources:
        return
    turns = asyncio.Semaphore(settings.poll_workers)
    async with open_poller(settings) as poller, asyncio.TaskGroup() as group:
        visitor = visitor_of(poller, patience_seconds=PATIENCE_SECONDS)

        async def look(source: Source) -> Finding:
            async with turns:
                return await check_place(visitor, poller.parser, source)

        for looking in [group.create_task(look(source)) for source in sources]:
            tell(await looking)


async def check_place(fetcher: Fetches, parser: Parser, source: Source) -> Finding:
    """Return whether a place answers with posts, as far as it may be asked now.

    Its address is not told: it may carry a password.
    """
    place = Proposal(name=source.name, community=source.community, url=source.url)
    probed = await look_at(fetcher, parser, place)
    if probed.unasked:
        return Finding(ok=True, subject=source.name, advice=f"not asked, {probed.reason}")
    if probed.heard:
        return Finding(ok=True, subject=source.name, advice=times(probed.heard.count, "post"))
    return Finding(ok=False, subject=source.name, advice=f"{probed.reason}; {_what_to_do(probed.reason)}")


def _what_to_do(reason: str) -> str:
    if reason == PRIVATE:
        return "if you trust it, set ALLOW_PRIVATE_HOSTS=1"
    return "the bot tries again by itself, less and less often; open its address in a browser to see what it says"
