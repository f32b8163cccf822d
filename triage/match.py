"""Which watches a post is about: their words and phrases, as plain text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engagement.post import Post
from engagement.watch import Terms

# People type the straight ones, word processors and phones the others. Invisible characters go: a soft hyphen or a
# zero-width space inside a name is not seen by the reader either.
_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)

# Scripts written without spaces, or with particles joined on (Korean).
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul
    r"\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Han
)
# A letter, digit or underscore of a script that puts spaces between words.
_WORD_CHARACTER = rf"[^\W{_UNSPACED}]"
_is_word_character = re.compile(_WORD_CHARACTER).match


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A watch that a post is about, and the name of it that stands there, as the team wrote it."""

    watch_id: int
    term: str


def normalise(text: str) -> str:
    """Return `text` as texts and terms are compared: NFKC, casefolded, apostrophes and hyphens straight.

    Characters that are not seen (soft hyphen, zero-width space) are left out. Normalising twice changes nothing.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_STRAIGHT).casefold()
    # Casefolding may leave what NFKC composes or folds further (Unicode, 3.13: caseless matching takes two rounds).
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folded).casefold()).translate(_STRAIGHT)


class Matcher:
    """The terms of many watches, made ready once and asked for every post.

    A term is found whole: `tide` stands neither in "tidewiki" nor in "riptide". The rule holds for an edge that is
    itself a word character, so that `C++`, `.NET` and `@acme` are found too, and not for scripts written without
    spaces. Whitespace in a phrase stands for any run of whitespace. A term without visible characters is never found.
    """

    def __init__(self, terms: Mapping[int, Terms]) -> None:
        self._watches = tuple((watch_id, _ready(of.names), _ready(of.excluded)) for watch_id, of in terms.items())

    def matches(self, post: Post) -> list[Match]:
        """Return the watches `post` is about, in the order given: one of their names stands there, no excluded word."""
        # Apart, so that no phrase begins in the title and ends in the text.
        parts = (normalise(post.title), normalise(post.text))
        found = []
        for watch_id, names, excluded in self._watches:
            term = _first_found(names, parts)
            if term and not _first_found(excluded, parts):
                found.append(Match(watch_id=watch_id, term=term.written))
        return found


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as written, its longest word (a quick test: most posts do not contain it), and its pattern."""

    written: str
    longest_word: str
    pattern: re.Pattern[str]


def _ready(terms: Iterable[str]) -> tuple[_Term, ...]:
    return tuple(ready for term in terms if (ready := _term(term)))


@lru_cache(maxsize=4096)
def _term(written: str) -> _Term | None:
    words = normalise(written).split()
    if not words:
        return None
    before = rf"(?<!{_WORD_CHARACTER})" if _is_word_character(words[0][0]) else ""
    after = rf"(?!{_WORD_CHARACTER})" if _is_word_character(words[-1][-1]) else ""
    pattern = re.compile(before + r"\s+".join(map(re.escape, words)) + after)
    return _Term(written, max(words, key=len), pattern)


def _first_found(terms: tuple[_Term, ...], parts: tuple[str, ...]) -> _Term | None:
    for term in terms:
        if any(term.longest_word in part and term.pattern.search(part) for part in parts):
            return term
    return None
