"""Where people talk about us and we do not listen: read off the posts that reached us another way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engagement.listening.appearances import Appearance, Unheard
from engagement.listening.source import NewSource
from engagement.sites import address_of_site, belongs_to
from engagement.team.handles import is_subreddit, network_of
from feeds.communities import name_of, subreddit_of
from feeds.links import host_of

# Of a text, since some are lists of links.
LINKS_AT_MOST: Final = 20
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]{3,500}", re.IGNORECASE)
# Addresses of discussions: topics of Discourse and Flarum, posts of Lemmy and Reddit, questions, issues, stories.
_DISCUSSION = re.compile(
    r"/t/[^/]+/\d+|/d/\d+|/post/\d+|/comments/|/questions/\d+|/discussions/\d+|/issues/\d+|/item\?id=|/s/\w{6}\b"
    r"|/threads?/|/topic/|/forums?/|viewtopic\.php|showthread\.php",
    re.IGNORECASE,
)
_FORUM_HOST = re.compile(r"^(?:forums?|community|discuss|discourse|talk|support|answers|lemmy|lists?)\.", re.IGNORECASE)
# Google's search of news carries the papers' posts; the paper stands behind the headline.
_PAPER = re.compile(r".* - ([^-]{2,60})$", re.DOTALL)
NEWS: Final = "Google News"


@dataclass(slots=True)
class _Tally:
    newest: datetime
    posts: int = 0
    links: int = 0
    page: str = ""


def unheard_places(
    appearances: Iterable[Appearance], sources: Iterable[NewSource], our_sites: Iterable[str]
) -> list[Unheard]:
    """Return the places where we appear and do not listen, those with the most posts first, then the most links.

    `our_sites` are addresses of our own, which are no news to us.
    """
    heard = {name for source in sources for name in _hears(source)}
    ours = {host_of(address_of_site(site)) for site in our_sites}
    tallies: dict[str, _Tally] = {}
    for appearance in appearances:
        place, url = _place_of(appearance)
        for name, page in (_linked(appearance.text) | {place: url}).items():
            if not name or _is_heard(name, page, heard) or any(belongs_to(host_of(page), site) for site in ours):
                continue
            tally = tallies.setdefault(name, _Tally(newest=appearance.written_at))
            tally.posts += name == place
            tally.links += name != place
            tally.newest = max(tally.newest, appearance.written_at)
            tally.page = tally.page or _front(page)
    return sorted((_unheard(name, tally) for name, tally in tallies.items()), key=_rank)


def _place_of(appearance: Appearance) -> tuple[str, str]:
    """Return what to call the place where a post stands, and an address there."""
    if appearance.community == NEWS:
        paper = _PAPER.fullmatch(appearance.title)
        return (paper.group(1).strip(), "") if paper else ("", "")
    return appearance.community or name_of(host_of(appearance.url)), appearance.url


def _linked(text: str) -> dict[str, str]:
    """Return the discussions a text leads to, by the names of their places; any other page is no place to listen."""
    found = {}
    for link, _ in zip(_LINK.finditer(text), range(LINKS_AT_MOST), strict=False):
        page = link.group().rstrip(".,;:!?*_")
        host = host_of(page)
        if host and (_DISCUSSION.search(page) or _FORUM_HOST.match(host)):
            found[subreddit_of(page) or name_of(host)] = page
    return found


def _hears(source: NewSource) -> tuple[str, ...]:
    """Return the names of what a source carries; one part of Reddit is not all of it."""
    host = host_of(source.url)
    return (source.community,) if is_subreddit(source.community) else (source.community, host, name_of(host))


def _is_heard(name: str, page: str, heard: set[str]) -> bool:
    return name in heard or (network_of(name) if is_subreddit(name) else host_of(page)) in heard


def _front(page: str) -> str:
    """Return what to paste: the subreddit, or the front page of the host."""
    name, host = subreddit_of(page), host_of(page)
    if name:
        return f"https://www.reddit.com/{name}/"
    return f"https://{host}/" if host else ""


def _unheard(name: str, tally: _Tally) -> Unheard:
    return Unheard(place=name, posts=tally.posts, links=tally.links, newest=tally.newest, page=tally.page)


def _rank(place: Unheard) -> tuple[int, int, float, str]:
    return -place.posts, -place.links, -place.newest.timestamp(), place.place
