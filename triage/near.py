"""Whether what must be near a name is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from engagement.post import Post
from engagement.watch import Terms
from triage.terms import BETWEEN, UNSPACED, WORD_CHARACTER, Span, TermFinder

# What counts as a word on the way from a name to what must be near it. Without spaces, two characters are about one.
_WORD = re.compile(rf"{WORD_CHARACTER}+|[{UNSPACED}]{{1,2}}")
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
        if not self._near:
            return True
        text, places = self._finder.places(post.title, post.text)
        names = [(start, end) for number, start, end in places if number in self._names]
        words = _beside([(start, end) for number, start, end in places if number in self._near], names)
        if any(start < text.index(BETWEEN) for start, _ in words):
            return True
        begins = [word.start() for word in _WORD.finditer(text)]
        ends = sorted(bisect_right(begins, end - 1) for _, end in names)
        starts = sorted(bisect_right(begins, start) for start, _ in names)
        return any(
            _is_within(bisect_right(begins, start), bisect_right(begins, end - 1), starts, ends) for start, end in words
        )


def _beside(words: Iterable[Span], names: Iterable[Span]) -> list[Span]:
    """Return the words that are no part of a name. Sorted once, since a text may repeat both ten thousand times."""
    by_start = sorted(names)
    starts = [start for start, _ in by_start]
    farthest = list(accumulate((end for _, end in by_start), max))
    before = ((word, bisect_left(starts, word[1])) for word in words)
    return [word for word, count in before if not count or farthest[count - 1] <= word[0]]


def _is_within(first: int, last: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a name ends shortly before, or starts shortly after, what goes from the `first` word to the `last`."""
    before, after = bisect_right(ends, first), bisect_left(starts, last)
    return (before > 0 and first - ends[before - 1] <= NEAR_WITHIN_WORDS) or (
        after < len(starts) and starts[after] - last <= NEAR_WITHIN_WORDS
    )
