"""Train the layer that decides a mood: `python -m triage.training.mood --data DIR`.

DIR holds labelled texts, `NAME.jsonl` for each of SETS, one object a line with `text` and `label` (positive, neutral,
negative); our own sentences stand beside this file. Only sets are read whose licence lets a model that is trained on
them be shipped. Plain Python, half a minute.
`--check` writes nothing and prints what five-fold cross-validation says.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from triage.layer import Features, Layer
from triage.mood_layer import WEIGHTS, features_of, weigh
from triage.mood_signs import signs_of
from triage.mood_vader import second_opinion_on
from triage.plain import prose_of
from triage.training.regression import FOLDS, Example, train, write_layer

SETS = {
    "sentiment_tweets": "MIT, C.J. Hutto: vaderSentiment, ICWSM 2014 (20 ratings a text)",
    "sentiment_amazon": "MIT, C.J. Hutto: vaderSentiment, ICWSM 2014",
    "sentiment_news": "MIT, C.J. Hutto: vaderSentiment, ICWSM 2014",
    "sentiment_so": "CC0, disa-lab: DeepSentimentSECrossPlatform; also MIT, collab-uniba: Senti4SD",
    "sentiment_github": "CC0, disa-lab: DeepSentimentSECrossPlatform",
    "sentiment_jira": "CC0, disa-lab: DeepSentimentSECrossPlatform",
}
OWN, OWN_SENTENCES = "own_sentences", Path(__file__).with_name("own_sentences.txt")
# The places of the answers, and behind them what is neither.
LABELS = {"negative": 0, "positive": 1, "neutral": 2}
ANSWERS = ("bad", "good")

SAYS_AT_LEAST = 0.12
# Our own sentences are few: each counts as several.
OWN_COUNT = 4
# People who complain choose mild words: what hurts needs less to be called bad than what pleases to be called good.
LEANS = (0.45, 0.0)


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


def train_mood(examples: Sequence[Example]) -> Layer:
    """Return what the texts teach."""
    return train(examples, ANSWERS, LEANS, says_at_least=SAYS_AT_LEAST)


def label_of(features: Features, layer: Layer) -> int:
    """Return the label that the layer gives."""
    weighed = weigh(features, layer)
    of = {"negative": weighed.bad, "neutral": 1 - weighed.bad - weighed.good, "positive": weighed.good}
    return LABELS[max(of, key=lambda label: of[label])]


def cross_validate(examples: Sequence[Example]) -> None:
    """Print the macro-F1 of each set when every fifth of it is read with weights trained on the rest."""
    order = list(examples)
    random.Random(1).shuffle(order)  # noqa: S311 - as above
    said: list[tuple[str, int, int]] = []
    for fold in range(FOLDS):
        layer = train_mood([one for at, one in enumerate(order) if at % FOLDS != fold])
        said += [(one.origin, one.answer, label_of(one.features, layer)) for one in order[fold::FOLDS]]
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
    origins = {
        name: f"{origin}; {_count(examples, name)} texts" for name, origin in (*SETS.items(), (OWN, "MIT, ours"))
    }
    write_layer(WEIGHTS, train_mood(examples), made_by="python -m triage.training.mood", trained_on=origins)


def _count(examples: Sequence[Example], name: str) -> int:
    return sum(example.origin == name for example in examples)


if __name__ == "__main__":
    main()
