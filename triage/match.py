"""Which watches a post is about: their words and phrases, as plain text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engagement.post import Post
from engagement.watch import Terms, Watch
from triage.terms import BETWEEN, TermFinder
from triage.us import IsItUs, signs_of_us

# Instead of the rank of a name.
_EXCLUDED = -1
# No more, lest many long posts fill the memory once more.
POSTS_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A watch that a post is about, and the name of it that stands there, as the team wrote it.

    Not `sure` where the watch asks for words near the name, and nothing makes sure that it is meant (triage/us.py).
    """

    watch_id: int
    term: str
    sure: bool = True


def matcher_of(watches: Iterable[Watch]) -> "Matcher":
    """Return what finds the posts about any of `watches`, and knows what is theirs."""
    listed = list(watches)
    return Matcher({watch.id: watch.terms for watch in listed}, {watch.id: signs_of_us(watch) for watch in listed})


class Matcher:
    """The terms of many watches, made ready once and asked for every post."""

    def __init__(self, terms: Mapping[int, Terms], signs: Mapping[int, tuple[str, ...]] | None = None) -> None:
        """Make `terms` ready, by the number of their watch; `signs` are what stands for it alone (`signs_of_us`)."""
        self._watches = tuple(terms)
        self._names = tuple(of.names for of in terms.values())
        ours = signs or {}
        self._doubts = {at: IsItUs(of, ours.get(watch, ())) for at, (watch, of) in enumerate(terms.items()) if of.near}
        uses = [
            (watch, rank, term)
            for watch, of in enumerate(terms.values())
            for rank, term in (*enumerate(of.names), *((_EXCLUDED, term) for term in of.excluded))
        ]
        self._finder = TermFinder(term for _, _, term in uses)
        # For each number of a term: whose it is, and which of the watch's names.
        self._uses: dict[int, list[tuple[int, int]]] = {}
        for (watch, rank, _), number in zip(uses, self._finder.numbers, strict=True):
            if number is not None:
                self._uses.setdefault(number, []).append((watch, rank))

    def find_in(self, posts: Sequence[Post]) -> list[tuple[Post, Match]]:
        """Return which watches which of `posts` are about, in the order given.

        Nearly always there are none, and to look through the texts of many posts at once takes a third less than
        through each. Only those in ASCII: other texts take longer, and would have the rest of them do so as well.
        """
        seen: list[tuple[Post, Match]] = []
        for start in range(0, len(posts), POSTS_AT_ONCE):
            part = posts[start : start + POSTS_AT_ONCE]
            together = BETWEEN.join(text for post in part for text in (post.title, post.text) if text.isascii())
            is_none_there = not self._finder.find(together)
            seen += [
                (post, match)
                for post in part
                if not (is_none_there and post.title.isascii() and post.text.isascii())
                for match in self.matches(post)
            ]
        return seen

    def matches(self, post: Post) -> list[Match]:
        """Return the watches `post` is about, in the order given: one of their names stands there, no excluded word."""
        found = self._finder.find(post.title, post.text)
        return self._evaluate(found, post) if found else []

    def _evaluate(self, found: Iterable[int], post: Post) -> list[Match]:
        """Return what the terms that were found mean: only watches with a name among them are looked at."""
        names: dict[int, int] = {}
        excluded: set[int] = set()
        for watch, rank in (use for number in found for use in self._uses[number]):
            if rank == _EXCLUDED:
                excluded.add(watch)
            else:
                names[watch] = min(rank, names.get(watch, rank))
        return [
            Match(
                watch_id=self._watches[watch],
                term=self._names[watch][names[watch]],
                sure=watch not in self._doubts or self._doubts[watch].is_sure(post),
            )
            for watch in sorted(names.keys() - excluded)
        ]
