"""From a parsed feed to posts: who wrote what, in which thread of which community."""

from datetime import datetime
from typing import Final, NamedTuple

from engagement.post import Post
from engagement.team.handles import network_of
from feeds.communities import FOOTERS, HANDLES, NAMES, PROGRAMS
from feeds.entry import Entry, ParsedFeed
from feeds.identity.keys import LONGEST_KEY, bounded, identify
from feeds.identity.spots import Spot, spot_in_feed, spot_of
from feeds.links import host_of, is_web
from feeds.text import NAME_CHARACTERS, clipped, one_line

# What Mastodon and Bluesky leave untitled gets the beginning of its text; long enough for a sentence.
MADE_TITLE_CHARACTERS: Final = 90


class Identified(NamedTuple):
    """The posts of a feed, and whether no two of its entries have anything in common that might make them one."""

    posts: list[Post]
    apart: bool


def identified(
    parsed: ParsedFeed, source_url: str, source_community: str, *, now: datetime | None = None
) -> Identified:
    """Return the posts of a feed, in its order, each once.

    `source_community` names the community of posts whose address names none. With `now`, a date in the future becomes
    `now`, because clocks run fast; without it, dates stay as they are.
    """
    hosts = frozenset(host for host in (host_of(source_url), host_of(parsed.link)) if host)
    network = network_of(source_community)
    placed = [(entry, spot_in_feed(entry, hosts, network)) for entry in parsed.entries]
    posts: list[Post] = []
    taken: set[str] = set()
    identities = identify(placed, site=parsed.link, source_url=source_url)
    for (entry, spot), keys in zip(placed, identities.keys, strict=True):
        if identities.apart or taken.isdisjoint(keys):
            community = _community(spot, hosts, source_community) if source_community else spot.community
            posts.append(_post(entry, spot, keys, community, now))
        if not identities.apart:
            taken.update(keys)
    return Identified(posts, apart=identities.apart)


def _post(entry: Entry, spot: Spot, keys: tuple[str, ...], community: str, now: datetime | None) -> Post:
    # The tables below know no other kinds than those of the rules.
    kind = spot.thread_key.partition(":")[0] if spot.known else ""
    footer = FOOTERS.get(kind)
    text = footer.sub("", entry.text) if footer else entry.text
    thread_key, parent_key = _thread(entry, spot, keys)
    author = _author(entry, spot, kind)
    when = entry.published_at
    # By position, in half the time that names take.
    return Post(
        tuple([key if len(key) <= LONGEST_KEY else bounded(key) for key in keys]),
        community,
        # What an entry leads away to was read as no address yet.
        "" if spot.away and not is_web(spot.url) else spot.url,
        entry.title or one_line(text, limit=MADE_TITLE_CHARACTERS),
        text,
        author,
        thread_key if len(thread_key) <= LONGEST_KEY else bounded(thread_key),
        parent_key and bounded(parent_key),
        now if when and now and now < when else when,
        entry.score,
        entry.accepted,
        entry.by_program or (kind in PROGRAMS and PROGRAMS[kind].fullmatch(author) is not None),
    )


def _thread(entry: Entry, spot: Spot, keys: tuple[str, ...]) -> tuple[str, str]:
    """Return the keys of thread and parent: what the adapter knows, else what the address says."""
    thread = entry.thread and _key_of(entry.thread)
    if thread:
        return thread, _key_of(entry.parent) or ("" if thread == keys[0] else thread)
    above = spot.thread_key
    if spot.known and keys[0] != above:
        return above, above
    parent = spot.parent_key
    if parent or above in keys:
        return above, parent
    # The link is no identity in this feed, so it is no thread either.
    return keys[0], ""


def _key_of(named: str) -> str:
    """Return the key of a post that an adapter names, by that or by its address."""
    return spot_of(named).post_key if is_web(named) else named


def _community(spot: Spot, hosts: frozenset[str], source_community: str) -> str:
    """Return the name of the community: what the address says, else the source's own where the post is at home."""
    if spot.software or not spot.known:
        host = host_of(spot.url)
        if host in hosts and host not in NAMES:
            return source_community
    return spot.community or source_community


def _author(entry: Entry, spot: Spot, kind: str) -> str:
    """Return the author as the community spells its handles."""
    name = entry.author
    if is_web(name):
        # Lemmy names people by the address of their profile.
        name = name.rstrip("/").rpartition("/")[2]
    tidy = HANDLES.get(kind)
    return clipped(tidy(name) if tidy and name else name or spot.author, NAME_CHARACTERS)
