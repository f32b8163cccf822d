"""Where people talk about us and we do not listen: read off the posts that reached us by another way."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from engagement.source import NewSource

EXAMPLES: Final = 3
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
SUBREDDIT: Final = "r/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A post about us that reached us."""

    community: str
    url: str
    title: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A place that is not listened to: `posts` about us stand there, `links` from other posts about us lead there.

    `newest` is when the newest of these was written, `examples` up to three addresses, newest first. `page` is what
    might be pasted to listen there, empty where only a name is known.
    """

    place: str
    posts: int
    links: int
    newest: datetime
    examples: tuple[str, ...]
    page: str = ""


@dataclass(slots=True)
class _Tally:
    posts: int = 0
    links: int = 0
    page: str = ""
    seen: list[tuple[datetime, str]] = field(default_factory=list)


def unheard_places(
    appearances: Iterable[Appearance],
    sources: Iterable[NewSource],
    our_sites: Iterable[str],
    *,
    name_of: Callable[[str], str],
) -> list[Unheard]:
    """Return the places where we appear and do not listen, those with the most posts first, then the most links.

    `our_sites` are addresses of our own, which are no news to us; `name_of` says what people call a host.
    """
    heard = {name for source in sources for name in _hears(source, name_of)}
    ours = {host_of(site if "://" in site else f"https://{site}") for site in our_sites} - {""}
    tallies: dict[str, _Tally] = {}
    for appearance in appearances:
        stands = _place_of(appearance, name_of)
        linked = {name: page for name, page in _linked(appearance.text, name_of) if name != stands[0]}
        for name, page in ({stands[0]: stands[1]} | linked).items():
            if not name or _is_heard(name, page, heard) or _is_ours(host_of(page), ours):
                continue
            tally = tallies.setdefault(name, _Tally())
            is_post = name == stands[0]
            tally.posts += is_post
            tally.links += not is_post
            tally.page = tally.page or _front(page)
            tally.seen.append((appearance.written_at, appearance.url if is_post else page))
    return sorted((_unheard(name, tally) for name, tally in tallies.items()), key=_rank)


def host_of(url: str) -> str:
    """Return the host of an address without `www.`, empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _place_of(appearance: Appearance, name_of: Callable[[str], str]) -> tuple[str, str]:
    """Return what to call the place where a post stands, and an address there."""
    if appearance.community == NEWS:
        paper = _PAPER.fullmatch(appearance.title)
        return (paper.group(1).strip(), "") if paper else ("", "")
    return appearance.community or name_of(host_of(appearance.url)), appearance.url


def _linked(text: str, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the discussions a text leads to, by the names of their places; any other page is no place to listen."""
    found = []
    for link, _ in zip(_LINK.finditer(text), range(LINKS_AT_MOST), strict=False):
        page = link.group().rstrip(".,;:!?*_")
        host = host_of(page)
        if host and (_DISCUSSION.search(page) or _FORUM_HOST.match(host)):
            found.append((_subreddit(page) or name_of(host), page))
    return found


def _subreddit(page: str) -> str:
    found = re.match(r"https?://(?:\w+\.)?reddit\.com/(r/\w+)/", page, re.IGNORECASE)
    return found.group(1) if found else ""


def _hears(source: NewSource, name_of: Callable[[str], str]) -> tuple[str, ...]:
    """Return the names of what a source carries; one part of Reddit is not all of it."""
    host = host_of(source.url)
    return (source.community,) if source.community.startswith(SUBREDDIT) else (source.community, host, name_of(host))


def _is_heard(name: str, page: str, heard: set[str]) -> bool:
    return name in heard or ("Reddit" if name.startswith(SUBREDDIT) else host_of(page)) in heard


def _is_ours(host: str, ours: set[str]) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in ours)


def _front(page: str) -> str:
    """Return what to paste: the subreddit, or the front page of the host."""
    name, host = _subreddit(page), host_of(page)
    if name:
        return f"https://www.reddit.com/{name}/"
    return f"https://{host}/" if host else ""


def _unheard(name: str, tally: _Tally) -> Unheard:
    newest_first = sorted(tally.seen, reverse=True)
    return Unheard(
        place=name,
        posts=tally.posts,
        links=tally.links,
        newest=newest_first[0][0],
        examples=tuple(dict.fromkeys(url for _, url in newest_first))[:EXAMPLES],
        page=tally.page,
    )


def _rank(place: Unheard) -> tuple[int, int, float, str]:
    return -place.posts, -place.links, -place.newest.timestamp(), place.place
