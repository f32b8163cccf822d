"""Whether a query holds for a post: made ready once, and asked only of posts in which some text of it stands."""

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, assert_never
from unicodedata import normalize

from engagement.post import Post
from engagement.sites import belongs_to, host_of
from engagement.team.handles import bare_handle, network_of
from engagement.understanding.query import (
    About,
    AllOf,
    AnyOf,
    Comparison,
    Fact,
    Near,
    Not,
    Pattern,
    Query,
    Score,
    Text,
    Written,
)
from engagement.understanding.reading import Kind
from triage.near import word_begins
from triage.pattern import finder_of_pattern
from triage.terms import WORD_CHARACTER, Place, TermFinder

COMPARE: Final[Mapping[Comparison, Callable[[int, int], bool]]] = {
    Comparison.ABOVE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.BELOW: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.EXACTLY: operator.eq,
}


class Seen:
    """What is known of one post, each thing looked up when it is asked first."""

    def __init__(self, post: Post, found: set[int], finder: TermFinder) -> None:
        """Know the numbers of the terms that were `found` in `post` by `finder`."""
        self.post, self.found, self._finder = post, found, finder

    @cached_property
    def in_title(self) -> set[int]:
        """The numbers of the terms in the title."""
        return self._finder.find(self.post.title)

    @cached_property
    def places(self) -> Mapping[int, list[tuple[int, int]]]:
        """Where each term stands, by its number: as [start, end), in order."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for number, start, end in self._placed[1]:
            spans.setdefault(number, []).append((start, end))
        return spans

    @cached_property
    def begins(self) -> list[int]:
        """Where the words of title and text begin."""
        return word_begins(self._placed[0])

    @cached_property
    def _placed(self) -> tuple[str, list[Place]]:
        return self._finder.places(self.post.title, self.post.text)

    @cached_property
    def language(self) -> str:
        """The language it is in, empty where nobody can tell."""
        from triage.language import language_of  # noqa: PLC0415 - its tables are a fiftieth of a start, for few queries

        return language_of(f"{self.post.title}\n{self.post.text}")

    @cached_property
    def may_be_english(self) -> bool:
        """Whether it is in no other language, as far as anybody can tell."""
        from triage.language import is_readable  # noqa: PLC0415 - as above

        return is_readable(f"{self.post.title}\n{self.post.text}")

    @cached_property
    def is_question(self) -> bool:
        """Whether it asks something."""
        from triage.kind import kind_of  # noqa: PLC0415 - its phrases are a tenth of a start, and few queries ask

        return kind_of(self.post).kind is Kind.QUESTION


Check = Callable[[Seen], bool]
NumberOf = Callable[[Text], int | None]


def check_of(query: Query, number_of: NumberOf) -> Check:  # noqa: PLR0911 - one for each sort of part
    """Return what tells whether `query` holds; `number_of` says under which number a text is looked for."""
    match query:
        case Text():
            return _text(query, number_of)
        case Near():
            return _near(query, number_of)
        case Pattern(expression=expression):
            stands = finder_of_pattern(expression)
            return lambda seen: stands(seen.post.title) or stands(seen.post.text)
        case Fact():
            return _fact(query)
        case Score(comparison=comparison, than=than):
            compare = COMPARE[comparison]
            return lambda seen: compare(seen.post.score or 0, than)
        case Not(part=part):
            check = check_of(part, number_of)
            return lambda seen: not check(seen)
        case AllOf(parts=parts):
            return _all([check_of(part, number_of) for part in sorted(parts, key=_cost)])
        case AnyOf(parts=parts):
            return _any(parts, number_of)
        case _:
            assert_never(query)


def _cost(query: Query) -> int:
    """Return which part is asked first: what was found already, and last what reads the whole post."""
    if isinstance(query, Not):
        return _cost(query.part)
    if isinstance(query, AllOf | AnyOf):
        return max(map(_cost, query.parts))
    if isinstance(query, Fact):
        return 3 if query == Fact(About.IS, "question") else 1
    return 2 if isinstance(query, Pattern | Near) else 0


def _all(checks: Sequence[Check]) -> Check:
    def check(seen: Seen) -> bool:
        # Not all(...): a generator costs as much as what it asks.
        for each in checks:  # noqa: SIM110
            if not each(seen):
                return False
        return True

    return check


def _any(parts: Sequence[Query], number_of: NumberOf) -> Check:
    """Return what tells whether some part holds: all plain texts are asked at once."""
    plain = {part: number_of(part) for part in parts if isinstance(part, Text) and _is_plain(part)}
    numbers = frozenset(plain.values()) - {None}
    checks = [check_of(part, number_of) for part in sorted(parts, key=_cost) if part not in plain]
    if not checks:
        return lambda seen: not numbers.isdisjoint(seen.found)
    return lambda seen: not numbers.isdisjoint(seen.found) or any(check(seen) for check in checks)


def _is_plain(text: Text) -> bool:
    return not text.in_title and text.written is not Written.EXACTLY


def _text(text: Text, number_of: NumberOf) -> Check:
    number = number_of(text)
    if text.written is Written.EXACTLY:
        stands = _exactly(text.words)
        parts = 1 if text.in_title else 2
        return lambda seen: number in seen.found and any(map(stands, (seen.post.title, seen.post.text)[:parts]))
    if text.in_title:
        return lambda seen: number in seen.found and number in seen.in_title
    return lambda seen: number in seen.found


def _exactly(words: str) -> Callable[[str], bool]:
    """Return what tells whether `words` stand whole in a text, capitals and signs as they are."""
    words = normalize("NFC", words).strip()
    before = rf"(?<!{WORD_CHARACTER})" if re.match(WORD_CHARACTER, words[0]) else ""
    behind = rf"(?!{WORD_CHARACTER})" if re.match(WORD_CHARACTER, words[-1]) else ""
    pattern = re.compile(before + r"\s+".join(map(re.escape, words.split())) + behind)
    return lambda text: pattern.search(normalize("NFC", text)) is not None


def _near(near: Near, number_of: NumberOf) -> Check:
    one, other = ([number_of(text) for text in texts] for texts in (near.one, near.other))

    def check(seen: Seen) -> bool:
        if seen.found.isdisjoint(one) or seen.found.isdisjoint(other):
            return False
        spans = [_spans(seen, numbers) for numbers in (one, other)]
        return _is_within(near.within, spans[0], spans[1], seen.begins)

    return check


def _spans(seen: Seen, numbers: Iterable[int | None]) -> list[tuple[int, int]]:
    return [span for number in numbers if number is not None for span in seen.places.get(number, ())]


def _is_within(
    words: int, these: Iterable[tuple[int, int]], those: Iterable[tuple[int, int]], begins: list[int]
) -> bool:
    """Whether one of these and one of those, no part of each other, are at most so many `words` apart."""
    starts, ends = sorted(start for start, _ in these), sorted(end for _, end in these)
    for start, end in those:
        before, after = bisect_right(ends, start), bisect_left(starts, end)
        if before and _words_between(begins, ends[before - 1], start) <= words:
            return True
        if after < len(starts) and _words_between(begins, end, starts[after]) <= words:
            return True
    return False


def _words_between(begins: list[int], end: int, start: int) -> int:
    return bisect_right(begins, start) - bisect_right(begins, end - 1)


def _fact(fact: Fact) -> Check:
    value = fact.value
    match fact.about:
        case About.AUTHOR:
            return lambda seen: bare_handle(seen.post.author) == value
        case About.SITE:
            return lambda seen: belongs_to(host_of(seen.post.url), value)
        case About.COMMUNITY:
            return lambda seen: value in {each.casefold() for each in _communities(seen.post)}
        case About.LANGUAGE:
            from triage.language import ENGLISH  # noqa: PLC0415 - as in Seen

            return lambda seen: seen.may_be_english if value == ENGLISH else seen.language == value
        case About.IS:
            if value == "question":
                return lambda seen: seen.is_question
            is_comment = value == "comment"
            return lambda seen: bool(seen.post.parent_key) is is_comment
        case _:
            assert_never(fact.about)


def _communities(post: Post) -> tuple[str, str]:
    return post.community, network_of(post.community)
