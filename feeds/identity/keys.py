"""What makes a post the same post: its keys, strongest first. Never a date alone, nor the text while more is known."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from typing import Final, NamedTuple

from feeds.entry import Entry
from feeds.identity.spots import Spot, platform_key, spot_of
from feeds.links import NO_ADDRESS, Address, address, host_of, link_key, skeleton

# Shorter ids ("17", "item-3") are counters of one feed; its neighbours on the same host count from one as well.
TELLING_GUID: Final = 8
# So are days and moments: each log of a site may have an entry of the 18th.
_DAY = re.compile(r"(?:19|20)\d\d([-/.]?)[01]\d\1[0-3]\d(?:[T ]?[\d:.]*(?:Z|[+-][\d:]+)?)?", re.ASCII)
# No index of PostgreSQL takes more than 2,700 bytes, and a character has up to four.
LONGEST_KEY: Final = 500
# Ids of these schemes say themselves who gave them out (RFC 4151, RFC 8141, AT Protocol).
_GLOBAL = re.compile(r"(?:tag|urn|at):", re.IGNORECASE)
HALF_A_DAY: Final = timedelta(hours=12)

Placed = tuple[Entry, Spot]


class _Source(NamedTuple):
    """Where the ids of a feed were given out: its host, and its address without what may differ."""

    host: str
    page: str


class Identities(NamedTuple):
    """The keys of each entry of a feed; `apart` where no two entries have anything in common that might be one."""

    keys: list[tuple[str, ...]]
    apart: bool


def identify(placed: Sequence[Placed], *, site: str, source_url: str) -> Identities:
    """Return the keys of each entry of a feed, at least one each, strongest first, without repetition.

    The platform's own number, the guid, the canonical link; a hash of title, date and text only where nothing else is
    left. Two posts that share any key are the same post, so a key too many loses a post and one too few shows it twice.
    `site` is the page that the feed is about: leading there identifies nothing.

    What several different entries of the feed share identifies none of them. Seen in the wild: one guid on every item
    (https://github.com/miniflux/v2/issues/4197), one link on every review, one page with all the changes.
    """
    shared = _shared_guids([entry.id for entry, _ in placed], placed)
    home = host_of(site) or host_of(source_url)
    source = _Source(host_of(source_url), link_key(source_url).removeprefix("url:"))
    found = [
        _candidates(entry, spot, home, source, has_guid=bool(entry.id) and entry.id not in shared)
        for entry, spot in placed
    ]
    distinct = set(chain.from_iterable(found))
    repeated = _repeated(found) if len(distinct) < sum(map(len, found)) else set()
    telling_nothing = _telling_nothing(placed, found, repeated, shared) | {link_key(site)}
    # Nearly all keys of nearly all feeds tell something.
    if not distinct.isdisjoint(telling_nothing):
        found = [tuple([key for key in keys if key not in telling_nothing]) for keys in found]
    told = [keys or (_text_key(entry, home),) for (entry, _), keys in zip(placed, found, strict=True)]
    # That several have no id joins none of them.
    return Identities(told, apart=not repeated and shared <= {""})


def _shared_guids(guids: Sequence[str], placed: Sequence[Placed]) -> set[str]:
    """Return the ids that stand on several entries, other than on one that is listed twice.

    An entry may be listed as it was and as it is (RFC 4287, 4.1.1): at one address, beside others with ids of their
    own.
    """
    distinct = set(guids)
    if len(distinct) == len(guids):
        return set()
    repeated = _repeated([guids])
    owners: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry, _ in placed:
        owners[entry.id].add((link_key(entry.link), entry.title if len(distinct) == 1 else ""))
    return {guid for guid in repeated if len(owners[guid]) > 1}


def _repeated(several: Sequence[Sequence[str]]) -> set[str]:
    return {each for each, count in Counter(chain.from_iterable(several)).items() if count > 1}


def _telling_nothing(
    placed: Sequence[Placed], found: Sequence[Sequence[str]], repeated: set[str], shared: set[str]
) -> set[str]:
    """Return those of the repeated keys that different entries carry; a headline may, which is what it is for."""
    owners: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for (entry, spot), keys in zip(placed, found, strict=True) if repeated else ():
        for key in repeated.intersection(keys):
            owners[key].add(_who(entry, spot, shared))
    return {key for key, who in owners.items() if len(who) > 1 and not key.startswith("headline:")}


def _who(entry: Entry, spot: Spot, shared: set[str]) -> tuple[str, ...]:
    """Return what tells an entry from the others of its feed, in which it may be listed twice."""
    guid = address(entry.id)
    if not entry.id or entry.id in shared:
        return (link_key(spot.url), *_words(entry))
    # A fragment may count (the BBC's #0 and #3 are one item) or name (#v1 and #v2 are two).
    return (guid.key or entry.id, entry.title if guid.full_key else "", _moment(entry) if guid.full_key else "")


def _candidates(entry: Entry, spot: Spot, home: str, source: _Source, *, has_guid: bool) -> tuple[str, ...]:
    """Return the keys of an entry as it stands, strongest first; its feed may show that some tell nothing."""
    # Asked for once: a part of a named tuple takes as long as a small call.
    guid, known, placed = entry.id, spot.known, spot.link
    link = placed.key
    number = platform_key(guid, spot) if guid else ""
    # Most ids are no address.
    named = address(guid) if "//" in guid else NO_ADDRESS
    keys = [spot.post_key if known else "", number]
    if has_guid:
        # A platform's number is the guid already.
        keys += () if number else _guid_keys(guid, named, source)
    elif guid and link:
        keys.append(_hash("guid+link", guid, link))
    keys += (placed.full_key, link)
    if spot.community == "Google News":
        keys += _headline_keys(entry)
    if not (has_guid and (known or _holds(guid, named.key, link))):
        keys.append(_guard_key(entry, link, home))
    return tuple(dict.fromkeys(filter(None, keys)))


def _guid_keys(guid: str, named: Address, source: _Source) -> tuple[str, ...]:
    """Return the keys of a feed's own id; `named` is that as an address.

    A URL is compared like a link. An id that means something only where it was given out carries that place's name.
    """
    guid = guid.strip()
    if not guid:
        return ()
    link = named if named.key or "//" not in guid else address(guid)
    if link.key:
        spot = spot_of(guid)
        known = (spot.post_key,) if spot.known else ()
        return (*known, link.full_key, link.key)
    if ":" in guid and _GLOBAL.match(guid):
        return (f"guid:{guid}",)
    return (f"guid:{source.host if _is_telling(guid) else source.page}:{guid}",)


def _is_telling(guid: str) -> bool:
    """Whether an id is its entry's alone on its whole host."""
    return len(guid) >= TELLING_GUID and (guid[0] not in "12" or not _DAY.fullmatch(guid))


def _holds(guid: str, named: str, link: str) -> bool:
    """Whether an id that is the entry's alone will be so at the next poll, and after the feed has moved.

    `named` is its key as an address, `link` that of the entry's link.
    """
    if named:
        # The id may be the address once more, with all that changes in it.
        return named != link or (skeleton(link) == link.partition("#")[0])
    return bool(link) or _is_telling(guid.strip())


def _guard_key(entry: Entry, link: str, home: str) -> str:
    """Return a key for an entry whose address may change by itself: its title at that moment, on that page.

    Tokens come and go in the query and in long random parts of the path (https://github.com/l0ng-ai/papr/issues/103).
    Titles repeat, every week or on every post: where a date or a title is missing, the text stands in for it.
    """
    if not link:
        return _text_key(entry, home)
    telling = _words(entry) if not (entry.published_at and entry.title) else (_folded(entry.title), _moment(entry))
    return _hash("moment", skeleton(link), *telling)


def _text_key(entry: Entry, home: str) -> str:
    return _hash("text", home, entry.id, *_words(entry))


def _headline_keys(entry: Entry) -> tuple[str, ...]:
    """Return keys of a headline with its paper, the same for as long as it is news: 12 hours at least, a day at most.

    Google's ids for one article change every few days (https://github.com/Athou/commafeed/issues/1755). Papers repeat
    their headlines ("Weather", "Live"), so half-days that overlap are counted, of which two moments near each other
    share one.
    """
    when, headline = entry.published_at, _folded(entry.title)
    days = (when.date(), (when + HALF_A_DAY).date()) if when else ("",)
    return tuple(_hash("headline", headline, str(day), str(number)) for number, day in enumerate(days))


def _moment(entry: Entry) -> str:
    return entry.published_at.isoformat(timespec="seconds") if entry.published_at else ""


def _words(entry: Entry) -> tuple[str, str, str]:
    return entry.title, _moment(entry), entry.text


def bounded(key: str) -> str:
    """Return a key as it can be indexed: one that is too long is known by its hash."""
    return key if len(key) <= LONGEST_KEY else _hash("long", key)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _hash(kind: str, *parts: str) -> str:
    """Return a key of fixed length; the parts are told apart by a character that no text here contains."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}:{digest[:40]}"
