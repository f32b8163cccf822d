"""A logistic regression with a few answers, in plain Python: what all layers are trained with."""

import json
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from triage.layer import WORD, Features, Layer, softmax

# All chosen by cross-validation. A word is kept if it was seen this often, and if it says something then.
SEEN_AT_LEAST = 3
ROUNDS, PACE = 14, 0.12
FOLDS = 5


class Example(NamedTuple):
    """One labelled text, read: where it comes from, its features, and the place of its answer.

    An answer behind the last of a layer's stands for none of them.
    """

    origin: str
    features: Features
    answer: int


def train(
    examples: Sequence[Example],
    answers: Sequence[str],
    leans: Sequence[float],
    *,
    says_at_least: float,
    hold_back: float = 1.0,
) -> Layer:
    """Return what was learned by stochastic gradients with shrinking steps (AdaGrad).

    Each weight is held back (L2) by `hold_back`, the less the more often its feature was seen. Words of which no two
    weights, nor one and 0, are `says_at_least` apart are left out.
    """
    seen = Counter(name for example in examples for name in example.features)
    holds = {name: hold_back / count for name, count in seen.items()}
    kept = {name for name, count in seen.items() if count >= SEEN_AT_LEAST or not name.startswith(WORD)}
    rows = [([(name, x) for name, x in of.features.items() if x and name in kept], of.answer) for of in examples]
    weights = {name: [0.0] * len(answers) for name in kept}
    steps = {name: [1e-6] * len(answers) for name in kept}
    rng = random.Random(7)  # noqa: S311 - the same order each time, no secret
    for _ in range(ROUNDS):
        rng.shuffle(rows)
        for features, answer in rows:
            _learn(features, answer, weights, steps, holds)
    return Layer(
        answers=tuple(answers),
        leans=tuple(leans),
        weights={
            name: tuple(round(one, 2) for one in each)
            for name, each in weights.items()
            if not name.startswith(WORD) or max(*each, 0.0) - min(*each, 0.0) >= says_at_least
        },
    )


def _learn(
    features: list[tuple[str, float]],
    answer: int,
    weights: Mapping[str, list[float]],
    steps: Mapping[str, list[float]],
    holds: Mapping[str, float],
) -> None:
    sides = range(len(weights[features[0][0]])) if features else ()
    likely = softmax([sum(x * weights[name][side] for name, x in features) for side in sides]) if features else ()
    errors = [share - (answer == side) for side, share in enumerate(likely)]
    for name, x in features:
        weight, step, hold = weights[name], steps[name], holds[name]
        for side in sides:
            slope = errors[side] * x + hold * weight[side]
            step[side] += slope * slope
            weight[side] -= PACE * slope / math.sqrt(step[side])


def write_layer(path: Path, layer: Layer, *, made_by: str, trained_on: Mapping[str, str]) -> None:
    """Write a layer with where it comes from, and say how large it is."""
    kept = {
        "made_by": made_by,
        "trained_on": dict(trained_on),
        "answers": layer.answers,
        "leans": layer.leans,
        "weights": dict(sorted(layer.weights.items())),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n", "utf-8")
    print(f"{len(layer.weights)} weights, {path.stat().st_size / 1000:.0f} kB: {path}")  # noqa: T201
