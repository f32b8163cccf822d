"""How long a search takes: a million mentions, words that many, few and no posts have, on SQLite.

.venv/bin/python bench/search_bench.py [--mentions N]
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engagement.calendar import Schedule, zone_of
from storage.database import MIGRATIONS, Tx
from storage.records.search import search_mentions
from storage.records.words import index_posts
from storage.sqlite import SqliteConnection, connect_sqlite
from storage.stamps import stamp
from storage.workspaces import remember_workspace

TEAM = "T1"
AT_ONCE = 5_000
TIMES = 20
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
# Zipf's law: a few words make up most of a text, and most words are rare.
VOCABULARY = 50_000
LETTERS = "etaoinshrdlucmfwypvbgkqjxz"


def made_up_words() -> list[str]:
    """Return words of two to nine letters, the shorter the more frequent, the same each time."""
    chance = random.Random(2)  # noqa: S311 - no secret
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = 2 + min(7, len(words).bit_length() // 2)
        words["".join(chance.choices(LETTERS, range(len(LETTERS), 0, -1), k=length))] = None
    return list(words)


WORDS = made_up_words()
SEARCHES = (
    "tidewiki",
    WORDS[2],
    f"{WORDS[2]} {WORDS[200]}",
    f'"{WORDS[2]} {WORDS[3]}"',
    f'"{WORDS[200]} {WORDS[300]}"',
    WORDS[-1],
    "t*",
    "ti*",
    "tide*",
    f"{WORDS[-1][:5]}*",
    "nowhere",
    "tidewiki nowhere",
    "ti* nowhere",
)


def made_up_posts(count: int) -> Iterator[tuple[int, str]]:
    """Return numbers and texts of some sixty words, the same each time."""
    chance = random.Random(1)  # noqa: S311 - no secret
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    drawn = chance.choices(WORDS, weights, k=2_000_000)
    for number in range(1, count + 1):
        start = chance.randrange(len(drawn) - 60)
        yield number, " ".join(["Tidewiki", *drawn[start : start + 60]])


def fill(tx: Tx, posts: list[tuple[int, str]]) -> None:
    """Store posts that are mentions, each with a conversation of its own."""
    rows = [{"id": number, "text": text, "at": stamp(BEGAN + timedelta(minutes=number))} for number, text in posts]
    tx.many(
        """INSERT INTO post (id, community, url, title, text, author, thread_key, parent_key, published_at, seen_at)
           VALUES (:id, 'r/bench', 'https://x.example', 'A title', :text, 'pat', '', '', :at, :at)""",
        rows,
    )
    tx.many(
        """INSERT INTO conversation (id, workspace_id, watch_id, channel, thread_key, opened_at, asked_at)
           VALUES (:id, 'T1', 1, 'C1', 'k' || :id, :at, :at)""",
        rows,
    )
    tx.many(
        """INSERT INTO mention (workspace_id, watch_id, post_id, conversation_id, term, kind, mood, mood_words, pillar,
             suggested, reason, rules_version, waits_for_us, before_start, noticed_at)
           VALUES ('T1', 1, :id, :id, 'x', 'question', 'unsure', '[]', 'user-initiated', 'listen', '', 1, 1, 0, :at)""",
        rows,
    )
    index_posts(tx, [number for number, _ in posts])


def prepare(db: SqliteConnection, count: int) -> None:
    """Make the database."""
    db.migrate(MIGRATIONS)
    schedule = Schedule(weekday=0, hour=9, zone=zone_of("UTC"))
    db.transact(
        lambda tx: remember_workspace(
            tx, workspace_id=TEAM, name=TEAM, bot_user="", schedule=schedule, digest_channel="", at=BEGAN
        )
    )
    db.transact(
        lambda tx: tx.run(
            """INSERT INTO watch (id, workspace_id, channel, name, names, excluded, handles, site, outcome, created_by,
                 created_at) VALUES (1, 'T1', 'C1', 'x', '[]', '[]', '[]', '', 'support', '', '')"""
        )
    )
    batch: list[tuple[int, str]] = []
    for post in made_up_posts(count):
        batch.append(post)
        if len(batch) == AT_ONCE or post[0] == count:
            db.transact(partial(fill, posts=list(batch)))
            batch.clear()


def measure(db: SqliteConnection, typed: str) -> tuple[float, float, int]:
    """Return the median and the slowest time of a search in milliseconds, and what it found."""
    took, found = [], 0
    for _ in range(TIMES):
        began = time.perf_counter()
        found = len(db.read(lambda tx: search_mentions(tx, TEAM, typed, limit=9)))
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took), max(took), found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    count = parser.parse_args().mentions
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "search.db"
        db = connect_sqlite(file)
        began = time.perf_counter()
        prepare(db, count)
        size = file.stat().st_size / 1e6
        print(f"{count:,} mentions in {time.perf_counter() - began:,.0f} s, a file of {size:,.0f} MB")
        print(f"{'search':<24}{'found':>6}{'median ms':>12}{'slowest ms':>12}")
        for typed in SEARCHES:
            median, slowest, found = measure(db, typed)
            print(f"{typed:<24}{found:>6}{median:>12.1f}{slowest:>12.1f}")
        db.close()


if __name__ == "__main__":
    main()
