"""Which watches a post is about: their queries, asked only where one of their words stands."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import filterfalse
from operator import attrgetter

from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.understanding.context_sets import context_sets
from engagement.understanding.query import Query, Text, Written, needed, plain_query, texts_of
from engagement.watch import Terms, Watch
from triage.query_check import Check, NumberOf, Seen, check_of
from triage.terms import BETWEEN, TermFinder
from triage.us import ContextSets, IsItUs, doubt_of, signs_of_us

# No more, lest many long posts fill the memory once more.
POSTS_AT_ONCE = 50
_title, _text = attrgetter("title"), attrgetter("text")


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


def query_of(terms: Terms) -> Query | None:
    """Return what makes a match: the query, or what the plain fields stand for; None where there are no names either.

    A stored query that cannot be read (any more) is left out, so that its watch goes on hearing; `mistake_in` says why.
    """
    query, _ = _stored_query(terms)
    return plain_query(terms) if query is None else query


@lru_cache(maxsize=512)
def names_in(terms: Terms) -> tuple[str, ...]:
    """Return what a match can be called by: the names, or the words of the query that speak for a post."""
    query = query_of(terms)
    return () if query is None else tuple(text.words for text in texts_of(query))


def names_asking(terms: Terms) -> tuple[str, ...]:
    """Return what may ask for words of its own: the names, and what a query is about."""
    return (*terms.names, *names_in(terms))


def mistake_in(terms: Terms) -> str:
    """Return what is wrong with a stored query, as a sentence; empty where it can be read, or there is none."""
    _, mistake = _stored_query(terms)
    return mistake


def _stored_query(terms: Terms) -> tuple[Query | None, str]:
    """Return the query that a watch has, or what is wrong with it; neither where it has none."""
    if not terms.query:
        return None, ""
    from triage.query_parse import BadQuery, parse_query  # noqa: PLC0415 - its parser is a tenth of a start, for few

    query = parse_query(terms.query)
    return (None, query.problem) if isinstance(query, BadQuery) else (query, "")


class Asking:
    """One watch made ready: what must be so, what a match is called by, and whether it is sure."""

    def __init__(self, watch_id: int, query: Query, doubt: IsItUs | ContextSets | None, number_of: NumberOf) -> None:
        """Make `query` ready, with the numbers under which its texts are looked for."""
        self._watch_id, self._doubt, self._check = watch_id, doubt, check_of(query, number_of)
        self.needed = {number for text in needed(query) if (number := number_of(text)) is not None}
        self._texts = tuple(texts_of(query))
        # The first text of each number, and what more must be so for one to stand there.
        self._first: dict[int, int] = {}
        self._more: dict[int, Check] = {}
        for rank, text in enumerate(self._texts):
            number = number_of(text)
            if text.in_title or text.written is Written.EXACTLY:
                self._more[rank] = check_of(text, number_of)
            elif number is not None:
                self._first.setdefault(number, rank)

    def match(self, seen: Seen) -> Match | None:
        """Return the match of a post, None where it is none."""
        if not self._check(seen):
            return None
        is_sure = self._doubt is None or self._doubt.is_sure(seen.post)
        return Match(watch_id=self._watch_id, term=self._name_in(seen), sure=is_sure)

    def _name_in(self, seen: Seen) -> str:
        if len(self._texts) == 1:
            return self._texts[0].words
        ranks = [self._first[number] for number in seen.found if number in self._first]
        ranks += [rank for rank, check in self._more.items() if check(seen)]
        return self._texts[min(ranks)].words


class Matcher:
    """The queries of many watches, made ready once and asked for every post."""

    def __init__(self, terms: Mapping[int, Terms], signs: Mapping[int, tuple[str, ...]] | None = None) -> None:
        """Make `terms` ready, by the number of their watch; `signs` are what stands for it alone (`signs_of_us`)."""
        queries = {watch: query for watch, of in terms.items() if (query := query_of(of)) is not None}
        self._finder, numbers = _finder_of(queries.values())
        ours = signs or {}
        self._asking = [
            Asking(watch, query, doubt_of(_sets_of(terms[watch], query), ours.get(watch, ())), numbers.get)
            for watch, query in queries.items()
        ]
        # For each number of a term: the places of the watches that are asked where it stands.
        self._asked: dict[int, list[int]] = {}
        for place, asking in enumerate(self._asking):
            for number in asking.needed:
                self._asked.setdefault(number, []).append(place)

    def find_in(self, posts: Sequence[Post]) -> list[tuple[Post, Match]]:
        """Return which watches which of `posts` are about, in the order given.

        Nearly always there are none, and to look through the texts of many posts at once takes a third less than
        through each. Those in ASCII are one text: others take longer, and would have the rest of them do so as well.
        """
        seen: list[tuple[Post, Match]] = []
        for start in range(0, len(posts), POSTS_AT_ONCE):
            part = posts[start : start + POSTS_AT_ONCE]
            texts = [*map(_title, part), *map(_text, part)]
            plain = BETWEEN.join(filter(str.isascii, texts))
            if self._finder.find(plain, *filterfalse(str.isascii, texts)):
                seen += [(post, match) for post in part for match in self.matches(post)]
        return seen

    def matches(self, post: Post) -> list[Match]:
        """Return the watches `post` is about, in the order given."""
        found = self._finder.find(post.title, post.text)
        return self._ask(found, post) if found else []

    def _ask(self, found: set[int], post: Post) -> list[Match]:
        """Return what the terms that were found mean: only watches that need one of them are asked."""
        asked = {place for number in found for place in self._asked.get(number, ())}
        if not asked:
            return []
        seen = Seen(post, found, self._finder)
        return [match for place in sorted(asked) if (match := self._asking[place].match(seen))]


def _finder_of(queries: Iterable[Query]) -> tuple[TermFinder, dict[Text, int | None]]:
    """Return what finds the texts of all `queries` in one pass, and the number of each text."""
    texts = dict.fromkeys(text for query in queries for holds in (True, False) for text in texts_of(query, holds=holds))
    whole = [text for text in texts if text.written is not Written.BEGINS]
    beginnings = [text for text in texts if text.written is Written.BEGINS]
    finder = TermFinder((text.words for text in whole), (text.words for text in beginnings))
    numbers = dict(zip(whole, finder.numbers, strict=True))
    return finder, numbers | dict(zip(beginnings, finder.numbers_of_beginnings, strict=True))


def _sets_of(terms: Terms, query: Query) -> list[Terms]:
    return context_sets(terms, tuple(text.words for text in texts_of(query)) if terms.query else terms.names)
