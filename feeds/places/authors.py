"""Where the posts of a teammate can be heard: by a handle of theirs, in a community."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from engagement.dataclass import dataclass
from engagement.listening.source import NewSource
from engagement.team.handles import network_of
from feeds.communities import STACK_EXCHANGE_SITES
from feeds.places.catalogue import Author, said_in
from feeds.wire.fetched import Fetched, Fetches, FetchFailed, FetchRequest

# Whatever else these communities are called: every forum of this software has its own name, which is its host.
FORUM: Final = "Discourse"
NETWORK: Final = "Stack Exchange"
NOT_THERE: Final = "there is nobody of this name"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeard:
    """The posts of a person cannot be heard; `reason` is for people."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorFeed:
    """Where to hear somebody. With `lookup`, `url` still wants {id}: the member `id` of what that address answers."""

    url: str
    name: str
    community: str
    lookup: str = ""


def is_heard_by_name(community: str, authors: Sequence[Author]) -> bool:
    """Return whether one person of the community can be heard, once we know their name there."""
    return bool(_called(community, authors))


def author_feed(community: str, handle: str, authors: Sequence[Author]) -> AuthorFeed | NotHeard:
    """Return where the posts of `handle` can be heard; `community` as posts name it, `handle` as people write it.

    A community that is a host is a forum; a subreddit is a part of Reddit.
    """
    known = _called(community, authors)
    if not known:
        return NotHeard(reason=f"I know no way to hear one person on {community}")
    for author in known:
        found = re.fullmatch(author.handle, handle.strip())
        if found:
            said = _said(author, found, community)
            if said is None:
                return NotHeard(reason="the address of the forum is missing: name@forum.example")
            name = f"{said['handle']} on {community}"
            url = author.url.format_map({**said, "id": "{id}"})
            lookup = author.lookup.format_map(said)
            return AuthorFeed(url=url, name=name, community=community, lookup=lookup)
    return NotHeard(reason=f"{handle!r} is not how names are written on {community}")


async def find_author(fetcher: Fetches, community: str, handle: str, authors: Sequence[Author]) -> NewSource | NotHeard:
    """Return the source of somebody's posts, looked up where the community counts people; or why there is none."""
    feed = author_feed(community, handle, authors)
    if isinstance(feed, NotHeard):
        return feed
    url = feed.url
    if feed.lookup:
        answer = await fetcher.fetch(FetchRequest(url=feed.lookup))
        if isinstance(answer, FetchFailed):
            return NotHeard(reason=NOT_THERE if answer.missing else answer.reason)
        number = _id_in(answer.body) if isinstance(answer, Fetched) else ""
        if not number:
            return NotHeard(reason=NOT_THERE)
        url = url.replace("{id}", quote(number, safe=""))
    return NewSource(url=url, name=feed.name, community=community)


def _called(community: str, authors: Sequence[Author]) -> list[Author]:
    name = network_of(community)
    if all(author.community != name for author in authors):
        is_site = name in STACK_EXCHANGE_SITES.values() or name.endswith(".stackexchange.com")
        name = NETWORK if is_site else FORUM if "." in name else ""
    return [author for author in authors if author.community == name]


def _said(author: Author, found: re.Match[str], community: str) -> Mapping[str, str] | None:
    """Return what fills the address, safe to stand in one; None if the host is still missing."""
    said = {name: quote(value, safe=":") for name, value in said_in(found).items()}
    if said.get("host") == "":
        said["host"] = community if author.community == FORUM and "." in community else ""
        return said if said["host"] else None
    return said


def _id_in(body: bytes) -> str:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    number = document.get("id") if isinstance(document, dict) else None
    return str(number) if isinstance(number, str | int) and not isinstance(number, bool) else ""
