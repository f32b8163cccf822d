"""From an address that somebody pastes to the feeds behind it, each of them tried."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feeds.communities import community_of_feed
from feeds.links import host_of
from feeds.parsing.worker import Parser
from feeds.places.catalogue import Pasted, said_in
from feeds.places.probing import Probed, explore, probe
from feeds.places.proposing import Proposal
from feeds.text import as_name
from feeds.typed import as_address
from feeds.wire.fetched import Fetches

# What each look gets, however long those before it took.
LEAST_SECONDS: Final = 1.0
NO_ADDRESS: Final = "this is not the address of a web page"


async def find_feeds(
    fetcher: Fetches,
    parser: Parser,
    address: str,
    rules: Sequence[Pasted],
    *,
    seconds: float,
) -> list[Probed]:
    """Return the feeds behind an address that answered, best first; else one that did not, with why.

    First what the shape of the address says (a subreddit, a repository, a topic of a forum), then the page itself: it
    may be a feed, name one, or keep one where feeds usually are. All that takes `seconds`, and one more for
    each rule that fits.
    """
    url = as_address(address)
    if not url:
        return [Probed(proposal=Proposal(name=as_name(address), community="", url=""), heard=None, reason=NO_ADDRESS)]
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    failed: list[Probed] = []
    for proposals in candidates(url, rules):
        probed = await probe(fetcher, parser, proposals, seconds=max(LEAST_SECONDS, end - clock()))
        heard = [each for each in probed if each.heard]
        if heard:
            return heard
        failed += probed
    page = Proposal(name=host_of(url), community="", url=url, discover=True)
    found = await explore(fetcher, parser, page, seconds=max(LEAST_SECONDS, end - clock()))
    if found[0].heard:
        return [_named(each) for each in found]
    # What a community says of its own feeds tells more than that its page names none.
    return next(([each] for each in failed if each.may_answer or _is_named(each.proposal)), found)


def _is_named(proposal: Proposal) -> bool:
    """Whether the rule knew whose address it was, rather than only what it looks like."""
    return proposal.community != host_of(proposal.url)


def candidates(url: str, rules: Sequence[Pasted]) -> list[list[Proposal]]:
    """Return where the feeds of an address may be by its shape alone, those of the most telling rule first."""
    rest = bare_address(url)
    found = []
    for rule in rules:
        match = re.fullmatch(rule.address, rest, re.IGNORECASE)
        if match:
            said = said_in(match)
            found.append([_proposal(rule, rule.name.format_map(said), feed.format_map(said)) for feed in rule.feeds])
    return found


def bare_address(url: str) -> str:
    """Return an address as rules read it: without scheme, `www.`, fragment and what stands before an @."""
    rest = url.partition("://")[2].partition("#")[0]
    rest = rest[4:] if rest[:4].lower() == "www." else rest
    host, slash, path = rest.partition("/")
    return host.rpartition("@")[2].lower() + slash + path


def _proposal(rule: Pasted, name: str, url: str) -> Proposal:
    return Proposal(name=name, community=rule.community or community_of_feed(url), url=url, note=rule.caution)


def _named(found: Probed) -> Probed:
    """Return a feed that was found through its page under the name that it gives itself."""
    title = found.heard.title if found.heard else ""
    proposal = found.proposal
    return replace(
        found,
        proposal=replace(
            proposal,
            name=title or proposal.name,
            community=proposal.community or community_of_feed(proposal.url),
            discover=False,
        ),
    )
