"""`bot.py check --live`: asks every place of the catalogue for names that everybody talks about, and says who answered.

The one thing here that needs the real web; what it prints is what `checked` in places.toml is written from.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date

import click

from engagement.prose import times
from feeds.links import host_of
from feeds.parsing.worker import Parser
from feeds.places.catalogue import CatalogueError, Template, load_catalogue
from feeds.places.probing import Probed, probe
from feeds.places.proposing import Proposal, propose
from feeds.wire.manners import Manners
from handlers.clock import utc_now
from handlers.logs import complain
from handlers.opening import open_poller, visitor_of
from handlers.visiting import Visitor
from settings import Settings
from storage.database import CannotOpenError

# Talked about every day, everywhere; with a site on GitHub, so that all placeholders are filled.
NAMES = ("Firefox",)
SITES = ("https://blog.mozilla.org", "https://github.com/python/cpython")
SECONDS = 30.0
# How long a place waits for its host's turn; what would wait for longer is not asked, and said to be so.
PATIENCE_SECONDS = 70.0
Wanted = tuple[Template, Proposal]
Tried = tuple[Template, Probed]


async def try_catalogue(settings: Settings, *, names: Sequence[str] = NAMES, sites: Sequence[str] = SITES) -> int:
    """Print how each place answered; return 0 if any did, else 1."""
    try:
        templates = load_catalogue(settings.places_file).places
    except CatalogueError as error:
        return complain(str(error))
    wanted = {(template, each) for template in templates for site in sites for each in propose(names, site, [template])}
    try:
        async with open_poller(settings) as poller:
            hosts = _by_host(wanted, poller.manners)
            asking = f"{times(len(wanted), 'place')} on {times(len(hosts), 'host')}"
            click.echo(f"Asking {asking} for {', '.join(names)} ...")
            visitor = visitor_of(poller, patience_seconds=PATIENCE_SECONDS)
            answers = await asyncio.gather(*(_ask(visitor, poller.parser, places) for places in hosts))
    except CannotOpenError as error:
        return complain(str(error))
    found = [pair for host in answers for pair in host]
    for template, probed in found:
        click.echo(line_of(template, probed))
    heard = {template.name for template, probed in found if probed.heard and probed.heard.count}
    if heard:
        click.echo(f"\nIn places.toml, `checked = {utc_now().date()}` may stand at: {', '.join(sorted(heard))}.")
    return 0 if heard else complain("No place answered. Is this machine connected to the internet?")


def _by_host(wanted: Iterable[Wanted], manners: Manners) -> list[list[Wanted]]:
    """Return the places in groups, each of one host and in the order of their addresses."""
    by_host: dict[str, list[Wanted]] = {}
    for template, proposal in sorted(wanted, key=lambda pair: pair[1].url):
        by_host.setdefault(manners.paced_host_of(proposal.url) or host_of(proposal.url), []).append(
            (template, proposal)
        )
    return list(by_host.values())


async def _ask(visitor: Visitor, parser: Parser, places: Sequence[Wanted]) -> list[Tried]:
    """Ask the places of one host, one after the other, at its pace."""
    found: list[Tried] = []
    for template, proposal in places:
        (probed,) = await probe(visitor, parser, [proposal], seconds=PATIENCE_SECONDS + SECONDS)
        found.append((template, probed))
    return found


def line_of(template: Template, probed: Probed) -> str:
    """Return one line of the table: the place, what it answered, when it was checked last, and why it is listed."""
    answer = f"not asked, {probed.reason}" if probed.unasked else probed.reason
    if probed.heard:
        newest = f", newest {probed.heard.newest:%Y-%m-%d %H:%M}" if probed.heard.newest else ""
        answer = times(probed.heard.count, "post") + newest
    sign = "ok" if probed.heard and probed.heard.count else "--"
    return (
        f"{sign} {probed.proposal.name}: {answer} [{_checked(template.checked)}; {template.evidence or 'no evidence'}]"
    )


def _checked(day: date | None) -> str:
    return f"checked {day}" if day else "untested"
