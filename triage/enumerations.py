"""Whether a name is only one of many that somebody counts up: "new job: Python, Tidewiki, and a dog in the office"."""

import re
from collections.abc import Sequence
from typing import Final

from triage.of_us.by_name import finder_of

# What ends a sentence, or opens a list: "My desk: ...", "a choir on nothing (Tidewiki, ...)".
_AROUND = re.compile(r"[.!?:;](?=\s|\Z)|[()\[\]\n]|\s[-\u2013\u2014]\s")
_BETWEEN = re.compile(r"\s*,\s*(?:(?:and|or|&|plus)\s+)?|\s+(?:and|or|&|\+|\||plus)\s+")
_WORDS_AT_MOST: Final = 4
# The last may say more: "and a Tidewiki box on an old laptop".
_LAST_WORDS_AT_MOST: Final = 8
_FIRST_WORDS_AT_MOST: Final = 6
_MANY: Final = 3
# Who says something of what they name does not count up: "Tidewiki is fast, small and cheap", "my Tidewiki died".
_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|should|must|not|i|i'm|i've|we|you|it|they|please"
    r"|why|how|what|when|where|keeps?|lets?|makes?|needs?|wants?|gets?|got|just|so|too|very|never|always|no)\b|n't\b",
    re.IGNORECASE,
)


def is_one_of_many(words: str, names: Sequence[str]) -> bool:
    """Return whether one of `names` stands in a list of at least three things, none of which says anything of it."""
    searched, found = finder_of(tuple(names)).places(words)
    return any(_stands_in_list(searched, start, end) for _, start, end in found)


def _stands_in_list(text: str, start: int, end: int) -> bool:
    before, behind = list(_AROUND.finditer(text, 0, start)), _AROUND.search(text, end)
    begins, ends = before[-1].end() if before else 0, behind.start() if behind else len(text)
    sentence = text[begins:ends]
    things = [thing for thing in _BETWEEN.split(sentence) if thing.strip()]
    opened = not begins <= start < begins + len(_BETWEEN.split(sentence)[0])
    return "," in sentence and len(things) >= _MANY and _are_things(things, opened=opened)


def _are_things(things: Sequence[str], *, opened: bool) -> bool:
    """Whether each is a thing and no sentence; before the first there may be one: "I like rain, tea and Tidewiki"."""
    first, *others, last = (len(thing.split()) for thing in things)
    if _SAYS.search(" , ".join(things[opened:])):
        return False
    first_at_most = _FIRST_WORDS_AT_MOST if opened else _WORDS_AT_MOST
    return first <= first_at_most and max(others) <= _WORDS_AT_MOST and last <= _LAST_WORDS_AT_MOST
