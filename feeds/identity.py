"""What makes a post the same post: its keys, strongest first. Never a date alone, nor the text while more is known."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from feeds.entry import Entry
from feeds.links import host_of, is_web, link_key
from feeds.spots import Spot, platform_key

# Shorter ids ("17", "item-3") are counters of one feed; its neighbours on the same host count from one as well.
TELLING_GUID: Final = 8
# No index of PostgreSQL takes more than 2,700 bytes, and a character has up to four.
LONGEST_KEY: Final = 500
# Ids of these schemes say themselves who gave them out (RFC 4151, RFC 8141, AT Protocol).
_GLOBAL = re.compile(r"(?:tag|urn|at):", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Ids and keys that several different entries of one feed share, so that alone they identify none of them."""

    guids: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()


def ambiguous(entries: Iterable[tuple[Entry, Spot]], site: str) -> Ambiguous:
    """Return what is no identity in this feed: shared ids, shared addresses, and the page that the feed is about.

    Seen in the wild: one guid on every item (https://github.com/miniflux/v2/issues/4197), one link on every review.
    """
    by_guid: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    by_key: defaultdict[str, set[str]] = defaultdict(set)
    for entry, spot in entries:
        by_guid[entry.id].add((link_key(entry.link), entry.title))
        for key in {spot.post_key, link_key(spot.url)}:
            by_key[key].add(link_key(entry.id) or entry.id or entry.title)
    return Ambiguous(
        guids=frozenset(guid for guid, owners in by_guid.items() if guid and len(owners) > 1),
        keys=frozenset(key for key, owners in by_key.items() if len(owners) > 1) | {link_key(site)},
    )


def identify(entry: Entry, spot: Spot, shared: Ambiguous, *, source_url: str) -> tuple[str, ...]:
    """Return the keys of an entry, at least one, strongest first, without repetition.

    The platform's own number, the guid, the canonical link; a hash of title, date and text only where nothing else is
    left. Two posts that share any key are the same post, so a key too many loses a post and one too few shows it twice.
    """
    number = platform_key(entry.id, spot)
    keys = [key for key in (spot.post_key if spot.known else "", number) if key not in shared.keys]
    link = link_key(spot.url)
    if entry.id not in shared.guids:
        # A platform's number is the guid already.
        keys.append("" if number else guid_key(entry.id, source_url=source_url))
    elif link not in shared.keys:
        keys.append(_hash("guid+link", entry.id, link) if link else "")
    keys.append(link if link not in shared.keys else "")
    if spot.community == "Google News":
        # The same article comes with another id every few days (https://github.com/Athou/commafeed/issues/1755).
        keys.append(_hash("headline", _folded(entry.title)))
    found = tuple(dict.fromkeys(key for key in keys if key))
    return found or (_hash("text", entry.title, str(entry.published_at or ""), entry.text),)


def guid_key(guid: str, *, source_url: str) -> str:
    """Return the key of a feed's own id, empty if there is none.

    A URL is compared like a link. An id that means something only where it was given out carries that place's name.
    """
    guid = guid.strip()
    if not guid:
        return ""
    if is_web(guid):
        return link_key(guid)
    if _GLOBAL.match(guid):
        return f"guid:{guid}"
    place = host_of(source_url) if len(guid) >= TELLING_GUID else link_key(source_url).removeprefix("url:")
    return f"guid:{place}:{guid}"


def bounded(key: str) -> str:
    """Return a key as it can be indexed: one that is too long is known by its hash."""
    return key if len(key) <= LONGEST_KEY else _hash("long", key)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _hash(kind: str, *parts: str) -> str:
    """Return a key of fixed length; the parts are told apart by a character that no text here contains."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{digest[:40]}"
