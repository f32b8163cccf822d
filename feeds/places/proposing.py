"""Where to listen: the places proposed for a watch at set-up, and whether they answer."""

import asyncio
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never
from urllib.parse import quote, quote_plus

from engagement.polled import Failure
from engagement.trouble import Cause
from feeds.communities import community_of_feed, name_of
from feeds.links import host_of
from feeds.parsing.parsed import Parsed, ParseFailed
from feeds.parsing.worker import Parser
from feeds.places.catalogue import Template, placeholders
from feeds.places.discover import feed_links, usual_feeds
from feeds.places.listen import read_answer
from feeds.typed import as_address
from feeds.wire.fetched import Fetched, Fetches, FetchFailed, FetchRequest, FetchResult

# Every name of a watch would cost one more request per poll and place; most have a name and a spelling or two.
NAMES_AT_MOST: Final = 3
FEEDS_PER_PAGE: Final = 3
NO_FEED: Final = "the page names no feed, and there is none where feeds usually are"
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A place that may be worth listening to; with `discover`, `url` is a page whose feed is still to be found."""

    name: str
    community: str
    url: str
    note: str = ""
    discover: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A place answered with `count` posts; `newest` is when the newest was written, None if none is dated.

    `title` is what the feed calls itself.
    """

    count: int
    newest: datetime | None
    title: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What came of trying a place: `heard`, or else `reason` for people. A discovered feed's URL is in `proposal`.

    A place that was not heard `may_answer` another time where it was slow, busy or broken, but not where it is closed
    to us, empty, or no feed; `retry_after_seconds` is what it asked for meanwhile, None if nothing. With `unasked`, it
    was not asked at all, because its host has to wait for that long. `cause` is for the rules, where it failed.
    """

    proposal: Proposal
    heard: Heard | None
    reason: str = ""
    may_answer: bool = False
    retry_after_seconds: int | None = None
    unasked: bool = False
    cause: Cause = field(default=Cause.BROKEN, compare=False)

    @property
    def failure(self) -> Failure | None:
        """What a poll would make of it; None where it was heard, or not asked."""
        if self.heard or self.unasked:
            return None
        return Failure(reason=self.reason, cause=self.cause, retry_after_seconds=self.retry_after_seconds)


def propose(names: Sequence[str], site: str, catalogue: Sequence[Template]) -> list[Proposal]:
    """Return the places to try for a watch with these names and this site (may be empty), each URL once."""
    found: dict[str, Proposal] = {}
    for template in catalogue:
        for proposal in _filled(template, [name.strip() for name in names if name.strip()], site.strip()):
            found.setdefault(proposal.url, proposal)
    return list(found.values())


def _filled(template: Template, names: Sequence[str], site: str) -> Iterator[Proposal]:
    used = placeholders(template.url)
    ours = _of_site(site)
    if not all(ours[name] for name in used & ours.keys()):
        return
    for label, theirs in _of_names(template, used, names[:NAMES_AT_MOST]):
        yield _proposal(template, label, template.url.format_map({**ours, **theirs}))


def _of_site(site: str) -> dict[str, str]:
    """Return what a watch's site fills, empty where there is none."""
    address = as_address(site)
    if not address:
        return {"site": "", "host": "", "repo": ""}
    repository = _REPOSITORY.fullmatch(address)
    # A page on GitHub is ours, GitHub is not.
    host = host_of(address) if name_of(host_of(address)) == host_of(address) else ""
    return {"site": address, "host": quote(host), "repo": repository.group(1) if repository else ""}


def _of_names(template: Template, used: set[str], names: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Return what names fill, each with a label that tells the places apart; a single one without names."""
    if "tag" in used:
        return [(f"#{tag}", {"tag": quote_plus(tag)}) for tag in dict.fromkeys(filter(None, map(_tag, names)))]
    if "words" in used:
        return [(_label(name, names), {"words": quote_plus(name)}) for name in names]
    if "query" in used:
        phrases = [_phrase(name) for name in names]
        queries = phrases if template.each else filter(None, [" OR ".join(phrases)])
        return [(_label(query, phrases) if template.each else "", {"query": quote_plus(query)}) for query in queries]
    return [("", {})]


def _label(name: str, names: Sequence[str]) -> str:
    return name if len(names) > 1 else ""


def _proposal(template: Template, label: str, url: str) -> Proposal:
    return Proposal(
        name=f"{template.name} {label}".strip(),
        community=template.community or community_of_feed(url),
        url=url,
        note=template.caution,
        discover=template.discover,
    )


def _phrase(name: str) -> str:
    return '"' + name.replace('"', " ").strip() + '"'


def _tag(name: str) -> str:
    """Return a name as a tag, empty where it would become another word: C++ is not #c."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(character for character in plain if character.isalnum())
    return kept if all(character.isalnum() or character in " -_.'" for character in plain) else ""


async def probe(fetcher: Fetches, parser: Parser, proposals: Sequence[Proposal], *, timeout: float) -> list[Probed]:  # noqa: ASYNC109 one limit for every place, and the slow ones are told apart from the rest
    """Try all places at once; each gets `timeout` seconds. The answers come in the order of the proposals."""
    return list(await asyncio.gather(*(_try(fetcher, parser, proposal, timeout) for proposal in proposals)))


async def explore(fetcher: Fetches, parser: Parser, page: Proposal, *, timeout: float) -> list[Probed]:  # noqa: ASYNC109 as for `probe`
    """Return the feeds of a page that answered, those it names first; else one answer that says why there is none."""
    try:
        async with asyncio.timeout(timeout):
            return await _discover(fetcher, parser, page, most=FEEDS_PER_PAGE)
    except TimeoutError:
        return [_too_slow(page, timeout)]


async def _try(fetcher: Fetches, parser: Parser, proposal: Proposal, seconds: float) -> Probed:
    try:
        async with asyncio.timeout(seconds):
            if proposal.discover:
                return (await _discover(fetcher, parser, proposal, most=1))[0]
            return await _listen(fetcher, parser, proposal)
    except TimeoutError:
        return _too_slow(proposal, seconds)


def _too_slow(proposal: Proposal, seconds: float) -> Probed:
    reason = f"no answer within {seconds:g} seconds"
    return Probed(proposal=proposal, heard=None, reason=reason, may_answer=True, cause=Cause.NO_ANSWER)


async def _listen(fetcher: Fetches, parser: Parser, proposal: Proposal) -> Probed:
    result = await fetcher.fetch(FetchRequest(url=proposal.url))
    return await _judged(parser, proposal, result)


async def _judged(parser: Parser, proposal: Proposal, result: FetchResult) -> Probed:
    parsed = await read_answer(parser, result, proposal.community)
    match parsed:
        case Parsed(posts=posts, title=title):
            newest = max((post.published_at for post in posts if post.published_at), default=None)
            return Probed(proposal=proposal, heard=Heard(count=len(posts), newest=newest, title=title))
        case ParseFailed(reason=reason):
            return _unheard(proposal, result, reason)
        case _:
            assert_never(parsed)


def _unheard(proposal: Proposal, result: FetchResult, reason: str) -> Probed:
    if not isinstance(result, FetchFailed):
        return Probed(proposal=proposal, heard=None, reason=reason)
    return Probed(
        proposal=proposal,
        heard=None,
        reason=reason,
        may_answer=not (result.closed or result.missing or result.gone),
        retry_after_seconds=result.retry_after_seconds,
        unasked=result.unasked,
        cause=result.cause,
    )


async def _discover(fetcher: Fetches, parser: Parser, proposal: Proposal, *, most: int) -> list[Probed]:
    """Find feeds of a page: the page itself, up to `most` that it names, or one of where feeds usually are."""
    page = await fetcher.fetch(FetchRequest(url=proposal.url))
    first = await _judged(parser, proposal, page)
    if first.heard or not isinstance(page, Fetched):
        return [first]
    # Beside the loop: a page made to be slow takes a quarter of a second.
    named = await asyncio.to_thread(feed_links, page.body, page.final_url)
    found: list[Probed] = []
    for url in named[:FEEDS_PER_PAGE] or usual_feeds(page.final_url):
        community = proposal.community or host_of(url)
        one = await _listen(fetcher, parser, replace(proposal, url=url, community=community, discover=False))
        found += [one] if one.heard else []
        if len(found) >= (most if named else 1):
            break
    return found or [Probed(proposal=proposal, heard=None, reason=NO_FEED)]
