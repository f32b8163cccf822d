"""Reading all that a thread lists, page by page, in the turns of its host. Knows no Slack."""

from dataclasses import replace
from typing import assert_never

from engagement.dataclass import dataclass
from engagement.listening.hosts import HostSaid
from engagement.post import Post
from engagement.turns.looking import Thread
from feeds.parsing.parsed import Parsed, ParseFailed
from feeds.parsing.worker import Parser
from feeds.places.threads import ThreadAddress
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, NotModified
from handlers.polling.settle import keep_paces
from handlers.polling.visiting import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a thread's address listed: nothing where it is `unchanged` since the look before, and was not read again."""

    posts: tuple[Post, ...] = ()
    etag: str = ""
    last_modified: str = ""
    more: bool = False
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """Why nothing was listed, for people; not `asked` where the host has to wait."""

    reason: str
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads threads: `visitor` asks for their pages, `parser` reads them."""

    visitor: Visitor
    parser: Parser

    async def read(self, thread: Thread, address: ThreadAddress) -> Listed | Unlisted:
        """Return what is listed at the address of a thread, and at that of its newest posts where those are missing."""
        request = FetchRequest(url=address.url)
        if address.url == thread.look.url and not address.newest:
            # That a first page is the same says nothing about the newest posts.
            request = replace(request, etag=thread.look.etag, last_modified=thread.look.last_modified)
        first = await self._page(request, thread)
        if isinstance(first, Unlisted) or not (first.more and address.newest):
            return first
        rest = await self._page(FetchRequest(url=address.newest), thread)
        return rest if isinstance(rest, Unlisted) else replace(first, posts=first.posts + rest.posts)

    async def _page(self, request: FetchRequest, thread: Thread) -> Listed | Unlisted:
        result = await self.visitor.fetch(request)
        match result:
            case Fetched():
                return await self._parse(result, thread)
            case NotModified():
                return Listed(etag=request.etag, last_modified=request.last_modified, unchanged=True)
            case FetchFailed(reason=reason, unasked=unasked):
                return Unlisted(reason=reason, asked=not unasked)
            case _:
                assert_never(result)

    async def _parse(self, fetched: Fetched, thread: Thread) -> Listed | Unlisted:
        parsed = await self.parser.parse(
            fetched.body, fetched.content_type, fetched.final_url, thread.community, now=self.visitor.clock()
        )
        match parsed:
            case Parsed(posts=posts, more=more, pause_seconds=pause):
                await self._let_wait(fetched.final_url, pause or 0)
                return Listed(posts=posts, etag=fetched.etag, last_modified=fetched.last_modified, more=bool(more))
            case ParseFailed(reason=reason):
                return Unlisted(reason=reason)
            case _:
                assert_never(parsed)

    async def _let_wait(self, url: str, seconds: int) -> None:
        """Let a host wait that asked for it in the body of its answer."""
        manners, now = self.visitor.manners, self.visitor.clock()
        host = manners.paced_host_of(url)
        if host and seconds:
            said = HostSaid(host=host, usual_gap_seconds=manners.gap_of(host), pause_seconds=seconds)
            await self.visitor.db.transact(lambda tx: keep_paces(tx, [said], at=now))
