"""Whether what must be near a name is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from engagement.post import Post
from engagement.watch import Terms
from triage.terms import BETWEEN, UNSPACED, WORD_CHARACTER, Place, Span, TermFinder

# What counts as a word on the way from a name to what must be near it. Without spaces, two characters are about one.
_WORD = rf"{WORD_CHARACTER}+|[{UNSPACED}]{{1,2}}"
# A short paragraph: what is farther away is as a rule about something else.
NEAR_WITHIN_WORDS: Final = 30


class Nearness:
    """What must be near the names of one watch, made ready once. Asked only of posts in which a name stands."""

    def __init__(self, terms: Terms) -> None:
        self._finder = TermFinder((*terms.names, *terms.near))
        numbers = self._finder.numbers
        self._names = {number for number in numbers[: len(terms.names)] if number is not None}
        self._near = {number for number in numbers[len(terms.names) :] if number is not None} - self._names

    def holds(self, post: Post) -> bool:
        """Return whether a word that must be near stands in the title, or at most 30 words from a name.

        A title is about the whole post. What is part of a name is not near it. With nothing to look for, it holds.
        """
        return not self._near or self.count(post) > 0

    def count(self, post: Post) -> int:
        """Return how many different words that must be near are."""
        text, places = self._finder.places(post.title, post.text)
        names = [(start, end) for number, start, end in places if number in self._names]
        words = _beside([place for place in places if place[0] in self._near], names)
        title_ends = text.index(BETWEEN)
        near = {number for number, start, _ in words if start < title_ends}
        begins = word_begins(text)
        ends = sorted(bisect_right(begins, end - 1) for _, end in names)
        starts = sorted(bisect_right(begins, start) for start, _ in names)
        for number, start, end in words:
            first, last = bisect_right(begins, start), bisect_right(begins, end - 1)
            if number not in near and _is_within(first, last, starts, ends):
                near.add(number)
        return len(near)


def word_begins(text: str) -> list[int]:
    """Return where the words of `text` begin, as they are counted between what stands near each other."""
    # Compiled when the first asks: so many ranges take 3 ms, which a start would pay.
    return [word.start() for word in re.finditer(_WORD, text)]


def _beside(words: Iterable[Place], names: Iterable[Span]) -> list[Place]:
    """Return the words that are no part of a name. Sorted once, since a text may repeat both ten thousand times."""
    by_start = sorted(names)
    starts = [start for start, _ in by_start]
    farthest = list(accumulate((end for _, end in by_start), max))
    before = ((word, bisect_left(starts, word[2])) for word in words)
    return [word for word, count in before if not count or farthest[count - 1] <= word[1]]


def _is_within(first: int, last: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a name ends shortly before, or starts shortly after, what goes from the `first` word to the `last`."""
    before, after = bisect_right(ends, first), bisect_left(starts, last)
    return (before > 0 and first - ends[before - 1] <= NEAR_WITHIN_WORDS) or (
        after < len(starts) and starts[after] - last <= NEAR_WITHIN_WORDS
    )
