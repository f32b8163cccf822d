"""A query: what a post must say to be about a watch, as a tree, and the tree as people type it."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, assert_never

from engagement.dataclass import dataclass
from engagement.prose import QUOTES
from engagement.watch import Terms

# A word that can be typed as it is: no quotes needed, and nothing in it that means something.
_BARE: Final = re.compile(r"(?!.*\u02cb)[\w@#.][\w@#.+&'-]*")
BACKTICKS: Final = "`\u02cb"
OPERATORS: Final = frozenset({"and", "or", "not", "near"})


class Written(StrEnum):
    """How a text must stand in a post: as a whole word or phrase, as the beginning of one, or exactly as typed."""

    WHOLE = "whole"
    BEGINS = "begins"
    EXACTLY = "exactly"


class About(StrEnum):
    """What a post can be asked apart from its words."""

    AUTHOR = "author"
    SITE = "site"
    COMMUNITY = "community"
    LANGUAGE = "lang"
    IS = "is"


class Comparison(StrEnum):
    """How a score is compared."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    EXACTLY = "="


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand in the post, or in its title alone. Capitals count only where it is EXACTLY so."""

    words: str
    written: Written = Written.WHOLE
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that is found in the title or the text."""

    expression: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the post: who wrote it, where, in which language, and what it is."""

    about: About
    value: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many people liked the post when it arrived; one whose community does not say has 0."""

    comparison: Comparison
    than: int


@dataclass(frozen=True, slots=True)
class Near:
    """Some text of each side, at most so many words apart, whichever comes first: neighbours are 1 apart."""

    one: tuple[Text, ...]
    other: tuple[Text, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so. Made by `no`."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold; two or more, none of them an AllOf. Made by `all_of`."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; two or more, none of them an AnyOf. Made by `any_of`."""

    parts: "tuple[Query, ...]"


Query = Text | Pattern | Fact | Score | Near | Not | AllOf | AnyOf


def all_of(parts: Iterable[Query]) -> Query:
    """Return what holds where all of `parts` do; there must be one."""
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, AllOf) else (part,)))
    return flat[0] if len(flat) == 1 else AllOf(flat)


def any_of(parts: Iterable[Query]) -> Query:
    """Return what holds where some of `parts` do; there must be one."""
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, AnyOf) else (part,)))
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def no(part: Query) -> Query:
    """Return what holds where `part` does not."""
    return part.part if isinstance(part, Not) else Not(part)


def plain_query(terms: Terms) -> Query | None:
    """Return the query that the plain fields of a watch stand for; None where no name is given.

    What must be near is no part of it: where it is not, a post is asked about, never thrown away.
    """
    if not terms.names:
        return None
    named = any_of(map(Text, terms.names))
    return all_of((named, no(any_of(map(Text, terms.excluded))))) if terms.excluded else named


def needed(query: Query, *, holds: bool = True) -> tuple[Text, ...]:
    """Return texts of which some stands in every post for which `query` holds (or does not hold).

    Empty where there can be no such texts: then every post would have to be looked at.
    """
    match query:
        case Text():
            return (query,) if holds else ()
        case Near(one=one, other=other):
            return min(one, other, key=len) if holds else ()
        case Not(part=part):
            return needed(part, holds=not holds)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            each = [needed(part, holds=holds) for part in parts]
            if isinstance(query, AllOf) is holds:
                return min(filter(None, each), key=len, default=())
            return tuple(text for some in each for text in some) if all(each) else ()
        case Pattern() | Fact() | Score():
            return ()
        case _:
            assert_never(query)


def texts_of(query: Query, *, holds: bool = True) -> Iterator[Text]:
    """Yield what speaks for a post, in the order typed; with `holds` false, what speaks against it."""
    match query:
        case Text():
            if holds:
                yield query
        case Near(one=one, other=other):
            if holds:
                yield from (*one, *other)
        case Not(part=part):
            yield from texts_of(part, holds=not holds)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from texts_of(part, holds=holds)
        case Pattern() | Fact() | Score():
            return
        case _:
            assert_never(query)


def printed(query: Query) -> str:  # noqa: PLR0911 - one for each sort of part
    """Return `query` as people type it; read again, it is the same query."""
    match query:
        case Text():
            return _printed_text(query)
        case Pattern(expression=expression):
            return f"/{expression}/"
        case Fact(about=about, value=value):
            return f"{about}:{_quoted(value)}"
        case Score(comparison=comparison, than=than):
            return f"score:{comparison}{than}"
        case Near(one=one, other=other, within=within):
            return f"{_grouped(any_of(one))} NEAR/{within} {_grouped(any_of(other))}"
        case Not(part=part):
            return f"NOT {_grouped(part)}"
        case AllOf(parts=parts):
            return " AND ".join(map(_grouped, parts))
        case AnyOf(parts=parts):
            return " OR ".join(map(_grouped, parts))
        case _:
            assert_never(query)


def _printed_text(text: Text) -> str:
    field = "title:" if text.in_title else ""
    if text.written is Written.EXACTLY:
        return f"{field}`{_escaped(text.words, BACKTICKS)}`"
    return f"{field}{_quoted(text.words)}{'*' if text.written is Written.BEGINS else ''}"


def _quoted(words: str) -> str:
    is_bare = _BARE.fullmatch(words) and words.casefold() not in OPERATORS
    return words if is_bare else f'"{_escaped(words, QUOTES)}"'


def _grouped(query: Query) -> str:
    return f"({printed(query)})" if isinstance(query, AllOf | AnyOf) else printed(query)


def _escaped(text: str, marks: str) -> str:
    return "".join(f"\\{sign}" if sign in f"\\{marks}" else sign for sign in text)
