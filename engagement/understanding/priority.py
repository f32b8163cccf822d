"""How much a mention matters among those that wait: a number from 0 to 100, and what made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import log10
from typing import Final

from engagement.understanding.reading import OURS_TO_ANSWER, Kind, Mood, Pillar
from engagement.watch import Outcome

HIGHEST: Final = 100

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
# A reply that is due adds this much; it grows towards it while somebody waits.
_DUE = 15
# Nobody reads a thread of last month again; what is said there still counts, but not first.
_STALE_AFTER, _STALE = timedelta(days=30), -40


class Why(StrEnum):
    """What adds to a priority."""

    KIND = "kind"
    MOOD = "mood"
    OUTCOME = "outcome"
    ALARM = "alarm"
    REACH = "reach"
    WAITING = "waiting"
    UNANSWERED = "unanswered"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighty:
    """What is known of a mention when its priority is asked for.

    `alarms`: it speaks of an outage or a security hole. `score` is how many people liked it, None where the community
    does not say. `age` is since it was written, `target` how long a first reply may take; neither is negative.
    `times_before` says how often its author wrote about us before, `unanswered_before` how often nobody answered them.
    """

    kind: Kind
    mood: Mood
    pillar: Pillar
    outcome: Outcome
    age: timedelta
    target: timedelta
    alarms: bool = False
    score: int | None = None
    times_before: int = 0
    unanswered_before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """A number from 0 (can wait for ever) to 100 (now), and what added to it, the heaviest first."""

    number: int
    because: tuple[Why, ...] = ()


def priority_of(weighty: Weighty) -> Priority:
    """Return how much a mention matters. What we wrote ourselves does not."""
    if weighty.pillar is Pillar.PROVIDER_INITIATED:
        return Priority(number=0)
    parts = {why: points for why, points in _parts(weighty) if points}
    whole = sum(parts.values()) + (_STALE if weighty.age > _STALE_AFTER else 0)
    heaviest = sorted(parts, key=lambda why: -parts[why])
    return Priority(number=max(0, min(whole, HIGHEST)), because=tuple(heaviest))


def _parts(weighty: Weighty) -> list[tuple[Why, int]]:
    waits = weighty.pillar is Pillar.USER_INITIATED and weighty.kind in OURS_TO_ANSWER
    return [
        (Why.KIND, _OF_KIND[weighty.kind]),
        (Why.MOOD, _OF_MOOD[weighty.mood]),
        (Why.OUTCOME, _SOUGHT_AFTER if weighty.kind in _SOUGHT[weighty.outcome] else 0),
        (Why.ALARM, _ALARMING if weighty.alarms else 0),
        (Why.REACH, _reach(weighty.score or 0)),
        (Why.WAITING, _waiting(weighty) if waits else 0),
        (Why.UNANSWERED, _UNANSWERED if weighty.unanswered_before else 0),
        (Why.KNOWN, _KNOWN if weighty.times_before else 0),
    ]


def _reach(score: int) -> int:
    return min(_REACH_AT_MOST, round(_A_POWER_OF_TEN * log10(max(1, score))))


def _waiting(weighty: Weighty) -> int:
    share = weighty.age / weighty.target if weighty.target else 1.0
    return round(_DUE * min(share, 1.0))
