"""One look at an address without a memory of it: what set-up and the check ask of a place."""

from typing import assert_never

from feeds.parsing.parsed import ParseFailed, ParseResult
from feeds.parsing.worker import Parser
from feeds.wire.fetched import Fetched, FetchFailed, FetchResult, NotModified


async def read_answer(parser: Parser, answer: FetchResult, community: str) -> ParseResult:
    """Return the posts of what an address answered when asked without validators, or why there are none."""
    match answer:
        case Fetched():
            return await parser.parse(answer.body, answer.content_type, answer.final_url, community)
        case NotModified():
            return ParseFailed(reason="it says that nothing has changed, though we asked for the first time")
        case FetchFailed(reason=reason):
            return ParseFailed(reason=reason)
        case _:
            assert_never(answer)
