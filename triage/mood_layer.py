"""The last word on a mood: a linear layer over what both lexicons say and the words themselves.

`triage/training/mood.py` trains it, and writes `mood_weights.json`.
"""

from collections.abc import Sequence
from functools import cache
from math import tanh
from pathlib import Path
from typing import Final

from engagement.dataclass import dataclass
from triage.layer import WORD_COUNTS, Features, Layer, load_layer, shares, words_of
from triage.mood_signs import Sign
from triage.mood_vader import SecondOpinion
from triage.talk import BUGS, COMPLAINTS, PLEAS, PRAISES

WEIGHTS: Final = Path(__file__).with_name("mood_weights.json")
_MOST_SIGNS, _MOST_MARKS, _LONG = 2.0, 3, 40
_TABLES = {"a bug": BUGS, "a complaint": COMPLAINTS, "a praise": PRAISES, "a plea": PLEAS}


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


def weigh(features: Features, layer: Layer) -> Weighed:
    """Return how likely a text with these features is bad and good."""
    bad, good = shares(features, layer)
    return Weighed(bad=bad, good=good)


@cache
def trained_weights() -> Layer:
    """Return the weights that are shipped; read once, when the first mood is asked for."""
    return load_layer(WEIGHTS)


def _scores(signs: Sequence[Sign], opinion: SecondOpinion) -> dict[str, float]:
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


def _manner(prose: str) -> dict[str, float]:
    return {
        "asks": min(prose.count("?"), 2) / 2,
        "ends asking": float(prose.endswith("?")),
        "exclaims": min(prose.count("!"), _MOST_MARKS) / _MOST_MARKS,
        "trails off": float("..." in prose),
        "length": min(len(prose.split()), _LONG) / _LONG,
    } | {name: float(bool(table.find_meant(prose))) for name, table in _TABLES.items()}
