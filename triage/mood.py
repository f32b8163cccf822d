"""How a text sounds, by TextBlob's lexicon; the only module that knows TextBlob."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from engagement.reading import Mood
from triage.plain import prose_of

GOOD_FROM = 0.2
BAD_FROM = -0.04
"""Lopsided on purpose: people who complain choose mild words, and polite ones thank before they do."""

STRONG = 0.5
"""A single word this far from zero is a strong sign; strong signs of both colours make a mixed mood."""

MOST_WORDS = 3

# They look polar to a lexicon made from product reviews, and are not where people talk about software.
_PRODUCT_TALK = """
    able actual available average base basic behind big black blue certain clear cold current dark deep
    different double down dry due early empty exact extra false far first fixed flat formal free full general
    generic green half hard heavy hidden high important initial interested interesting involved just large
    latest least left likely limited little live local long low main many mean medium mere minor modern more
    most much native natural near new old only open other outer overall own parallel particular past plain
    possible previous primary public raw ready real recent red related remote responsible right round same
    second secret separate serious sharp short significant similar simple single small special square static
    strict sudden sure thick thin tight tiny top total true typical unlike upper usual various virtual white
    whole wide wide-ranging yellow young
"""
NEUTRAL_WORDS = frozenset(_PRODUCT_TALK.split())

_CONTRACTIONS = (
    (re.compile(r"\bcan't\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodFound:
    """A mood, its polarity in [-1, 1], and the words that decided, heaviest first, at most three."""

    mood: Mood
    polarity: float
    words: tuple[str, ...] = ()


def mood_of(text: str) -> MoodFound:
    """Return how `text` sounds: good, bad, mixed when it says both strongly, unsure when nothing speaks clearly."""
    signs = _signs_of(_with_not(prose_of(text)))
    if not signs:
        return MoodFound(mood=Mood.UNSURE, polarity=0.0)
    polarity = sum(weight for _, weight in signs) / len(signs)
    mood = _mood(polarity, [weight for _, weight in signs])
    return MoodFound(mood=mood, polarity=polarity, words=_deciding(signs, mood))


def _mood(polarity: float, weights: list[float]) -> Mood:
    if max(weights) >= STRONG and min(weights) <= -STRONG:
        return Mood.MIXED
    if polarity >= GOOD_FROM:
        return Mood.GOOD
    return Mood.BAD if polarity <= BAD_FROM else Mood.UNSURE


def load_lexicon() -> None:
    """Load TextBlob's lexicon now (a fifth of a second), which the first mention would do otherwise."""
    _analyser()


@cache
def _analyser() -> Any:
    # PatternAnalyzer needs no corpora and no download; the other analysers and most of TextBlob do.
    from textblob.en.sentiments import PatternAnalyzer  # noqa: PLC0415 - a poll without mentions never needs it

    return PatternAnalyzer()


def _signs_of(prose: str) -> list[tuple[str, float]]:
    """Return each expression the lexicon weighs, with its weight in [-1, 1] (never 0)."""
    _, _, assessments = _analyser().analyze(prose, keep_assessments=True)
    signs: list[tuple[str, float]] = []
    for words, weight, *_ in assessments:
        # The lexicon's last word carries the weight, those before it turn or strengthen it: "not", "very".
        spoken = [str(word) for word in words if word != "!"]
        if weight and spoken and spoken[-1] not in NEUTRAL_WORDS:
            signs.append((" ".join(spoken), float(weight)))
    return signs


def _deciding(signs: list[tuple[str, float]], mood: Mood) -> tuple[str, ...]:
    """Return the words of the mood's own colour; of both colours where it is mixed, none where nothing is sure."""
    wanted = {Mood.GOOD: (1,), Mood.BAD: (-1,), Mood.MIXED: (1, -1), Mood.UNSURE: ()}[mood]
    heaviest = sorted(signs, key=lambda sign: -abs(sign[1]))
    firsts = [next(sign for sign in heaviest if sign[1] * side > 0) for side in wanted]
    others = [sign for sign in heaviest if any(sign[1] * side > 0 for side in wanted)]
    return tuple(dict.fromkeys(words for words, _ in (*firsts, *others)))[:MOST_WORDS]


def _with_not(text: str) -> str:
    # TextBlob splits "isn't" before it looks for negations and takes "isn't great" for praise (its issue 181).
    for pattern, expanded in _CONTRACTIONS:
        text = pattern.sub(expanded, text)
    return text
