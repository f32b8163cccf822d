"""Noise lists: the mutes that people write down, one entry a line, for all watches or for one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from engagement.calm.mute import Mute, MuteScope
from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.prose import clip, unquoted
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team.handles import bare_handle, network_of

NOISE_SCOPES: Final = (MuteScope.TERM, MuteScope.SITE, MuteScope.AUTHOR, MuteScope.COMMUNITY)
"""What can be listed, in the order it is asked for. A conversation is muted from its card alone."""

ENTRIES_AT_MOST: Final = 200
LONGEST_ENTRY: Final = 80
SHORTEST_TERM: Final = 2
# Slack's limit of a field.
FIELD_LENGTH: Final = 3_000
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a noise list: a word or a site (`value`), an author (without a community: anywhere), a community."""

    scope: MuteScope
    value: str = ""
    author: str = ""
    community: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadEntry:
    """A line that is no entry: what is wrong, where, and what to do, in a sentence."""

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseLists:
    """The lists as a form shows them: those of one watch, or with `watch_id` 0 those of all.

    `hidden` older mutes did not fit into their field; they stay as they are. `version` differs as soon as any changes.
    """

    watch_id: int = 0
    shown: tuple[Mute, ...] = ()
    hidden: int = 0
    version: str = ""

    def text_of(self, scope: MuteScope) -> str:
        """Return what stands in the field of a scope."""
        return "\n".join(printed(entry_of(mute)) for mute in self.shown if mute.scope is scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A mention that a mute left out: what was written, when (aware UTC), and which mute it was."""

    mention_id: int
    title: str
    url: str
    community: str
    author: str
    at: datetime
    mute: Mute


def entry_of(mute: Mute) -> Entry:
    """Return a mute as a line of a list."""
    return Entry(scope=mute.scope, value=mute.value, author=mute.author, community=mute.community)


def printed(entry: Entry) -> str:
    """Return an entry as people type it; only a list that has it can read every author and community back."""
    if entry.scope is MuteScope.AUTHOR:
        return f"{entry.author} on {entry.community}" if entry.community else entry.author
    return entry.value or entry.community


def noise_lists(mutes: Sequence[Mute], *, watch_id: int) -> NoiseLists:
    """Return the lists that the mutes in force (the latest first) make: those for good, of a watch or of all."""
    listed = [mute for mute in mutes if mute.scope in NOISE_SCOPES and mute.until is None and mute.watch_id == watch_id]
    shown: list[Mute] = []
    for scope in NOISE_SCOPES:
        left = FIELD_LENGTH
        for mute in (each for each in listed if each.scope is scope):
            left -= len(printed(entry_of(mute))) + 1
            if left >= 0:
                shown.append(mute)
    newest = max((mute.id for mute in listed), default=0)
    return NoiseLists(
        watch_id=watch_id,
        shown=tuple(sorted(shown, key=lambda mute: mute.id)),
        hidden=len(listed) - len(shown),
        version=f"{len(listed)}:{newest}",
    )


def read_entries(
    scope: MuteScope, typed: str, *, known: Collection[Entry] = (), names: Iterable[str] = ()
) -> tuple[Entry, ...] | BadEntry:
    """Return the entries of a field, each once; words and sites may have commas between, too.

    `known` are those that stood there: they are read back as they are. `names` are what is listened for, which no list
    of words may hold.
    """
    standing = {printed(entry): entry for entry in known if entry.scope is scope}
    reserved = {name.casefold(): name for name in names}
    entries: dict[Entry, None] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        for text in _parts(scope, line):
            entry = standing.get(text) or _read(scope, text, reserved)
            if isinstance(entry, str):
                return BadEntry(problem=f"Line {number}: {entry}")
            entries[entry] = None
    if len(entries) > ENTRIES_AT_MOST:
        return BadEntry(problem=f"At most {ENTRIES_AT_MOST} entries; these are {len(entries):,}.")
    return tuple(entries)


def _parts(scope: MuteScope, line: str) -> list[str]:
    """Return what stands in a line. Names of people and places may have a comma in them; words, quotes round them."""
    parts = line.split(",") if scope in (MuteScope.TERM, MuteScope.SITE) else [line]
    spaced = (" ".join(text.split()) for text in parts)
    return [part for text in spaced if (part := unquoted(text) if scope is MuteScope.TERM else text)]


def _read(scope: MuteScope, text: str, reserved: Mapping[str, str]) -> Entry | str:
    """Return a line as an entry, or what is wrong with it."""
    if scope in (MuteScope.TERM, MuteScope.SITE) and len(text) > LONGEST_ENTRY:
        return f"“{clip(text, _SHOWN)}” has more than {LONGEST_ENTRY} characters. Use what is special about it."
    match scope:
        case MuteScope.SITE:
            return _read_site(text)
        case MuteScope.AUTHOR:
            return _read_author(text)
        case MuteScope.COMMUNITY:
            return Entry(scope=scope, community=text)
        case _:
            return _read_term(text, reserved)


def _read_site(text: str) -> Entry | str:
    host = host_of(address_of_site(text))
    if "." in host and text.rpartition("://")[2].removeprefix("www.").rstrip("/").lower() == host:
        return Entry(scope=MuteScope.SITE, value=host)
    return f"“{clip(text, _SHOWN)}” is no site. Type it without a path, as in weather.example."


def _read_author(text: str) -> Entry | str:
    name, community = text.rsplit(" on ", maxsplit=1) if " on " in text else (text, "")
    if not bare_handle(name):
        return f"“{clip(text, _SHOWN)}” names nobody. Type a name, as in u/name or u/name on r/selfhosted."
    return Entry(scope=MuteScope.AUTHOR, author=name, community=community)


def _read_term(text: str, reserved: Mapping[str, str]) -> Entry | str:
    if len(text) < SHORTEST_TERM:
        return f"“{text}” stands in nearly every post. A word has at least {SHORTEST_TERM} characters."
    if text.casefold() in reserved:
        return f"“{reserved[text.casefold()]}” is what you listen for, so nothing would be left. Take it away here."
    return Entry(scope=MuteScope.TERM, value=text)


def falls_under(post: Post, mute: Mute) -> bool:
    """Return whether a post is by the author, in the community or on the site that is muted; words are not its own."""
    places = {post.community.casefold(), network_of(post.community).casefold()}
    match mute.scope:
        case MuteScope.SITE:
            return belongs_to(host_of(post.url), mute.value)
        case MuteScope.COMMUNITY:
            return mute.community.casefold() in places
        case MuteScope.AUTHOR:
            is_there = not mute.community or mute.community.casefold() in places
            return is_there and bool(post.author) and bare_handle(post.author) == bare_handle(mute.author)
        case _:
            return False
