"""`bot.py check --live`: asks every place of the catalogue for names that everybody talks about, and says who answered.

The one thing here that needs the real web; what it prints is what `checked` in places.toml is written from.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import click

from engagement.prose import times
from feeds.links import host_of
from feeds.parsing.worker import Parser
from feeds.places.catalogue import CatalogueError, Template, WholeThread, load_catalogue
from feeds.places.probing import Probed, probe
from feeds.places.proposing import Proposal, propose
from feeds.places.threads import address_of_thread
from feeds.wire.manners import Manners
from handlers.clock import utc_now
from handlers.logs import complain
from handlers.polling.opening import open_poller, visitor_of
from handlers.polling.poll import Poller
from handlers.polling.visiting import Visitor
from settings import Settings
from storage.database import CannotOpenError

# Talked about every day, everywhere; with a site on GitHub, so that all placeholders are filled.
NAMES = ("Firefox",)
SITES = ("https://blog.mozilla.org", "https://github.com/python/cpython")
SECONDS = 30.0
# How long a place waits for its host's turn; what would wait for longer is not asked, and said to be so.
PATIENCE_SECONDS = 70.0
# From when on the comments of a thread are asked for, where its address says that.
LOOKED_BACK = timedelta(days=30)
Entry = Template | WholeThread
Wanted = tuple[Entry, Proposal]
Tried = tuple[Entry, Probed]


async def try_catalogue(settings: Settings) -> int:
    """Print how each place answered, and one thread of each community that was heard; return 0 if any did, else 1."""
    try:
        catalogue = load_catalogue(settings.places_file)
    except CatalogueError as error:
        return complain(str(error))
    wanted = {(entry, each) for entry in catalogue.places for site in SITES for each in propose(NAMES, site, [entry])}
    try:
        async with open_poller(settings) as poller:
            hosts = _by_host(wanted, poller.manners)
            asking = f"{times(len(wanted), 'place')} on {times(len(hosts), 'host')}"
            click.echo(f"Asking {asking} for {', '.join(NAMES)} ...")
            places = await _ask_all(poller, hosts)
            threads = await _ask_all(poller, _by_host(threads_among(places, catalogue.threads), poller.manners))
    except CannotOpenError as error:
        return complain(str(error))
    for entry, probed in (*places, *threads):
        click.echo(line_of(entry, probed))
    heard = {_name_of(entry) for entry, probed in (*places, *threads) if probed.heard and probed.heard.count}
    if heard:
        click.echo(f"\nIn places.toml, `checked = {utc_now().date()}` may stand at: {', '.join(sorted(heard))}.")
    return 0 if heard else complain("No place answered. Is this machine connected to the internet?")


def _by_host(wanted: Iterable[Wanted], manners: Manners) -> list[list[Wanted]]:
    """Return the places in groups, each of one host and in the order of their addresses."""
    by_host: dict[str, list[Wanted]] = {}
    for entry, proposal in sorted(wanted, key=lambda pair: pair[1].url):
        by_host.setdefault(manners.paced_host_of(proposal.url) or host_of(proposal.url), []).append((entry, proposal))
    return list(by_host.values())


def threads_among(found: Iterable[Tried], rules: Iterable[WholeThread]) -> list[Wanted]:
    """Return for each rule one thread that a place named, of those in which somebody answered if there are any."""
    posts = [post for _, probed in found if probed.heard and probed.heard.parsed for post in probed.heard.parsed.posts]
    # Answers first; sorting keeps the newest of either kind in front.
    posts.sort(key=lambda post: not post.parent_key)
    wanted: list[Wanted] = []
    for rule in rules:
        since = utc_now() - LOOKED_BACK
        addresses = (address_of_thread(post.thread_key, post.url, [rule], since=since) for post in posts)
        address = next(filter(None, addresses), None)
        if address:
            proposal = Proposal(name=_name_of(rule), community=rule.community, url=address.url)
            wanted.append((rule, proposal))
    return wanted


def _name_of(entry: Entry) -> str:
    return entry.name if isinstance(entry, Template) else f"{entry.community}, a thread"


async def _ask_all(poller: Poller, hosts: Iterable[Sequence[Wanted]]) -> list[Tried]:
    visitor = visitor_of(poller, patience_seconds=PATIENCE_SECONDS)
    answers = await asyncio.gather(*(_ask(visitor, poller.parser, places) for places in hosts))
    return [pair for host in answers for pair in host]


async def _ask(visitor: Visitor, parser: Parser, places: Sequence[Wanted]) -> list[Tried]:
    """Ask the places of one host, one after the other, at its pace."""
    found: list[Tried] = []
    for entry, proposal in places:
        (probed,) = await probe(visitor, parser, [proposal], seconds=PATIENCE_SECONDS + SECONDS)
        found.append((entry, probed))
    return found


def line_of(entry: Entry, probed: Probed) -> str:
    """Return one line of the table: the place, what it answered, when it was checked last, and why it is listed."""
    answer = f"not asked, {probed.reason}" if probed.unasked else probed.reason
    if probed.heard:
        newest = f", newest {probed.heard.newest:%Y-%m-%d %H:%M}" if probed.heard.newest else ""
        answer = times(probed.heard.count, "post") + newest
    sign = "ok" if probed.heard and probed.heard.count else "--"
    return f"{sign} {probed.proposal.name}: {answer} [{_checked(entry.checked)}; {entry.evidence or 'no evidence'}]"


def _checked(day: date | None) -> str:
    return f"checked {day}" if day else "untested"
