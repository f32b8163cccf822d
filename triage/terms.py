"""Words and phrases, made ready to be found in plain text however they are typed."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

from ahocorasick_rs import BytesAhoCorasick, Implementation

# People type the straight ones, word processors and phones the others. Invisible characters go: a soft hyphen or a
# zero-width space inside a name is not seen by the reader either.
_STRAIGHT = tuple(
    (
        dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032", "'")
        | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
        | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    ).items()
)
# What NFKC makes of the two that prose is full of. Replaced before, they do not cost a text the quick check.
_COMMON = (("\u00a0", " "), ("\u2026", "..."))
# Whitespace that NFKC leaves as it is; the rest is a space by then.
_ASCII_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
_SPACES = f"{_ASCII_SPACES}\x85\u1680\u2028\u2029"
_TO_ONE_SPACE = tuple((space, " ") for space in _SPACES)
# The same for a text of ASCII alone, with its capitals, in one go over its bytes.
_ASCII_SEARCHABLE = bytes(ord(" " if chr(code) in _ASCII_SPACES else chr(code).lower()) for code in range(128)).ljust(
    256
)

# Scripts written without spaces, or with particles joined on (Korean).
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul
    r"\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Han
)
# A letter, digit or underscore of a script that puts spaces between words.
WORD_CHARACTER = rf"[^\W{UNSPACED}]"
# Stands between title and text: no term contains it, because whitespace in a term is a space by then.
BETWEEN = "\n"
_BETWEEN_BYTES = BETWEEN.encode()
# Automata that are kept: one for all watches, and those of single watches that readings ask for.
AUTOMATA = 64
# So many bytes of terms have a table of their own for every step, which takes a quarter of the time and, at worst, a
# kilobyte a byte. Left to itself the library makes no such table for more than a hundred terms.
TABLE_BYTES = 30_000
# Where something stands in a text, [start, end) in characters; and with the number of the term before it.
Span = tuple[int, int]
Place = tuple[int, int, int]


def normalise(text: str) -> str:
    """Return `text` as texts and terms are compared: NFKC, casefolded, apostrophes and hyphens straight.

    Characters that are not seen (soft hyphen, zero-width space) are left out. Normalising twice changes nothing.
    """
    if text.isascii():
        return text.lower()
    folded = _straight(normalize("NFKC", _replaced(text, _COMMON))).casefold()
    if folded.isascii():
        return folded
    # Casefolding may leave what NFKC composes or folds further (Unicode, 3.13: caseless matching takes two rounds). The
    # second takes as long as the first, and nearly no text needs it.
    composed = normalize("NFKC", folded)
    return folded if composed == folded else _straight(normalize("NFKC", composed.casefold()))


def _straight(text: str) -> str:
    return _replaced(text, _STRAIGHT)


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    # Not str.translate: beyond ASCII that looks up every character, and these are rare ones.
    for old, new in pairs:
        text = text.replace(old, new)
    return text


# Finds two spaces forty times as fast as `in`, which stops at every single one.
_two_spaces = BytesAhoCorasick([b"  "]).find_matches_as_indexes
# In bytes: it lists every two spaces, so a text of nothing else is asked part by part, lest they fill the memory.
PART = 16_384


def _searchable(text: str) -> bytes:
    """Return `text` normalised, with every run of whitespace one space, in UTF-8."""
    if text.isascii():
        searchable = text.encode("ascii").translate(_ASCII_SEARCHABLE)
    else:
        searchable = _encoded(_replaced(normalise(text), _TO_ONE_SPACE))
    while _has_two_spaces(searchable):
        searchable = searchable.replace(b"  ", b" ")
    return searchable


def _has_two_spaces(text: bytes) -> bool:
    if len(text) <= PART:
        return bool(_two_spaces(text))
    # Each part with the first byte of the next, where the second space may stand.
    return any(_two_spaces(text[start : start + PART + 1]) for start in range(0, len(text), PART))


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return encodable(text).encode()


class TermFinder:
    """Terms, made ready once to be looked for together, in one pass over a text.

    A term is found whole: `tide` stands neither in "tidewiki" nor in "riptide". The rule holds for an edge that is
    itself a word character, so that `C++`, `.NET` and `@acme` are found too, and not for scripts written without
    spaces. Whitespace in a phrase stands for any run of whitespace. A term without visible characters is never found.
    """

    def __init__(self, terms: Iterable[str], beginnings: Iterable[str] = ()) -> None:
        """Make `terms` ready, and `beginnings`, behind which a word may go on."""
        numbers: dict[tuple[str, bool], int] = {}

        def number(term: str, *, goes_on: bool) -> int | None:
            ready = " ".join(normalise(term).split())
            return numbers.setdefault((encodable(ready), goes_on), len(numbers)) if ready else None

        self._terms = tuple([number(term, goes_on=False) for term in terms])
        self._beginnings = tuple([number(term, goes_on=True) for term in beginnings])
        self._edges = tuple((_is_word(ready[0]), not goes_on and _is_word(ready[-1])) for ready, goes_on in numbers)
        self._automaton = _automaton(tuple(ready for ready, _ in numbers))

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The number under which `find` reports each term, in the order given: equal for terms that are compared equal.

        None for a term that is never found.
        """
        return self._terms

    @property
    def numbers_of_beginnings(self) -> tuple[int | None, ...]:
        """The same for the beginnings."""
        return self._beginnings

    def find(self, *parts: str) -> set[int]:
        """Return the numbers of the terms that stand in some part; none begins in one part and ends in the next."""
        searched, places = self._search(parts)
        if not places:
            return set()
        text, places = _in_characters(searched, places)
        found: set[int] = set()
        for number, start, end in places:
            if number not in found and self._is_whole(number, text, start, end):
                found.add(number)
        return found

    def places(self, *parts: str) -> tuple[str, list[Place]]:
        """Return the parts as one text, as it is searched, and every place in it where a term stands."""
        text, places = _in_characters(*self._search(parts))
        return text, [place for place in places if self._is_whole(place[0], text, *place[1:])]

    def _search(self, parts: Iterable[str]) -> tuple[bytes, Sequence[Place]]:
        """Return the parts as they are searched, and where in these bytes a term stands, whole or not.

        Over bytes, because over a str the automaton first writes down the place of every character of it, which takes
        longer than to look for a hundred terms.
        """
        searched = _BETWEEN_BYTES.join(map(_searchable, parts))
        return searched, self._automaton.find_matches_as_indexes(searched, overlapping=True)

    def _is_whole(self, number: int, text: str, start: int, end: int) -> bool:
        word_begins, word_ends = self._edges[number]
        if word_begins and start and _is_word(text[start - 1]):
            return False
        return not (word_ends and end < len(text) and _is_word(text[end]))


def _in_characters(searched: bytes, places: Sequence[Place]) -> tuple[str, Sequence[Place]]:
    """Return as text what was searched, and the places, given in bytes, in characters of it."""
    text = searched.decode()
    if not places or len(text) == len(searched):
        return text, places
    characters = {0: 0}
    counted = 0
    for edge in sorted({edge for _, *edges in places for edge in edges}):
        characters[edge] = characters[counted] + len(searched[counted:edge].decode())
        counted = edge
    return text, [(number, characters[start], characters[end]) for number, start, end in places]


@lru_cache(maxsize=AUTOMATA)
def _automaton(terms: tuple[str, ...]) -> BytesAhoCorasick:
    encoded = [term.encode() for term in terms]
    is_few = sum(map(len, encoded)) <= TABLE_BYTES
    return BytesAhoCorasick(encoded, implementation=Implementation.DFA if is_few else None)


@lru_cache(maxsize=4096)
def _is_word(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "_"
    # Compiled when the first asks: so many ranges take 3 ms, which a start would pay.
    return re.match(WORD_CHARACTER, character) is not None


def is_visible(term: str) -> bool:
    """Return whether there is something to look for in `term`."""
    return bool(normalise(term).split())


def encodable(text: str) -> str:
    """Return `text` with half characters (lone surrogates) made whole ones: the automaton reads UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
