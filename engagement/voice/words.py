"""The words of a draft, each with its place, compared without capitals, spaces and kinds of apostrophes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from engagement.dataclass import dataclass

_WORD: Final = re.compile(r"\w+(?:['\u2019\-]\w+)*")
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)
# A sentence goes on behind an address.
_NOT_OF_A_LINK: Final = ".,;:!?)]}'\"\u00bb\u201d\u2019"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of a text: `folded` is how it is compared, `start` and `end` where it stands."""

    folded: str
    start: int
    end: int


def folded(text: str) -> str:
    """Return a text as words are compared."""
    return unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")


def words_of(text: str) -> list[Span]:
    """Return the words of a text in their order; an address is no word."""
    links = links_of(text)
    found = (Span(folded=folded(each[0]), start=each.start(), end=each.end()) for each in _WORD.finditer(text))
    return [word for word in found if not any(link.start <= word.start < link.end for link in links)]


def links_of(text: str) -> list[Span]:
    """Return the web addresses of a text in their order."""
    found = ((each.start(), each[0].rstrip(_NOT_OF_A_LINK)) for each in _LINK.finditer(text))
    return [Span(folded=link.casefold(), start=start, end=start + len(link)) for start, link in found]


def phrase_of(text: str) -> tuple[str, ...]:
    """Return a phrase as a row of compared words; empty where it has no word."""
    return tuple(word.folded for word in words_of(text))


def where(words: Sequence[Span], phrases: Sequence[tuple[str, ...]]) -> Iterator[tuple[Span, Span]]:
    """Return the first and the last word of each place in which one of the phrases stands, in the order of places."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        if phrase:
            by_first.setdefault(phrase[0], []).append(phrase)
    for at, word in enumerate(words):
        for phrase in by_first.get(word.folded, ()):
            run = words[at : at + len(phrase)]
            if tuple(each.folded for each in run) == phrase:
                yield run[0], run[-1]
