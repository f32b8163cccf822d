"""What *Us* and *Not us* teach: `python bench/beside.py --data DIR`, with DIR as for `bench/triage.py`.

Half of the posts are judged as a team would, the rules that follow (engagement/understanding/beside.py) are asked about
the other half; the mean of so many shuffles. First the names of `brand`, with their whole profiles and with the names
alone. They have ten posts each, and three votes are rarely met; so two words of real texts are made one name, "Apollo",
of which the first is us and the second is not: pseudo-words, as word senses have long been told apart with (H. Schütze,
1992). P, R and F1 are of what is taken for ours, before and after.
"""
# ruff: noqa: E402 - run as a file from anywhere, so the checkout is put on the path first

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from profiles import a_watch

from engagement.post import Post
from engagement.understanding.beside import Judged, LearnedBeside, as_taught, what_it_tells
from engagement.watch import Watch
from triage.beside import words_beside
from triage.match import matcher_of, names_in
from triage.us import signs_of_us, signs_ready

SHUFFLES = 40
POSTS = 120
NAME = "Apollo"
PAIRS = (("ipad", "flight"), ("flight", "ipad"), ("camera", "server"), ("battery", "query"), ("list", "phone"),
         ("android", "branch"), ("test", "store"), ("app", "bag"))  # fmt: skip
NOISE = (0.2, 0.5, 0.8)


class Case(NamedTuple):
    """A post: whether it is us, what the rules of its watch say, and the words beside its name."""

    is_us: bool
    sure: bool
    is_ours: bool
    beside: tuple[str, ...]


def a_post(text: str) -> Post:
    return Post(keys=("k",), community="Forum", url="https://forum.example/1", title="", text=text, author="",
                thread_key="t")  # fmt: skip


def case_of(text: str, *, is_us: bool, watch: Watch) -> Case | None:
    """Return a text as a case; None where the watch does not match, so that nobody is asked."""
    post = a_post(text)
    matches = matcher_of([watch]).matches(post)
    if not matches:
        return None
    is_ours = signs_ready(signs_of_us(watch)).stand_in(post)
    return Case(is_us, matches[0].sure, is_ours, words_beside(post, names_in(watch.terms)))


def learn(judged: Sequence[Case], *, asks: bool) -> list[LearnedBeside]:
    of_all = Judged(us=sum(case.is_us for case in judged), not_us=sum(not case.is_us for case in judged))
    us = Counter(word for case in judged if case.is_us for word in set(case.beside))
    not_us = Counter(word for case in judged if not case.is_us for word in set(case.beside))
    told = {word: what_it_tells(Judged(us=us[word], not_us=not_us[word]), of_all, asks=asks) for word in us | not_us}
    return [
        LearnedBeside(id=0, watch_id=1, word=word, is_us=is_us, posts=max(us[word], not_us[word]))
        for word, is_us in told.items()
        if is_us is not None
    ]


def ask(counts: Counter[tuple[str, bool, bool]], learned: Sequence[LearnedBeside], cases: Sequence[Case]) -> None:
    for case in cases:
        after = as_taught(sure=case.sure, is_ours=case.is_ours, beside=case.beside, learned=learned, name=NAME).sure
        counts["before", case.sure, case.is_us] += 1
        counts["after", after, case.is_us] += 1


def figures(counts: Counter[tuple[str, bool, bool]], when: str) -> str:
    right, wrong, missed = (counts[when, *key] for key in ((True, True), (True, False), (False, True)))
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{precision:6.3f} {recall:6.3f} {f1:6.3f}"


def tell(name: str, shuffled: Callable[[random.Random], Sequence[Sequence[Case]]], *, asks: bool = False) -> None:
    """Print one line: each of the lists of cases is a watch of its own, which `asks` for words near its name or not."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for seed in range(SHUFFLES):
        for cases in shuffled(random.Random(seed)):  # noqa: S311 - the same shuffles each time
            half = len(cases) // 2
            ask(counts, learn(cases[:half], asks=asks), cases[half:])
    print(f"{name:<28} {figures(counts, 'before')}   {figures(counts, 'after')}")


def brands(data: Path, *, whole: bool) -> Callable[[random.Random], Sequence[Sequence[Case]]]:
    profiles = json.loads((data / "brand_profiles.json").read_text(encoding="utf-8"))
    by_name: dict[str, list[Case]] = {}
    for line in (data / "brand.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        watch = a_watch({"brand": row["brand"], **(profiles[row["brand"]] if whole else {})})
        if case := case_of(row["text"], is_us=row["label"] == "brand", watch=watch):
            by_name.setdefault(row["brand"], []).append(case)
    return lambda shuffle: [shuffle.sample(cases, len(cases)) for cases in by_name.values()]


def pseudo_names(data: Path, noise: float) -> Callable[[random.Random], Sequence[Sequence[Case]]]:
    texts = dict.fromkeys(
        json.loads(line).get("text") or ""
        for file in sorted(data.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    watch = a_watch({"brand": NAME})

    def cases(word: str, *, is_us: bool) -> list[Case]:
        pattern = re.compile(rf"(?<![\w#@]){word}(?!\w)", re.IGNORECASE)
        renamed = (pattern.sub(NAME, text) for text in texts if pattern.search(text))
        return [case for text in renamed if (case := case_of(text, is_us=is_us, watch=watch))]

    both = [(cases(ours, is_us=True), cases(other, is_us=False)) for ours, other in PAIRS]

    def shuffled(shuffle: random.Random) -> list[list[Case]]:
        other_than_us = int(POSTS * noise)
        mixed = [
            shuffle.sample(us, min(len(us), POSTS - other_than_us)) + shuffle.sample(no, min(len(no), other_than_us))
            for us, no in both
        ]
        return [shuffle.sample(each, len(each)) for each in mixed]

    return shuffled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    data = parser.parse_args().data
    print(
        f"{'':<28} {'before':^20}   {'after':^20}\n{'':<28} {'P':>6} {'R':>6} {'F1':>6}   {'P':>6} {'R':>6} {'F1':>6}"
    )
    tell("brand, whole profiles", brands(data, whole=True), asks=True)
    tell("brand, names alone", brands(data, whole=False))
    for noise in NOISE:
        tell(f"pseudo-names, {noise:.0%} not us", pseudo_names(data, noise))


if __name__ == "__main__":
    main()
