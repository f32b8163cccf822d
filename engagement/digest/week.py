"""What a week was like: the mentions, whether anybody needed us, who was answered, and what people said of us."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.dataclass import dataclass
from engagement.understanding.reading import Tag

WEEK: Final = timedelta(days=7)
# What needed us and is in none of these waits still.
SETTLED: Final = frozenset({ReplyState.ANSWERED, ReplyState.ANSWERED_BY_OTHERS, ReplyState.CANNOT_TELL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The counts of one period: mentions by what was decided on them, replies, and the posts that were read.

    `mentions` are those of us, `not_us` left out. `answer_seconds` and the like are of our own answers, None without
    one: within the first came half of them, within the second nine in ten. `for_us` and `against_us` count people, each
    once: who praised us, and who complained.
    """

    mentions: int = 0
    listen: int = 0
    interact: int = 0
    react: int = 0
    untagged: int = 0
    not_us: int = 0
    needed_us: int = 0
    answered: int = 0
    answered_by_others: int = 0
    waiting: int = 0
    posts_read: int = 0
    slowest_answer_seconds: int | None = None
    timed_answers: int = 0
    half_within_seconds: int | None = None
    most_within_seconds: int | None = None
    for_us: int = 0
    against_us: int = 0
    cannot_tell: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The mentions of one day on the team's calendar, by what was decided on them."""

    date: date
    listen: int = 0
    interact: int = 0
    react: int = 0
    untagged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """A term that finds what is about something else: of so many `hits`, so many were `not_us`.

    `watch` is the name of the watch it belongs to, empty where all of them are meant, and `watch_id` its number.
    `hits_before` and `not_us_before` are of the week before.
    """

    term: str
    hits: int
    not_us: int
    watch: str = ""
    watch_id: int = 0
    hits_before: int = 0
    not_us_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What somebody had complained of before: where and when (aware UTC)."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence of praise, and who wrote it, where and when (aware UTC).

    `before` is the complaint of theirs that went before it, None where none did.
    """

    text: str
    author: str
    community: str
    url: str
    at: datetime
    before: Before | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """An answer that somebody else gave for us: who they are in their community, and where it stands."""

    by: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OurThread:
    """A thread that we opened: how many answered, and how many of them had no word back from us.

    Without `replies` it is one that nobody took up.
    """

    title: str
    url: str
    replies: int
    without_word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A conversation that needed us: what became of the reply, where it is, and its first steps.

    `asked_at` is when its first question was written and `answered_at` when we first answered; `began_at` is when its
    first mention was written, `tagged_at` since when it is tagged. None where that did not happen.
    """

    state: ReplyState
    asked_at: datetime
    answered_at: datetime | None = None
    community: str = ""
    began_at: datetime | None = None
    tagged_at: datetime | None = None

    @property
    def answer_seconds(self) -> int | None:
        """How long they waited for our first answer, None where we gave none; never below zero."""
        if self.answered_at is None:
            return None
        return max(0, int((self.answered_at - self.asked_at).total_seconds()))


# A thread that nobody answers in its first day is rarely found later.
TIME_TO_TAKE_UP: Final = timedelta(days=1)
# Below so many answers the slowest tenth is one answer, which the slowest one says better.
ENOUGH_FOR_MOST: Final = 10
# A word is noisy where it brings so many of others, and more of them than of us.
NOISY_FROM: Final = 5
# What can be quoted: long enough to say something, short enough to be read in passing.
QUOTABLE: Final = range(40, 281)


def week_from(
    tags: Mapping[Tag | None, int],
    needed: Sequence[Needed],
    *,
    not_us: int,
    posts_read: int,
    for_us: int = 0,
    against_us: int = 0,
) -> Week:
    """Return the counts of a week; `tags` has the number of mentions of each tag, None for those not tagged yet."""
    states = [each.state for each in needed]
    waits = sorted(each.answer_seconds for each in needed if each.answer_seconds is not None)
    return Week(
        mentions=sum(tags.values()),
        listen=tags.get(Tag.LISTEN, 0),
        interact=tags.get(Tag.INTERACT, 0),
        react=tags.get(Tag.REACT, 0),
        untagged=tags.get(None, 0),
        not_us=not_us,
        needed_us=len(needed),
        answered=states.count(ReplyState.ANSWERED),
        answered_by_others=states.count(ReplyState.ANSWERED_BY_OTHERS),
        cannot_tell=states.count(ReplyState.CANNOT_TELL),
        waiting=sum(state not in SETTLED for state in states),
        posts_read=posts_read,
        slowest_answer_seconds=max(waits, default=None),
        timed_answers=len(waits),
        half_within_seconds=within(waits, 0.5),
        most_within_seconds=within(waits, 0.9) if len(waits) >= ENOUGH_FOR_MOST else None,
        for_us=for_us,
        against_us=against_us,
    )


def within(ordered: Sequence[int], share: float) -> int | None:
    """Return the value that `share` (0 to 1) of them do not pass, of values in ascending order; None for no values.

    The nearest-rank percentile: one of the values, so that "half came within" is true of them.
    """
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def noisiest(terms: Iterable[Noise]) -> Noise | None:
    """Return the term that brought most that is not about us, if it brought more of that than of us."""
    noisy = [each for each in terms if each.not_us >= NOISY_FROM and each.not_us * 2 > each.hits]
    return max(noisy, key=lambda each: (each.not_us, each.term), default=None)


def noisiest_first(terms: Iterable[Noise], before: Iterable[Noise] = ()) -> list[Noise]:
    """Return the terms that brought anything that is not about us beside the week before, first what brought most."""
    was = {(each.watch_id, each.term): each for each in before}
    noisy = [_beside(each, was.get((each.watch_id, each.term))) for each in terms if each.not_us]
    return sorted(noisy, key=lambda each: (-each.not_us, each.hits, each.watch, each.term))


def _beside(noise: Noise, before: Noise | None) -> Noise:
    return replace(noise, hits_before=before.hits, not_us_before=before.not_us) if before else noise


def quietest_first(threads: Iterable[OurThread]) -> list[OurThread]:
    """Return the threads of ours in which somebody had no word back from us, first where most had none."""
    return sorted((each for each in threads if each.without_word), key=lambda each: (-each.without_word, each.title))


def line_of_the_week(praise: Iterable[Line]) -> Line | None:
    """Return the first that can be quoted whole, None where none can; a line without an author is nobody's word."""
    return next((each for each in praise if each.author and len(each.text) in QUOTABLE), None)
