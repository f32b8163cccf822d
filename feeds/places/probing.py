"""Trying places: whether they answer, and which feeds a page has."""

import asyncio
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Final, assert_never

from engagement.dataclass import dataclass
from engagement.listening.polled import Failure
from engagement.listening.trouble import Cause
from feeds.links import host_of
from feeds.parsing.parsed import Parsed, ParseFailed, ParseResult
from feeds.parsing.worker import Parser
from feeds.places.discover import feed_links, usual_feeds
from feeds.places.proposing import Proposal
from feeds.wire.fetched import Fetched, Fetches, FetchFailed, FetchRequest, FetchResult, NotModified

FEEDS_PER_PAGE: Final = 3
NO_FEED: Final = "the page names no feed, and there is none where feeds usually are"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A place answered with `count` posts; `newest` is when the newest was written, None if none is dated.

    `title` is what the feed calls itself. `parsed` is all that it said and `answer` how it came, so that nobody has to
    ask for the same again.
    """

    count: int
    newest: datetime | None
    title: str = field(default="", compare=False)
    parsed: Parsed | None = field(default=None, compare=False, repr=False)
    answer: Fetched | None = field(default=None, compare=False, repr=False)


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
    def is_worth_keeping(self) -> bool:
        """Whether to listen there: it was heard, or may be another time, and its feed need not be found first."""
        return self.heard is not None or (self.may_answer and not self.proposal.discover)

    @property
    def failure(self) -> Failure | None:
        """What a poll would make of it; None where it was heard, or not asked."""
        if self.heard or self.unasked:
            return None
        return Failure(reason=self.reason, cause=self.cause, retry_after_seconds=self.retry_after_seconds)


async def probe(fetcher: Fetches, parser: Parser, proposals: Sequence[Proposal], *, seconds: float) -> list[Probed]:
    """Try all places at once; each gets `seconds`. The answers come in the order of the proposals."""
    found = await asyncio.gather(*(explore(fetcher, parser, each, seconds=seconds, most=1) for each in proposals))
    return [probed for probed, *_ in found]


async def explore(
    fetcher: Fetches, parser: Parser, place: Proposal, *, seconds: float, most: int = FEEDS_PER_PAGE
) -> list[Probed]:
    """Return how a place answers; of a page, up to `most` feeds that answered, or one answer that says why none did."""
    try:
        async with asyncio.timeout(seconds):
            if place.discover:
                return await _discover(fetcher, parser, place, most=most)
            return [await look_at(fetcher, parser, place)]
    except TimeoutError:
        return [_too_slow(place, seconds)]


def _too_slow(proposal: Proposal, seconds: float) -> Probed:
    reason = f"no answer within {seconds:g} seconds"
    return Probed(proposal=proposal, heard=None, reason=reason, may_answer=True, cause=Cause.NO_ANSWER)


async def look_at(fetcher: Fetches, parser: Parser, proposal: Proposal) -> Probed:
    """Return how an address answers when asked without a memory of it; it is taken for a feed."""
    result = await fetcher.fetch(FetchRequest(url=proposal.url))
    return await _judged(parser, proposal, result)


async def _judged(parser: Parser, proposal: Proposal, result: FetchResult) -> Probed:
    parsed = await _read(parser, result, proposal.community)
    match parsed:
        case Parsed(posts=posts, title=title):
            newest = max((post.published_at for post in posts if post.published_at), default=None)
            answer = result if isinstance(result, Fetched) else None
            heard = Heard(count=len(posts), newest=newest, title=title, parsed=parsed, answer=answer)
            return Probed(proposal=proposal, heard=heard)
        case ParseFailed(reason=reason):
            return _unheard(proposal, result, reason)
        case _:
            assert_never(parsed)


async def _read(parser: Parser, answer: FetchResult, community: str) -> ParseResult:
    match answer:
        case Fetched():
            return await parser.parse(answer.body, answer.content_type, answer.final_url, community)
        case NotModified():
            return ParseFailed(reason="it says that nothing has changed, though we asked for the first time")
        case FetchFailed(reason=reason):
            return ParseFailed(reason=reason)
        case _:
            assert_never(answer)


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
        one = await look_at(fetcher, parser, replace(proposal, url=url, community=community, discover=False))
        found += [one] if one.heard else []
        if len(found) >= (most if named else 1):
            break
    return found or [Probed(proposal=proposal, heard=None, reason=NO_FEED)]
