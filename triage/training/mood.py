"""Train the layer that decides a mood: `python -m triage.training.mood --data DIR`.

DIR holds labelled texts, `NAME.jsonl` for each of SETS, one object a line with `text` and `label` (positive, neutral,
negative); our own sentences stand beside this file. Only sets are read whose licence lets a model that is trained on
them be shipped. Plain Python, half a minute.
`--check` writes nothing and prints what five-fold cross-validation says.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from triage.mood_layer import WEIGHTS, WORD, Features, Weights, features_of, weigh
from triage.mood_signs import signs_of
from triage.mood_vader import second_opinion_on
from triage.plain import prose_of

SETS = {
    "sentiment_tweets": "MIT, C.J. Hutto: vaderSentiment, ICWSM 2014 (20 ratings a text)",
    "sentiment_amazon": "MIT, C.J. Hutto: vaderSentiment, ICWSM 2014",
    "sentiment_news": "MIT, C.J. Hutto: vaderSentiment, ICWSM 2014",
    "sentiment_so": "CC0, disa-lab: DeepSentimentSECrossPlatform; also MIT, collab-uniba: Senti4SD",
    "sentiment_github": "CC0, disa-lab: DeepSentimentSECrossPlatform",
    "sentiment_jira": "CC0, disa-lab: DeepSentimentSECrossPlatform",
}
OWN, OWN_SENTENCES = "own_sentences", Path(__file__).with_name("own_sentences.txt")
LABELS = {"negative": 0, "neutral": 1, "positive": 2}

# All chosen by cross-validation. A word is kept if it was seen this often, and if it says something then.
SEEN_AT_LEAST = 3
SAYS_AT_LEAST = 0.12
ROUNDS, PACE, HOLD_BACK = 14, 0.12, 1.0
FOLDS = 5
# Our own sentences are few: each counts as several.
OWN_COUNT = 4
# People who complain choose mild words: what hurts needs less to be called bad than what pleases to be called good.
BAD_LEAN, GOOD_LEAN = 0.45, 0.0


class Example(NamedTuple):
    """One labelled text, read."""

    origin: str
    features: Features
    label: int


def read_examples(folder: Path) -> list[Example]:
    """Return the texts of all sets, read as the bot reads them."""
    return [
        Example(name, read_features(row["text"]), LABELS[row["label"]])
        for name in SETS
        for row in map(json.loads, (folder / f"{name}.jsonl").read_text("utf-8").splitlines())
    ] + read_own_sentences()


def read_own_sentences() -> list[Example]:
    """Return our own sentences: each stands under the label it has, in brackets."""
    label, examples = "", []
    for line in OWN_SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("["):
            label = line.strip("[]")
        elif line and not line.startswith("#"):
            examples.append(Example(OWN, read_features(line), LABELS[label]))
    return OWN_COUNT * examples


def read_features(text: str) -> Features:
    """Return what the layer sees of a text."""
    prose = prose_of(text)
    return features_of(prose, signs_of(prose), second_opinion_on(prose))


def train(examples: Sequence[Example]) -> Weights:
    """Return the weights of a logistic regression: stochastic gradients, shrinking steps (AdaGrad), held back (L2)."""
    seen = Counter(name for example in examples for name in example.features)
    kept = {name for name, count in seen.items() if count >= SEEN_AT_LEAST or not name.startswith(WORD)}
    rows = [([(name, x) for name, x in of.features.items() if x and name in kept], of.label) for of in examples]
    weights = {name: [0.0, 0.0] for name in kept}
    steps = {name: [1e-6, 1e-6] for name in kept}
    rng = random.Random(7)  # noqa: S311 - the same order each time, no secret
    for _ in range(ROUNDS):
        rng.shuffle(rows)
        for features, label in rows:
            _learn(features, label, weights, steps, seen)
    return Weights(
        features={
            name: (round(bad, 2), round(good, 2))
            for name, (bad, good) in weights.items()
            if not name.startswith(WORD) or max(abs(bad), abs(good), abs(good - bad)) >= SAYS_AT_LEAST
        },
        bad_lean=BAD_LEAN,
        good_lean=GOOD_LEAN,
    )


def _learn(
    features: list[tuple[str, float]],
    label: int,
    weights: dict[str, list[float]],
    steps: dict[str, list[float]],
    seen: Counter[str],
) -> None:
    bad = sum(x * weights[name][0] for name, x in features)
    good = sum(x * weights[name][1] for name, x in features)
    highest = max(bad, good, 0.0)
    of = (math.exp(bad - highest), math.exp(good - highest))
    whole = of[0] + of[1] + math.exp(-highest)
    errors = (of[0] / whole - (label == LABELS["negative"]), of[1] / whole - (label == LABELS["positive"]))
    for name, x in features:
        weight, step, hold = weights[name], steps[name], HOLD_BACK / seen[name]
        for side in (0, 1):
            slope = errors[side] * x + hold * weight[side]
            step[side] += slope * slope
            weight[side] -= PACE * slope / math.sqrt(step[side])


def label_of(features: Features, weights: Weights) -> int:
    """Return the label that the weights give."""
    weighed = weigh(features, weights)
    neither = 1 - weighed.bad - weighed.good
    return max((weighed.bad, 0), (neither, 1), (weighed.good, 2))[1]


def cross_validate(examples: Sequence[Example]) -> None:
    """Print the macro-F1 of each set when every fifth of it is read with weights trained on the rest."""
    order = list(examples)
    random.Random(1).shuffle(order)  # noqa: S311 - as above
    said: list[tuple[str, int, int]] = []
    for fold in range(FOLDS):
        weights = train([one for at, one in enumerate(order) if at % FOLDS != fold])
        said += [(one.origin, one.label, label_of(one.features, weights)) for one in order[fold::FOLDS]]
    for name in SETS:
        print(f"{name:<18}{_macro_f1([(is_, was) for origin, is_, was in said if origin == name]):.3f}")  # noqa: T201


def _macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    labels = LABELS.values()
    right = Counter(is_ for is_, said in pairs if is_ == said)
    counted = Counter(label for pair in pairs for label in pair)
    return sum(2 * right[label] / counted[label] for label in labels) / len(labels)


def main() -> None:
    """Train, and write the weights with where they come from."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    asked = parser.parse_args()
    examples = read_examples(asked.data)
    if asked.check:
        cross_validate(examples)
        return
    weights = train(examples)
    kept = {
        "made_by": "python -m triage.training.mood",
        "trained_on": {
            name: f"{origin}; {_count(examples, name)} texts" for name, origin in (*SETS.items(), (OWN, "MIT, ours"))
        },
        "bad_lean": weights.bad_lean,
        "good_lean": weights.good_lean,
        "weights": dict(sorted(weights.features.items())),
    }
    WEIGHTS.write_text(
        json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n", "utf-8"
    )
    print(f"{len(weights.features)} weights, {WEIGHTS.stat().st_size / 1000:.0f} kB: {WEIGHTS}")  # noqa: T201


def _count(examples: Sequence[Example], name: str) -> int:
    return sum(example.origin == name for example in examples)


if __name__ == "__main__":
    main()
