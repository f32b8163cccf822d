"""Tables of phrases, each readable aloud, and how they are found in a text.

Phrases are parted by commas or line ends. A space is any whitespace, `glitch*` any word that begins so, `do/does`
either word, ` … ` up to three words between; `not` is also "n't": "does not work" finds "doesn't work", "doesnt work".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_SHORT_NOT = r"(?:\s*not|n?'?t)"
_FEW_WORDS = r"(?:\s+\S+){0,3}\s+"

# "no bugs so far", "never crashed", "fixes a crash", "is not great": said right before, it turns a phrase around.
_TURNED = re.compile(
    r"(?:\b(?:not|no|never|without|hardly|nothing|zero|less|fewer|fix|fixe[sd]|fixing|solve[sd]?|resolve[sd]?"
    r"|prevents?|avoids?)|n't)(?:\s+[\w']+){0,2}\s+\Z",
)
_TURNED_WITHIN = 40


class Phrases:
    """A table of phrases made ready to be found."""

    def __init__(self, table: str) -> None:
        phrases = [phrase for part in re.split(r"[,\n]", table) if (phrase := part.strip().lower())]
        self._pattern = re.compile(rf"(?<!\w)(?:{_by_first_letter(phrases)})(?!\w)")

    def find(self, text: str) -> re.Match[str] | None:
        """Return where the first of the phrases stands in `text`."""
        return self._pattern.search(lowered(text))

    def each(self, text: str) -> Iterator[re.Match[str]]:
        """Return every place where one of the phrases stands in `text`, none inside another."""
        return self._pattern.finditer(lowered(text))

    def find_meant(self, text: str) -> re.Match[str] | None:
        """Return where one of the phrases stands in `text` without being turned around: "no bugs" is no bug."""
        text = lowered(text)
        for match in self._pattern.finditer(text):
            if not _TURNED.search(text, max(0, match.start() - _TURNED_WITHIN), match.start()):
                return match
        return None


def lowered(text: str) -> str:
    """Return `text` in lower case and as long as before, so that a place in the one is a place in the other.

    Phrases are looked for in it: an expression that ignores capitals tries each of them at each letter, and takes
    several times as long.
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(letter.lower()[:1] for letter in text)


def _by_first_letter(phrases: Iterable[str]) -> str:
    """Return the patterns of all phrases, in their order but for those that cannot stand at the same place.

    Parted by their first letters: else each of some hundred phrases is tried at each word, which takes three times as
    long.
    """
    parted: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        first, *others = phrase.split(" ")
        for word in first.split("/"):
            parted[word[0]].append(_pattern_of(" ".join((word, *others)))[len(re.escape(word[0])) :])
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(ends)})" for letter, ends in parted.items())


def _pattern_of(phrase: str) -> str:
    pattern = ""
    for place, word in enumerate(phrase.split()):
        if word == "…":
            pattern += _FEW_WORDS
        elif word == "not" and place:
            pattern += _SHORT_NOT
        elif not place or pattern.endswith(_FEW_WORDS):
            pattern += _word_pattern(word)
        else:
            pattern += r"\s+" + _word_pattern(word)
    return pattern


def _word_pattern(word: str) -> str:
    choices = [re.escape(choice.removesuffix("*")) + r"\w*" * choice.endswith("*") for choice in word.split("/")]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
