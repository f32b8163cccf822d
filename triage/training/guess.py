"""Train what guesses at a kind: `python -m triage.training.guess`.

It learns from `mentions.jsonl`, which stands beside this file: posts about brands that do not exist, written by us for
this, each with where it stands and what kind of thing it is, sixty about each, and behind them what only shares a
name. Plain Python, half a minute. `--check` writes nothing and prints what ten-fold cross-validation says of what no
rule recognises.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from engagement.post import Post
from engagement.understanding.reading import TAG_OF, Kind
from triage.guess import WEIGHTS, features_of, guess_of
from triage.kind import kind_of
from triage.layer import Layer
from triage.mood import mood_of
from triage.plain import words_said_in
from triage.training.regression import Example, train, write_layer

MENTIONS = Path(__file__).with_name("mentions.jsonl")
ORIGIN = "MIT, ours"
# What is of none of these is `other`.
ANSWERS = tuple(kind.value for kind in Kind if kind is not Kind.OTHER)
LEANS = (0.0,) * len(ANSWERS)
# Chosen by cross-validation.
SAYS_AT_LEAST, HOLD_BACK = 0.12, 0.3
FOLDS = 10
# What is said of a brand is asked of a layer that never saw the brand: its name alone would tell it much.
ROWS_A_BRAND = 60

# Where posts have no title, and what else tells the places of the rows apart.
TALK = frozenset({"twitter", "bluesky", "mastodon"})
PLACES = {
    "appstore": ("App Store", ""),
    "blog": ("Blog", "https://blog.example/2026/11/a-post"),
    "dev.to": ("DEV", "https://dev.example/posts/a-post"),
    "discourse": ("Forum", "https://forum.example/t/1"),
    "github": ("GitHub", ""),
    "hackernews": ("Hacker News", ""),
    "lemmy": ("Lemmy", ""),
    "lobsters": ("Lobsters", ""),
    "news": ("Google News", "https://paper.example/a"),
    "reddit": ("Reddit", ""),
    "stackoverflow": ("Stack Overflow", ""),
    "youtube": ("YouTube", ""),
}


class Row(NamedTuple):
    """One labelled post."""

    post: Post
    kind: Kind


def read_rows() -> list[Row]:
    """Return our rows as posts."""
    lines = MENTIONS.read_text("utf-8").splitlines()
    return [Row(_post(row["source"], row["text"]), Kind(row["kind"])) for row in map(json.loads, lines)]


def _post(source: str, words: str) -> Post:
    community, url = PLACES.get(source, (source.capitalize(), ""))
    title, text = ("", words) if source in TALK else (words, "")
    thread = f"{source}:1" if source == "youtube" else "thread:1"
    return Post(keys=("k",), community=community, url=url, title=title, text=text, author="a", thread_key=thread)


def example_of(row: Row) -> Example:
    """Return a row as the layer sees it."""
    prose = words_said_in(row.post)
    features = features_of(row.post, prose, mood_of(prose).polarity)
    return Example(ORIGIN, features, _place_of(row.kind))


def _place_of(kind: Kind) -> int:
    return ANSWERS.index(kind.value) if kind.value in ANSWERS else len(ANSWERS)


def train_guess(examples: Sequence[Example]) -> Layer:
    """Return what the rows teach."""
    return train(examples, ANSWERS, LEANS, says_at_least=SAYS_AT_LEAST, hold_back=HOLD_BACK)


def cross_validate(rows: Sequence[Row]) -> None:
    """Print how often what is guessed asks what the row's own kind asks of us, of rows that no rule recognises."""
    examples = [example_of(row) for row in rows]
    folds = _folds(len(rows))
    unsure, guessed, rightly = 0, 0, 0
    for fold in range(FOLDS):
        layer = train_guess([one for one, of in zip(examples, folds, strict=True) if of != fold])
        for row in (row for row, of in zip(rows, folds, strict=True) if of == fold):
            if kind_of(row.post).kind is Kind.OTHER:
                guess = guess_of(row.post, mood_of(row.post.title or row.post.text).polarity, layer)
                unsure += 1
                guessed += guess is not None
                rightly += guess is not None and TAG_OF[guess.kind] is TAG_OF[row.kind]
    print(f"{unsure} of {len(rows)} of no kind, {guessed} guessed at, {rightly / guessed:.3f} rightly")  # noqa: T201


def _folds(rows: int) -> list[int]:
    """Return to which fold each row belongs, all of one brand to the same."""
    brands = list(range(rows // ROWS_A_BRAND + 1))
    random.Random(1).shuffle(brands)  # noqa: S311 - the same order each time, no secret
    return [brands[at // ROWS_A_BRAND] % FOLDS for at in range(rows)]


def main() -> None:
    """Train, and write the weights with where they come from."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    rows = read_rows()
    if parser.parse_args().check:
        cross_validate(rows)
        return
    layer = train_guess([example_of(row) for row in rows])
    origins = {MENTIONS.stem: f"{ORIGIN}; {len(rows)} texts"}
    write_layer(WEIGHTS, layer, made_by="python -m triage.training.guess", trained_on=origins)


if __name__ == "__main__":
    main()
