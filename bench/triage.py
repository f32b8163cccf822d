"""How well mentions are understood: `python bench/triage.py --data DIR`.

DIR holds labelled rows, one JSON object a line: `sentiment_*`, `question_*`, `intent_*`, `voice`, `brand` (with
`brand_profiles.json`), `pillars`, `mentions_*` (each with its brand, site, handles and address), `neardup` and
`crosspost`. Every row goes through the functions that the bot itself uses. P, R and F1 are those of one class (of a
mood: bad); +- is the half-width of a bootstrap 95% interval of the macro-F1; a rate is that of one function, called row
by row. A * says that the rules were written, or trained, beside rows of this kind from the same hand: what they say of
others is lower.
"""
# ruff: noqa: E402 - run as a file from anywhere, so the checkout is put on the path first

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from profiles import a_watch

from engagement.conversations.stories import Sameness
from engagement.post import Post
from engagement.understanding.reading import Kind, Mood, Pillar
from feeds.identity.spots import spot_of
from triage.kind import kind_of
from triage.match import matcher_of
from triage.mood import mood_of
from triage.pillar import pillar_of
from triage.read import make_ready, read
from triage.story import sameness_of_titles

Row = dict[str, Any]
PRAISE_OR_NOTHING = "praise_or_rating"
ROUNDS = 200
MEGABYTE = 1024
READS = "from triage.mood import mood_of; from triage.read import make_ready; make_ready(); mood_of('I love it');"
TELL_MEMORY = "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"

# What the rows call what we call otherwise.
MOOD_LABEL = {Mood.GOOD: "positive", Mood.BAD: "negative", Mood.UNSURE: "neutral"}
PILLAR_LABEL = {
    Pillar.USER_INITIATED: "user",
    Pillar.PROVIDER_INITIATED: "provider",
    Pillar.ASSOCIATION: "association",
    Pillar.IDENTITY: "identity",
    Pillar.IN_PERSON: "event",
}
COMMUNITY = {
    "hackernews": "Hacker News",
    "reddit": "r/devops",
    "stackoverflow": "Stack Overflow",
    "news": "Google News",
}
# What design says of those who want something of us; everybody else is listened to.
ACTION_OF_INTENT = {
    "question": "interact",
    "praise": "interact",
    "complaint": "react",
    "feature_request": "react",
    "provider": "listen",
    "other": "listen",
}
# What triage/training/mood.py trains the layer on.
TRAINED_ON = frozenset(f"sentiment_{name}" for name in ("tweets", "amazon", "news", "so", "github", "jira"))
# What the bounds of triage/story.py were chosen on.
PAIRS = frozenset({"crosspost", "neardup"})
# Where posts have no title.
TALK = ("twitter", "mastodon")


def a_post(text: str, *, title: str = "", author: str = "", community: str = "Forum", url: str = "") -> Post:
    """Return a post that opens the thread at its address, which stands where the bot would find it."""
    spot = spot_of(url or "https://forum.example/1")
    return Post(
        keys=("k",), community=community, url=spot.url, title=title, text=text, author=author,
        thread_key=spot.thread_key,
    )  # fmt: skip


KESTREL = a_watch({"brand": "Kestrel", "domains": ["kestrel.dev"], "handles": ["kestrelci"]})


def post_of(item: Row) -> Post:
    source, talks = item["source"], item["source"] in TALK
    title, text = ("", item["text"]) if talks else (item["text"], "")
    return a_post(text, title=title, author=item["author"], community=COMMUNITY.get(source, source.capitalize()))


def say_mood(row: Row) -> str:
    found = mood_of(row["text"])
    if found.mood is Mood.MIXED:
        return "positive" if found.polarity > 0 else "negative"
    return MOOD_LABEL[found.mood]


def say_question(row: Row) -> str:
    return "question" if kind_of(a_post(row["text"])).kind in (Kind.QUESTION, Kind.HELP) else "other"


def say_review(row: Row) -> str:
    labels = {Kind.BUG: "bug", Kind.HELP: "bug", Kind.COMPLAINT: "bug", Kind.WISH: "feature"}
    return labels.get(kind_of(a_post(row["text"])).kind, PRAISE_OR_NOTHING)


def say_issue(row: Row) -> str:
    labels = {Kind.WISH: "feature", Kind.QUESTION: "question", Kind.HELP: "question"}
    return labels.get(kind_of(a_post(row["text"], title=row.get("title", ""))).kind, "bug")


def say_voice(row: Row) -> str:
    return "provider" if pillar_of(a_post(row["text"]), KESTREL) is Pillar.PROVIDER_INITIATED else "user"


def say_brand(row: Row, profile: Row) -> str:
    watch = a_watch({"brand": row["brand"], **profile})
    matches = matcher_of([watch]).matches(a_post(row["text"]))
    return "brand" if any(match.sure for match in matches) else "not"


def say_pillar(row: Row) -> str:
    return PILLAR_LABEL[read(post_of(row), KESTREL).pillar]


def say_how_it_began(row: Row) -> str:
    watch = a_watch({"brand": row["brand"], "domains": [row["site"]], "handles": row["handles"]})
    post = a_post(row["text"], title=row["title"], author=row["author"], community=row["community"], url=row["url"])
    return PILLAR_LABEL[read(post, watch).pillar]


def say_intent(row: Row) -> str:
    labels = {Kind.WISH: "feature_request", Kind.BUG: "complaint"}
    kind = read(post_of(row), KESTREL).kind
    return labels.get(kind, kind.value)


def say_action(row: Row) -> str:
    return read(post_of(row), KESTREL).suggested.value


def say_action_of_talk(row: Row) -> str:
    return read(a_post(row["text"]), KESTREL).suggested.value


def action_of_intent(row: Row) -> str:
    """Return what the escalator does about somebody who wants this."""
    return ACTION_OF_INTENT[row["intent"]]


def say_same(row: Row) -> str:
    return "different" if sameness_of_titles(row["a"], row["b"]) is Sameness.DIFFERENT else "same"


def say_surely_same(row: Row) -> str:
    return "same" if sameness_of_titles(row["a"], row["b"]) is Sameness.SAME else "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Which files are asked what; `wanted` is the class whose precision and recall are printed, if there is one.

    `known` are those of them that the rules were written or trained beside.
    """

    name: str
    files: str
    say: Callable[[Row], str]
    wanted: str = ""
    field: str = "label"
    left_out: str = ""
    gold: Callable[[Row], str] | None = None
    known: frozenset[str] = frozenset()

    def gold_of(self, row: Row) -> str:
        """Return what is true of a row."""
        return self.gold(row) if self.gold else str(row[self.field])


def tasks(profiles: dict[str, Row]) -> list[Task]:
    return [
        Task(name="mood", files="sentiment_*", say=say_mood, wanted="negative", known=TRAINED_ON),
        Task(
            name="question",
            files="question_*",
            say=say_question,
            wanted="question",
            known=frozenset({"question_chat", "question_care"}),
        ),
        Task(name="kind", files="intent_appreview", say=say_review),
        Task(name="kind", files="intent_issue", say=say_issue),
        Task(name="voice", files="voice", say=say_voice, wanted="provider"),
        Task(
            name="is it us",
            files="brand",
            say=lambda row: say_brand(row, profiles.get(row["brand"], {})),
            wanted="brand",
            known=frozenset({"brand"}),
        ),
        Task(name="pillar", files="pillars", say=say_pillar, known=frozenset({"pillars"})),
        Task(name="pillar", files="mentions_*", say=say_how_it_began),
        Task(name="intent", files="pillars", say=say_intent, field="intent", known=frozenset({"pillars"})),
        Task(name="tag", files="pillars", say=say_action, field="action", known=frozenset({"pillars"})),
        Task(
            name="tag",
            files="question_care",
            say=say_action_of_talk,
            gold=action_of_intent,
            known=frozenset({"question_care"}),
        ),
        Task(name="same story", files="crosspost", say=say_same, wanted="same", left_out="related", known=PAIRS),
        Task(name="same story", files="neardup", say=say_same, wanted="same", left_out="related", known=PAIRS),
        Task(
            name="surely same", files="crosspost", say=say_surely_same, wanted="same", left_out="related", known=PAIRS
        ),
        Task(name="surely same", files="neardup", say=say_surely_same, wanted="same", left_out="related", known=PAIRS),
    ]


def precision_recall(gold: Sequence[str], said: Sequence[str], label: str) -> tuple[float, float, float]:
    hits = sum(one == other == label for one, other in zip(gold, said, strict=True))
    precision, recall = hits / max(1, said.count(label)), hits / max(1, gold.count(label))
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> float:
    counted, right = Counter(gold), Counter(one for one, other in zip(gold, said, strict=True) if one == other)
    answered = Counter(said)
    return statistics.fmean(2 * right[label] / (counted[label] + answered[label]) for label in counted)


def half_width(gold: Sequence[str], said: Sequence[str]) -> float:
    rng, count = random.Random(1), len(gold)  # noqa: S311 - the same draw each time, no secret
    drawn = []
    for _ in range(ROUNDS):
        of = rng.choices(range(count), k=count)
        drawn.append(macro_f1([gold[at] for at in of], [said[at] for at in of]))
    drawn.sort()
    return (drawn[int(0.975 * ROUNDS) - 1] - drawn[int(0.025 * ROUNDS)]) / 2


def measure(task: Task, path: Path, *, errors: int) -> tuple[float, float]:
    """Print the line of one file; return its accuracy and macro-F1."""
    rows = [row for row in rows_of(path) if not task.left_out or row[task.field] != task.left_out]
    gold = [task.gold_of(row) for row in rows]
    began = time.perf_counter()
    said = [task.say(row) for row in rows]
    took = time.perf_counter() - began
    accuracy, macro = sum(map(str.__eq__, gold, said)) / len(rows), macro_f1(gold, said)
    asked = (
        "".join(f"{figure:7.3f}" for figure in precision_recall(gold, said, task.wanted)) if task.wanted else " " * 21
    )
    name = f"{path.stem} *" if path.stem in task.known else path.stem
    print(
        f"{task.name:<13}{name:<20}{len(rows):5}{accuracy:7.3f}{macro:7.3f}{half_width(gold, said):6.3f}{asked}"
        f"{len(rows) / took:8.0f}"
    )
    wrong = [(one, other, row) for one, other, row in zip(gold, said, rows, strict=True) if one != other]
    for one, other, row in wrong[:errors]:
        print(f"    is {one}, said {other}: {row['text'][:140]!r}")
    return accuracy, macro


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def measure_cost(paths: Iterable[Path]) -> None:
    """Print how long one whole reading takes, in time of the processor, and what a process that reads holds."""
    texts = [row["text"] for path in paths for row in rows_of(path) if "text" in row][::10]
    took = []
    for text in texts:
        began = time.thread_time()
        read(a_post(text), KESTREL)
        took.append(1000 * (time.thread_time() - began))
    took.sort()
    print(
        f"\na whole reading: {statistics.fmean(took):.2f} ms in the mean, {took[int(0.99 * len(took))]:.2f} ms at p99"
        f" ({len(texts)} texts); {megabytes_of(READS) - megabytes_of(''):.0f} MB above bare Python"
    )


def megabytes_of(program: str) -> float:
    """Return the most memory that a Python which runs `program` ever held, in MB (Linux)."""
    told = subprocess.run(
        [sys.executable, "-c", program + TELL_MEMORY], capture_output=True, check=True, text=True, cwd=ROOT
    )
    return int(told.stdout) / MEGABYTE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder of labelled rows")
    parser.add_argument("--only", default="*", help="files or tasks to ask, as in question_* or mood")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N rows of each that were wrong"
    )
    asked = parser.parse_args()
    make_ready()
    profiles = asked.data / "brand_profiles.json"
    known = json.loads(profiles.read_text("utf-8")) if profiles.exists() else {}
    print(f"{'task':<13}{'file':<20}{'n':>5}{'acc':>7}{'macF1':>7}{'+-':>6}{'P':>7}{'R':>7}{'F1':>7}{'per s':>8}")
    for task in tasks(known):
        paths = sorted(asked.data.glob(f"{task.files}.jsonl"))
        wanted = [path for path in paths if fnmatch(path.stem, asked.only) or fnmatch(task.name, asked.only)]
        figures = [measure(task, path, errors=asked.errors) for path in wanted]
        if len(figures) > 1:
            accuracy, macro = (statistics.fmean(each) for each in zip(*figures, strict=True))
            print(f"{task.name:<13}{'= mean':<25}{accuracy:7.3f}{macro:7.3f}")
    measure_cost(sorted(asked.data.glob("*.jsonl")))


if __name__ == "__main__":
    main()
