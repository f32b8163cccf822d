"""The catalogue of communities, `places.toml`: what is proposed or pasted, where people and whole threads are heard."""

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from engagement.dataclass import dataclass

BUNDLED: Final = Path(__file__).with_name("places.toml")
# What a place may be filled with, and what an address is filled with once it was looked up.
PLACEHOLDERS: Final = frozenset({"query", "words", "tag", "site", "host", "repo"})
LOOKED_UP: Final = frozenset({"id"})
# What the address of a thread may be filled with beside its groups.
KNOWN_OF_A_THREAD: Final = frozenset({"since"})
UNTESTED: Final = "untested"
# A second way to write the same group: one expression may not name two groups alike.
SECOND: Final = "_2"


class CatalogueError(ValueError):
    """A catalogue cannot be read; the message says what to change, for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One place of the catalogue; `places.toml` explains the placeholders of `url`, and each member.

    `checked` is the day somebody of us saw it answer, None if nobody has.
    """

    name: str
    url: str
    community: str = ""
    note: str = ""
    evidence: str = ""
    checked: date | None = None
    each: bool = False
    discover: bool = False

    @property
    def caution(self) -> str:
        """What people should know before they rely on it."""
        return _caution(self.note, self.checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What an address that matches leads to, best first."""

    address: str
    feeds: tuple[str, ...]
    name: str
    community: str = ""
    note: str = ""
    evidence: str = ""
    checked: date | None = None

    @property
    def caution(self) -> str:
        """What people should know before they rely on it."""
        return _caution(self.note, self.checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Where the posts of one person of a community can be heard."""

    community: str
    url: str
    handle: str = r"@?(?P<handle>[\w.-]+)"
    lookup: str = ""
    note: str = ""
    evidence: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeThread:
    """Where all of a thread is listed: found by its `key`, or by the `address` of a post in it.

    `newest` is asked as well where `url` says that there is more.
    """

    community: str
    url: str
    key: str = ""
    address: str = ""
    newest: str = ""
    note: str = ""
    evidence: str = ""
    checked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What is proposed (`places`), what pasted addresses lead to, and where people and whole threads can be heard."""

    places: tuple[Template, ...] = ()
    pasted: tuple[Pasted, ...] = ()
    authors: tuple[Author, ...] = ()
    threads: tuple[WholeThread, ...] = ()


def _caution(note: str, checked: date | None) -> str:
    return "; ".join(filter(None, (note, "" if checked else UNTESTED)))


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Return the bundled catalogue, or the operator's own; CatalogueError says what is wrong there.

    What an own one does not say of pasted addresses, of people and of threads is left to ours; `thread = []` says that
    none is looked at.
    """
    catalogue, says = _read(path or BUNDLED)
    if path is None:
        return catalogue
    ours, _ = _read(BUNDLED)
    return replace(
        catalogue,
        pasted=catalogue.pasted or ours.pasted,
        authors=catalogue.authors or ours.authors,
        threads=catalogue.threads if "thread" in says else ours.threads,
    )


def _read(path: Path) -> tuple[Catalogue, frozenset[str]]:
    """Return a catalogue, and which tables stand in it."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        catalogue = Catalogue(
            places=tuple(map(_template, tables.get("place", []))),
            pasted=tuple(map(_pasted, tables.get("pasted", []))),
            authors=tuple(map(_author, tables.get("author", []))),
            threads=tuple(map(_thread, tables.get("thread", []))),
        )
        return catalogue, frozenset(tables)
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError, re.error) as error:
        raise CatalogueError(f"{path} is no catalogue of places: {error}") from error


def _template(table: dict[str, Any]) -> Template:
    template = Template(**table)
    _must_be_known(template.name, placeholders(template.url), PLACEHOLDERS)
    return template


def _pasted(table: dict[str, Any]) -> Pasted:
    pasted = Pasted(**{**table, "feeds": tuple(table["feeds"])}) if "feeds" in table else Pasted(**table)
    groups = groups_of(pasted.address)
    for text in (pasted.name, *pasted.feeds):
        _must_be_known(pasted.name, placeholders(text), groups)
    return pasted


def _author(table: dict[str, Any]) -> Author:
    author = Author(**table)
    groups = groups_of(author.handle)
    _must_be_known(author.community, placeholders(author.url), groups | LOOKED_UP if author.lookup else groups)
    _must_be_known(author.community, placeholders(author.lookup), groups)
    return author


def _thread(table: dict[str, Any]) -> WholeThread:
    thread = WholeThread(**table)
    if bool(thread.key) == bool(thread.address):
        raise ValueError(f"a thread of {thread.community!r} is found by its key or by an address, one of them")
    for text in (thread.url, thread.newest):
        known = groups_of(thread.key or thread.address) | KNOWN_OF_A_THREAD
        _must_be_known(thread.community, placeholders(text), known)
    return thread


def placeholders(template: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, *_ in string.Formatter().parse(template) if name is not None}


def groups_of(pattern: str) -> frozenset[str]:
    """Return what an expression can say, second spellings as the first."""
    return frozenset(name.removesuffix(SECOND) for name in re.compile(pattern).groupindex)


def said_in(found: re.Match[str]) -> Mapping[str, str]:
    """Return what the groups of a match say, second spellings as the first; what was not said is empty."""
    said: dict[str, str] = {}
    for name, value in found.groupdict().items():
        said[name.removesuffix(SECOND)] = value or said.get(name.removesuffix(SECOND), "")
    return said


def _must_be_known(whose: str, used: set[str], known: frozenset[str]) -> None:
    unknown = sorted(used - known)
    if unknown:
        raise ValueError(f"the place {whose!r} uses {{{unknown[0]}}}, which is none of {', '.join(sorted(known))}")
