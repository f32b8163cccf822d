"""A linear layer: for each feature of a text how far it speaks for each of a few answers.

`triage/training` trains layers and writes them as JSON. Sums of products decide, so every decision can be taken apart
into the words behind it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Final

from engagement.dataclass import dataclass

# For each feature how much of it there is; the names of words and pairs of words begin with WORD.
Features = Mapping[str, float]
WORD: Final = "'"
# A word counts less than a score: there are many of them, and each was seen few times.
WORD_COUNTS: Final = 0.3
MOST_WORDS: Final = 150
_WORD = re.compile(r"[a-z][a-z']*[a-z]|[a-z]|[!?]+|[:;=8][-']?[)(dp/\\|]")
_HANDLE = re.compile(r"@\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """How far each feature speaks for each of `answers`, against the one that stands for none of them.

    The leans are added to every text. `weights` has one number for each answer.
    """

    answers: tuple[str, ...]
    leans: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]


def words_of(prose: str) -> Iterator[str]:
    """Return the names of the features that are words or pairs of words."""
    words = _WORD.findall(_HANDLE.sub(" ", prose.lower()))[:MOST_WORDS]
    yield from (WORD + word for word in words)
    yield from (f"{WORD}{first} {second}" for first, second in pairwise(words))


def shares(features: Features, layer: Layer) -> tuple[float, ...]:
    """Return how likely each answer is, in their order; what is missing to 1 is that none of them is."""
    sums = list(layer.leans)
    for name, amount in features.items():
        if found := layer.weights.get(name):
            for at, weight in enumerate(found):
                sums[at] += amount * weight
    return softmax(sums)


def softmax(sums: list[float]) -> tuple[float, ...]:
    """Return the share of each sum, beside one of 0 that is left out."""
    highest = max(*sums, 0.0)
    parts = [exp(one - highest) for one in sums]
    whole = sum(parts) + exp(-highest)
    return tuple(part / whole for part in parts)


def load_layer(path: Path) -> Layer:
    """Return the layer that `triage/training` wrote into a file."""
    kept = json.loads(path.read_text("utf-8"))
    return Layer(
        answers=tuple(kept["answers"]),
        leans=tuple(map(float, kept["leans"])),
        weights={name: tuple(map(float, each)) for name, each in kept["weights"].items()},
    )
