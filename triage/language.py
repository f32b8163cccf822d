"""The language of a text, told by its script and its small words; and whether it is one that our rules can read."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final
from unicodedata import normalize

ENGLISH: Final = "en"
# A table for each: its name, and its words and letters or its script.
_TABLE: Final = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
NAMES: Final[Mapping[str, str]] = {code: str(entry["name"]) for code, entry in _TABLE.items()}
# "In another language, which I cannot read."
UNKNOWN: Final = "another language"
LANGUAGES: Final = tuple(sorted(NAMES))
"""What can be told from each other, by their two letters (ISO 639-1)."""

SMALL_WORDS: Final = {code: frozenset(str(each["words"]).split()) for code, each in _TABLE.items() if "words" in each}
_LETTERS: Final = {code: str(entry["letters"]) for code, entry in _TABLE.items() if "letters" in entry}
_IN_SCRIPT: Final = {code: re.compile(f"[{entry['script']}]") for code, entry in _TABLE.items() if "script" in entry}

# What is English too, or half English ("no", "on", "me", "do"), says nothing.
_OTHER_WORDS: Final = (
    frozenset().union(*(words for code, words in SMALL_WORDS.items() if code != ENGLISH)) - SMALL_WORDS[ENGLISH]
) - {"la", "da", "de", "ha", "hat", "es"}


def _by_what(told_by: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the languages of each word, or each letter."""
    return {each: tuple(code for code in told_by if each in told_by[code]) for each in set(chain(*told_by.values()))}


# One that many languages have says little.
_WHO_SAYS: Final = _by_what(SMALL_WORDS)
_WHO_WRITES: Final = _by_what(_LETTERS)
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN_END = "\u024f"
# A look at the beginning is enough.
_LOOKED_AT = 400
_ENOUGH_WORDS = 2
# Of the words of one language, and how much more of them than of the next.
_ENOUGH: Final = 1.25
_CLEARLY: Final = 1.2
_LETTER_WEIGHS: Final = 0.75


def is_readable(prose: str) -> bool:
    """Return whether `prose` may be English.

    Not, where a third of its letters are of another script, where it is in another language, or where two of its small
    words are, whichever that is, and twice as many as are English. Anything shorter may be English, and texts without
    letters (emoji) can be read as well.
    """
    return _is_readable(prose[:_LOOKED_AT])


# A reading asks it two or three times.
@lru_cache(maxsize=64)
def _is_readable(prose: str) -> bool:
    words = _WORDS.findall(prose.lower())
    if _is_of_another_script("".join(words)):
        return False
    distinct = {word for word in words if len(word) > 1}
    english, other = len(distinct & SMALL_WORDS[ENGLISH]), len(distinct & _OTHER_WORDS)
    is_mostly_other = other >= _ENOUGH_WORDS and other > 2 * english
    return not is_mostly_other and language_of(prose) in ("", ENGLISH)


def what_is_unreadable(prose: str) -> str:
    """Return what `prose` is written in, in words, where we cannot read it; empty where we may."""
    if is_readable(prose):
        return ""
    return NAMES.get(language_of(prose), UNKNOWN)


def language_of(prose: str) -> str:
    """Return the language of `prose`, one of LANGUAGES; empty where it is too short to tell, or another one."""
    shown = normalize("NFC", prose[:_LOOKED_AT]).lower()
    words = _WORDS.findall(shown)
    letters = "".join(words)
    if _is_of_another_script(letters) and (of_script := _language_of_script(letters)):
        return of_script
    scores = _scores(set(words), shown)
    most, next_best, *_ = [*sorted(scores.values(), reverse=True), 0.0, 0.0]
    is_told = most >= _ENOUGH and most >= _CLEARLY * next_best
    return max(scores, key=scores.__getitem__) if is_told else ""


def _is_of_another_script(letters: str) -> bool:
    # A third, since a name in Latin letters is long beside a sentence of Chinese characters.
    return not letters.isascii() and 3 * sum(letter > _LATIN_END for letter in letters) > len(letters)


def _language_of_script(letters: str) -> str:
    return next((code for code, pattern in _IN_SCRIPT.items() if pattern.search(letters)), "")


def _scores(words: Iterable[str], shown: str) -> Mapping[str, float]:
    """Return how much of each language is in a text: its small words, the rarer the more, and its letters."""
    scores: defaultdict[str, float] = defaultdict(float)
    for word in words:
        # The s of "it's" and the u of "how are u" are no words of Polish or Catalan.
        codes = _WHO_SAYS.get(word, ()) if len(word) > 1 or not word.isascii() else ()
        for code in codes:
            scores[code] += 1 / len(codes)
    for letter in _WHO_WRITES.keys() & set(shown):
        for code in _WHO_WRITES[letter]:
            scores[code] += _LETTER_WEIGHS
    return scores
