"""How fast texts are matched: `python bench/match_bench.py --help`.

The whole step (normalise, search, word edges, names and excluded words) beside the bare engine it is built on
(ahocorasick_rs over lower-cased text, an ASCII word edge), on the same made-up texts of about a kilobyte. One text in
fifty holds a term; every watch has one term. Both must find the same.
"""
# ruff: noqa: E402 - run as a file from anywhere, so the checkout is put on the path first

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ahocorasick_rs import AhoCorasick

from engagement.post import Post
from engagement.watch import Terms
from triage.match import Matcher

VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnprstvz"
ROUNDS = 5
WITH_A_SECOND_WORD = 0.3
TEXTS_WITH_A_TERM = 0.02
ALL_AT_LEAST = 0.5
HEAD = f"{'':<16}{'terms':>7}{'ready in ms':>13}{'texts/s':>10}{'us a text':>11}{'found':>8}"


def word(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(VOWELS if place % 2 else CONSONANTS) for place in range(length))


def make_up(terms: int, texts: int, size: int, *, odd: bool) -> tuple[list[str], list[str]]:
    """Return terms and texts; `odd` texts hold a curly apostrophe, as prose from a phone does."""
    rng = random.Random(7)  # noqa: S311 - the same texts on every day, no secret
    vocabulary = [word(rng, rng.randint(2, 9)) for _ in range(20_000)]
    names: dict[str, None] = {}
    while len(names) < terms:
        second = f" {word(rng, rng.randint(3, 8)).capitalize()}" if rng.random() < WITH_A_SECOND_WORD else ""
        names[word(rng, rng.randint(5, 11)).capitalize() + second] = None
    listed = list(names)
    made = []
    for _ in range(texts):
        words = rng.choices(vocabulary, k=size // 6)
        if rng.random() < TEXTS_WITH_A_TERM:
            words[rng.randrange(len(words))] = rng.choice((str, str.upper, str.lower))(rng.choice(listed))
        made.append(" ".join(words) + (" it\u2019s" if odd else ""))
    return listed, made


def bare(terms: list[str]) -> Callable[[str], int]:
    """Return the engine alone: how many terms stand in a text."""
    engine = AhoCorasick([term.lower() for term in terms])

    def is_part(character: str) -> bool:
        return character.isalnum() or character == "_"

    def count(text: str) -> int:
        low = text.lower()
        found = {
            number
            for number, start, end in engine.find_matches_as_indexes(low, overlapping=True)
            if not (start and is_part(low[start - 1])) and not (end < len(low) and is_part(low[end]))
        }
        return len(found)

    return count


def whole(terms: list[str]) -> Callable[[Post], int]:
    """Return the bot's own step: how many watches see a post as theirs."""
    matcher = Matcher({number: Terms(names=(term,), excluded=("jobs",)) for number, term in enumerate(terms)})
    return lambda post: len(matcher.matches(post))


def a_post(text: str) -> Post:
    return Post(
        keys=("key",), community="c", url="https://c.example", title="", text=text, author="pat", thread_key="key"
    )


def measure(name: str, terms: int, make: Callable[[], Callable[[Any], int]], given: Sequence[Any]) -> tuple[float, int]:
    """Print one line; return the seconds a text takes, and how many terms were found."""
    began = time.perf_counter()
    ask = make()
    ready = time.perf_counter() - began
    took, found = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = sum(map(ask, given))
        took.append(time.perf_counter() - began)
    each = statistics.median(took) / len(given)
    print(f"{name:<16}{terms:7}{1000 * ready:13.1f}{1 / each:10.0f}{1e6 * each:11.1f}{found:8}", flush=True)
    return each, found


def main() -> int:
    """Print the table; 1 where the step finds something else, or, with the most terms, has not half of the rate."""
    parser = argparse.ArgumentParser(description="How fast texts are matched.")
    parser.add_argument("--terms", default="10,1000,10000", help="(%(default)s)")
    parser.add_argument("--texts", type=int, default=3000, help="(%(default)s)")
    parser.add_argument("--bytes", type=int, default=1000, help="of a text, about (%(default)s)")
    parser.add_argument("--odd", action="store_true", help="a curly apostrophe in every text")
    asked = parser.parse_args()
    print(f"{asked.texts} texts of about {asked.bytes} characters, load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    same, ratio = True, 0.0
    for count in map(int, asked.terms.split(",")):
        terms, texts = make_up(count, asked.texts, asked.bytes, odd=asked.odd)
        posts = [a_post(text) for text in texts]
        engine, found = measure("the bare engine", count, lambda terms=terms: bare(terms), texts)
        ours, seen = measure("the whole step", count, lambda terms=terms: whole(terms), posts)
        same, ratio = same and found == seen, engine / ours
        print(f"{'':<16}{ratio:.2f} of the bare rate{'' if found == seen else ', AND FINDS SOMETHING ELSE'}\n")
    return 0 if same and ratio >= ALL_AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
