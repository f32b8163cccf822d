"""The last word on a mood: a linear layer over what both lexicons say and the words themselves.

`triage/training/mood.py` trains it, and writes `mood_weights.json`: for each feature how far it speaks for bad and for
good. Sums of products decide, so every decision can be taken apart into the words behind it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, tanh
from pathlib import Path
from typing import Final

from triage.mood_signs import Sign
from triage.mood_vader import SecondOpinion
from triage.phrases import BUGS, COMPLAINTS, PLEAS, PRAISES

WEIGHTS: Final = Path(__file__).with_name("mood_weights.json")
# A word counts less than a score: there are many of them, and each was seen few times.
WORD_COUNTS: Final = 0.3
MOST_WORDS: Final = 150
_WORD = re.compile(r"[a-z][a-z']*[a-z]|[a-z]|[!?]+|[:;=8][-']?[)(dp/\\|]")
_HANDLE = re.compile(r"@\w+")

_MOST_SIGNS, _MOST_MARKS, _LONG = 2.0, 3, 40
_TABLES = {"a bug": BUGS, "a complaint": COMPLAINTS, "a praise": PRAISES, "a plea": PLEAS}

# For each feature how much of it there is; the names of words and pairs of words begin with WORD.
Features = dict[str, float]
WORD: Final = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How far each feature speaks for bad and for good, against neither; the two leans are added to every text."""

    features: Mapping[str, tuple[float, float]]
    bad_lean: float
    good_lean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How likely a text sounds bad and good, the leans included; the rest of 1 is neither."""

    bad: float
    good: float

    @property
    def polarity(self) -> float:
        """The two in one, in [-1, 1]."""
        return self.good - self.bad


def features_of(prose: str, signs: Sequence[Sign], opinion: SecondOpinion) -> Features:
    """Return what the layer looks at in a text: what the lexicons say of it, how it is written, and its words."""
    return _scores(signs, opinion) | _manner(prose) | dict.fromkeys(words_of(prose), WORD_COUNTS)


def words_of(prose: str) -> Iterator[str]:
    """Return the names of the features that are words or pairs of words."""
    words = _WORD.findall(_HANDLE.sub(" ", prose.lower()))[:MOST_WORDS]
    yield from (WORD + word for word in words)
    yield from (f"{WORD}{first} {second}" for first, second in pairwise(words))


def weigh(features: Features, weights: Weights) -> Weighed:
    """Return how likely a text with these features is bad and good."""
    bad, good = weights.bad_lean, weights.good_lean
    for name, amount in features.items():
        if found := weights.features.get(name):
            bad += amount * found[0]
            good += amount * found[1]
    highest = max(bad, good, 0.0)
    of_bad, of_good, of_neither = exp(bad - highest), exp(good - highest), exp(-highest)
    whole = of_bad + of_good + of_neither
    return Weighed(bad=of_bad / whole, good=of_good / whole)


@cache
def trained_weights() -> Weights:
    """Return the weights that are shipped; read once, when the first mood is asked for."""
    kept = json.loads(WEIGHTS.read_text("utf-8"))
    return Weights(
        features={name: (float(bad), float(good)) for name, (bad, good) in kept["weights"].items()},
        bad_lean=float(kept["bad_lean"]),
        good_lean=float(kept["good_lean"]),
    )


def _scores(signs: Sequence[Sign], opinion: SecondOpinion) -> Features:
    weights = [weight for _, weight in signs]
    pleasing = sum(weight for weight in weights if weight > 0)
    hurting = -sum(weight for weight in weights if weight < 0)
    net = tanh(pleasing - hurting)
    return {
        "always": 1.0,
        "mean": sum(weights) / len(weights) if weights else 0.0,
        "pleasing": min(pleasing, _MOST_SIGNS),
        "hurting": min(hurting, _MOST_SIGNS),
        "strongest": max(weights, default=0.0),
        "weakest": min(weights, default=0.0),
        "last": weights[-1] if weights else 0.0,
        "net": net,
        "second": opinion.compound,
        "second pleasing": opinion.pleasing,
        "second hurting": opinion.hurting,
        "second above 0": max(opinion.compound, 0.0),
        "both please": max(0.0, min(net, opinion.compound)),
        "both hurt": max(0.0, min(-net, -opinion.compound)),
        "neither speaks": float(not weights and not opinion.compound),
    }


def _manner(prose: str) -> Features:
    return {
        "asks": min(prose.count("?"), 2) / 2,
        "ends asking": float(prose.endswith("?")),
        "exclaims": min(prose.count("!"), _MOST_MARKS) / _MOST_MARKS,
        "trails off": float("..." in prose),
        "length": min(len(prose.split()), _LONG) / _LONG,
    } | {name: float(bool(table.find_meant(prose))) for name, table in _TABLES.items()}
