"""The words that stand beside a name: what people's *Us* and *Not us* teach about, and what was learned of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from engagement.post import Post
from engagement.understanding.beside import LearnedBeside, Taught, as_taught
from engagement.watch import Watch
from triage.language import SMALL_WORDS
from triage.match import names_in
from triage.near import word_begins
from triage.terms import TermFinder
from triage.us import signs_of_us, signs_ready

# About a sentence to each side: what is farther away speaks of something else.
WITHIN_WORDS: Final = 12
WORDS_AT_MOST: Final = 40
# A post may be a book, or repeat the name a thousand times.
_LOOKED_AT: Final = 5_000
_PLACES_AT_MOST: Final = 50
SHORTEST: Final = 3
LONGEST: Final = 40
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SMALL: Final = frozenset().union(*SMALL_WORDS.values())


def taught_about(
    post: Post, watch: Watch, term: str, *, sure: bool, learned: Sequence[LearnedBeside]
) -> tuple[Taught, tuple[str, ...]]:
    """Return whether a match of `watch` is about us, as its workspace has taught, and the words beside its name."""
    beside = words_beside(post, names_in(watch.terms))
    of_watch = [each for each in learned if each.watch_id == watch.id]
    is_ours = bool(of_watch) and signs_ready(signs_of_us(watch)).stand_in(post)
    return as_taught(sure=sure, is_ours=is_ours, beside=beside, learned=of_watch, name=term), beside


def words_beside(post: Post, names: Sequence[str]) -> tuple[str, ...]:
    """Return the words that stand at most WITHIN_WORDS from one of `names`, as texts are compared, each once.

    Not the small words of any language, nor what is part of a name: they stand beside everything.
    """
    finder = _finder_of(tuple(names))
    text, found = finder.places(post.title[:_LOOKED_AT], post.text[:_LOOKED_AT])
    places = sorted(found, key=lambda place: place[1])[:_PLACES_AT_MOST]
    if not places:
        return ()
    begins = word_begins(text)
    spans = [(bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1) for _, start, end in places]
    beside = (
        word
        for each in _WORD.finditer(text)
        if (word := each[0].removesuffix("'s")) not in _SMALL
        and SHORTEST <= len(word) <= LONGEST
        and not any(start <= each.start() < end for _, start, end in places)
        and _is_within(bisect_right(begins, each.start()) - 1, spans)
    )
    return tuple(islice(dict.fromkeys(beside), WORDS_AT_MOST))


def _is_within(word: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether the word of this number is near one of the names, by the numbers of their first and last words."""
    return any(first - WITHIN_WORDS <= word <= last + WITHIN_WORDS for first, last in spans)


@lru_cache(maxsize=256)
def _finder_of(names: tuple[str, ...]) -> TermFinder:
    return TermFinder(names)
