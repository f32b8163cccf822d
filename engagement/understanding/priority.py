"""How much a conversation matters among those that wait: what it weighs, what its waiting adds, and what made it.

The number goes from 0 (can wait for ever) to 100 (now). What a conversation weighs is a sum of points that stays as it
is while time goes by; waiting adds as much in every conversation. So a list by priority is a list by one moment, which
a row can hold and an index has in order: since when somebody who weighs nothing would wait, to be as pressing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from math import log10
from typing import Final

from engagement.dataclass import dataclass
from engagement.understanding.reading import Kind, Mood, Pillar
from engagement.watch import Outcome

HIGHEST: Final = 100
A_POINT: Final = timedelta(hours=3)
"""Waiting so long adds a point: a day makes up for a bad mood, four days for an outage. Nobody waits for ever."""

# Who is stuck comes before who wonders, who wonders before who wishes; praise can wait, a headline waits for nobody.
_OF_KIND: Final[Mapping[Kind, int]] = {
    Kind.HELP: 40,
    Kind.BUG: 38,
    Kind.COMPLAINT: 38,
    Kind.QUESTION: 35,
    Kind.WISH: 22,
    Kind.COMPARISON: 20,
    Kind.PRAISE: 15,
    Kind.OTHER: 6,
    Kind.NEWS: 4,
    Kind.PROMO: 0,
}
_OF_MOOD: Final[Mapping[Mood, int]] = {Mood.BAD: 10, Mood.MIXED: 5, Mood.UNSURE: 0, Mood.GOOD: 0}
# What each outcome is after.
_SOUGHT: Final[Mapping[Outcome, frozenset[Kind]]] = {
    Outcome.SUPPORT: frozenset({Kind.HELP, Kind.QUESTION, Kind.BUG}),
    Outcome.REPUTATION: frozenset({Kind.COMPLAINT, Kind.BUG, Kind.PRAISE, Kind.COMPARISON}),
    Outcome.LEADS: frozenset({Kind.QUESTION, Kind.COMPARISON, Kind.WISH}),
    Outcome.AWARENESS: frozenset({Kind.NEWS, Kind.PRAISE, Kind.COMPARISON, Kind.OTHER}),
}
_SOUGHT_AFTER, _ALARMING, _UNANSWERED, _KNOWN = 10, 30, 10, 5
# Ten people who like it are 6, a hundred 12, a thousand 18: each next ten have fewer new readers.
_A_POWER_OF_TEN, _REACH_AT_MOST = 6, 20
# Nobody reads a thread of last month again; what is said there still counts, but not first.
STALE_AFTER: Final = timedelta(days=30)
_STALE = -40


class Why(StrEnum):
    """What adds to a priority, or takes from it."""

    KIND = "kind"
    MOOD = "mood"
    OUTCOME = "outcome"
    ALARM = "alarm"
    REACH = "reach"
    WAITING = "waiting"
    UNANSWERED = "unanswered"
    KNOWN = "known"
    STALE = "stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighty:
    """What is known of what waits for us in a conversation: written at `asked_at` and heard at `heard_at` (aware UTC).

    `alarms`: it speaks of an outage or a security hole. `score` is how many people liked it, None where the community
    does not say. Of its author, `wrote_before` says whether they wrote about us before, in what is settled by now, and
    `left_unanswered` whether they asked us there and have no answer.
    """

    kind: Kind
    mood: Mood
    pillar: Pillar
    outcome: Outcome
    asked_at: datetime
    heard_at: datetime
    alarms: bool = False
    score: int | None = None
    wrote_before: bool = False
    left_unanswered: bool = False

    @property
    def was_stale(self) -> bool:
        """Whether it was old already when we heard it."""
        return self.heard_at - self.asked_at > STALE_AFTER

    @property
    def counts_from(self) -> datetime:
        """From when on its waiting counts; of what was old already, only what it waited for us."""
        return self.heard_at if self.was_stale else self.asked_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some points of a priority, and what they are for; what makes less of it has fewer than none."""

    why: Why
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """The number of something of a `kind`, and what it is made of, the heaviest first.

    The parts may add up to more than 100, or to less than 0.
    """

    number: int
    kind: Kind
    parts: tuple[Part, ...] = ()


def weigh(weighty: Weighty) -> tuple[Part, ...]:
    """Return what is not nothing of what a conversation weighs. What we wrote ourselves weighs nothing."""
    if weighty.pillar is Pillar.PROVIDER_INITIATED:
        return ()
    parts = (
        (Why.KIND, _OF_KIND[weighty.kind]),
        (Why.MOOD, _OF_MOOD[weighty.mood]),
        (Why.OUTCOME, _SOUGHT_AFTER if weighty.kind in _SOUGHT[weighty.outcome] else 0),
        (Why.ALARM, _ALARMING if weighty.alarms else 0),
        (Why.REACH, _reach(weighty.score or 1)),
        (Why.UNANSWERED, _UNANSWERED if weighty.left_unanswered else 0),
        (Why.KNOWN, _KNOWN if weighty.wrote_before else 0),
        (Why.STALE, _STALE if weighty.was_stale else 0),
    )
    return tuple(Part(why=why, points=points) for why, points in parts if points)


def pressing_since(weighty: Weighty) -> datetime:
    """Return since when somebody who weighs nothing would have to wait to matter as much.

    Earlier is more pressing, now and whenever it is asked.
    """
    return weighty.counts_from - A_POINT * sum(part.points for part in weigh(weighty))


def number_at(now: datetime, *, pressing_since: datetime) -> int:
    """Return the priority at `now` of what is as pressing as that."""
    return max(0, min((now - pressing_since) // A_POINT, HIGHEST))


def priority_of(weighty: Weighty, now: datetime) -> Priority:
    """Return how much it matters at `now`, and why."""
    waited = max(0, (now - weighty.counts_from) // A_POINT)
    waiting = (Part(why=Why.WAITING, points=waited),) if waited else ()
    parts = sorted((*weigh(weighty), *waiting), key=lambda part: -part.points)
    number = number_at(now, pressing_since=pressing_since(weighty))
    return Priority(number=number, kind=weighty.kind, parts=tuple(parts))


def _reach(score: int) -> int:
    return min(_REACH_AT_MOST, round(_A_POWER_OF_TEN * log10(max(1, score))))
