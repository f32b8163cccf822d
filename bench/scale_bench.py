"""How long the questions of a long-lived bot take: a million mentions of three years, on SQLite.

.venv/bin/python bench/scale_bench.py [--mentions N] [--keep FILE]
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search_bench import TEAM, made_up_posts
from search_bench import WORDS as RANKED_WORDS

from engagement.calendar import Schedule, zone_of
from engagement.home import Filters, Page, Tab
from engagement.press import Act, Press
from storage.conversations import find_card, find_conversation
from storage.database import MIGRATIONS, Tx
from storage.decisions import record_press
from storage.digests import compute_details, compute_digest, compute_status
from storage.own_weeks import own_weeks
from storage.queue import communities_of, count_mine, count_unowned, everything, mine, needs_someone
from storage.search import search_mentions
from storage.sqlite import SqliteConnection, connect_sqlite
from storage.stamps import stamp
from storage.words import index_posts
from storage.workspaces import asking_workspace, remember_workspace

BEGAN = datetime(2023, 11, 27, tzinfo=UTC)
YEARS = timedelta(days=3 * 365)
AT_ONCE = 5_000
TIMES = 15
# The latest are still open; a team that leaves more than this lying about has given up.
OPEN = 400
KINDS = ("question", "help", "bug", "complaint", "wish", "praise", "other", "other", "other", "other")
TAGS = (None, "interact", "interact", "react", "listen", "listen", "listen", "listen", "listen", "listen")


def prepare(db: SqliteConnection, count: int) -> None:
    """Fill a database with mentions, their conversations, decisions and history, evenly over three years."""
    db.migrate(MIGRATIONS)
    schedule = Schedule(weekday=0, hour=9, zone=zone_of("UTC"))
    db.transact(
        lambda tx: remember_workspace(
            tx, workspace_id=TEAM, name=TEAM, bot_user="", schedule=schedule, digest_channel="", at=BEGAN
        )
    )
    db.transact(_watch)
    batch: list[tuple[int, str]] = []
    for post in made_up_posts(count):
        batch.append(post)
        if len(batch) == AT_ONCE or post[0] == count:
            db.transact(lambda tx, posts=tuple(batch): _fill(tx, posts, count))  # type: ignore[misc]
            batch.clear()
    db.transact(lambda tx: tx.run("ANALYZE"))


def _watch(tx: Tx) -> None:
    tx.run(
        """INSERT INTO watch (id, workspace_id, channel, name, names, excluded, handles, site, outcome, created_by,
             created_at) VALUES (1, 'T1', 'C1', 'Tidewiki', '["Tidewiki"]', '[]', '[]', '', 'support', 'U1', :at)""",
        at=stamp(BEGAN),
    )
    tx.run(
        """INSERT INTO source (id, url, name, community, interval_seconds, next_poll_at, last_heard_at)
           VALUES (1, 'https://x.example/feed', 'A place', '', 600, :at, :at)""",
        at=stamp(BEGAN + YEARS),
    )
    tx.run("INSERT INTO watch_source (watch_id, source_id, added_at) VALUES (1, 1, :at)", at=stamp(BEGAN))


def _fill(tx: Tx, posts: tuple[tuple[int, str], ...], count: int) -> None:
    rows = [_row(number, text, count) for number, text in posts]
    tx.many(
        """INSERT INTO post (id, community, url, title, text, author, thread_key, parent_key, published_at, seen_at)
           VALUES (:id, :community, 'https://x.example/' || :id, :title, :text, :author, :thread, '', :at, :at)""",
        rows,
    )
    tx.many("INSERT INTO source_post (source_id, post_id, seen_at, said) VALUES (1, :id, :at, '')", rows)
    tx.many(
        """INSERT INTO conversation (id, workspace_id, watch_id, channel, thread_key, community, opened_at, asked_at,
             tag, tagged_by, tagged_at, reply_state, due_at, claimed_by, claimed_at, answered_by, answered_at, is_open,
             version)
           VALUES (:id, 'T1', 1, 'C1', :thread, :community, :at, :at, :tag, :tagged_by, :tagged_at, :reply, :due_at,
             :claimed_by, :claimed_at, :answered_by, :answered_at, :is_open, 1)""",
        rows,
    )
    tx.many(
        """INSERT INTO mention (workspace_id, watch_id, post_id, conversation_id, term, kind, mood, mood_words, pillar,
             suggested, reason, rules_version, waits_for_us, before_start, noticed_at)
           VALUES ('T1', 1, :id, :id, 'tidewiki', :kind, 'unsure', '[]', 'user-initiated', 'listen', '', 1, :asks, 0,
             :at)""",
        rows,
    )
    tx.many(
        """INSERT INTO history (workspace_id, object, object_id, act, actor, at, before_facts, after_facts)
           VALUES ('T1', 'conversation', :id, :act, 'U1', :tagged_at, '{}', '{}')""",
        [row for row in rows if row["tag"]],
    )
    tx.many(
        """INSERT INTO history (workspace_id, object, object_id, act, actor, at, before_facts, after_facts)
           VALUES ('T1', 'conversation', :id, 'answered', :answered_by, :answered_at, :claimed, :answered)""",
        [row | _facts(row) for row in rows if row["answered_by"]],
    )
    tx.many(
        """INSERT INTO message (workspace_id, channel, kind, subject, state, ts, not_before, created_at, sent_at)
           VALUES ('T1', 'C1', 'card', CAST(:id AS TEXT), 'sent', '1.' || :id, :at, :at, :at)""",
        rows,
    )
    index_posts(tx, [number for number, _ in posts])


def _facts(row: dict[str, object]) -> dict[str, object]:
    """Return what the history keeps of an answer, as far as it is asked for."""
    claimed = {"tag": row["tag"], "reply_state": "claimed", "claimed_by": row["claimed_by"], "due_at": row["due_at"]}
    given = {"reply_state": "answered", "answered_by": row["answered_by"], "answered_at": row["answered_at"]}
    return {"claimed": json.dumps(claimed), "answered": json.dumps(claimed | given)}


def _row(number: int, text: str, count: int) -> dict[str, object]:
    at = BEGAN + YEARS * number / count
    kind, is_open = KINDS[number % 10], number > count - OPEN
    asks = kind not in ("praise", "other")
    tag = None if is_open and number % 3 else TAGS[number % 10] or "listen"
    claimed = is_open and tag == "interact"
    answered = not is_open and tag in ("interact", "react")
    return {
        "id": number,
        "community": f"r/community{number % 40}",
        "author": f"u/person{number % 200_000}",
        "title": f"A question of the day, number {number}",
        "text": text,
        "thread": f"reddit:{number}",
        "at": stamp(at),
        "kind": kind,
        "asks": int(asks),
        "tag": tag,
        "act": tag,
        "tagged_by": "U1" if tag else "",
        "tagged_at": stamp(at + timedelta(minutes=20)) if tag else None,
        "reply": "claimed" if claimed else "answered" if answered else "none",
        "due_at": stamp(at + timedelta(days=1)) if claimed or answered else None,
        "claimed_by": f"U{number % 4}" if claimed or answered else "",
        "claimed_at": stamp(at + timedelta(minutes=30)) if claimed or answered else None,
        "answered_by": f"U{number % 4}" if answered else "",
        "answered_at": stamp(at + timedelta(hours=5)) if answered else None,
        "is_open": int(is_open),
    }


def questions(count: int) -> dict[str, tuple[int, Callable[[Tx], object]]]:
    """Return what is asked, each with how many milliseconds it may take."""
    now = BEGAN + YEARS
    week = timedelta(days=7)
    narrowed = {
        "by tag": Filters(tag="react"),
        "by community": Filters(community="r/community7"),
        "by kind": Filters(kind="bug"),
        "answered": Filters(state="answered"),
        "waiting": Filters(state="waiting for us"),
        "not us": Filters(state="not us"),
        "bugs reacted to": Filters(kind="bug", tag="react", community="r/community7"),
    }
    return {
        "digest": (
            2000,
            lambda tx: compute_digest(tx, asking_workspace(tx, TEAM), starts_at=now - week, ends_at=now, now=now),
        ),
        "digest and its thread": (
            2000,
            lambda tx: compute_details(
                tx, compute_digest(tx, asking_workspace(tx, TEAM), starts_at=now - week, ends_at=now, now=now)
            ),
        ),
        "status": (200, lambda tx: compute_status(tx, asking_workspace(tx, TEAM), now=now)),
        "home: mine": (200, lambda tx: mine(tx, TEAM, "U1", Page(tab=Tab.MINE))),
        "home: needs someone": (200, lambda tx: needs_someone(tx, TEAM, Page(tab=Tab.UNOWNED))),
        "home: my own weeks": (200, lambda tx: own_weeks(tx, TEAM, "U1", now=now)),
        "home: counts": (200, lambda tx: (count_mine(tx, TEAM, "U1"), count_unowned(tx, TEAM))),
        "home: communities": (200, lambda tx: communities_of(tx, TEAM, limit=100)),
        "home: everything": (200, lambda tx: everything(tx, TEAM, Page(tab=Tab.EVERYTHING))),
        **{
            f"home: everything, {name}": (
                200,
                lambda tx, filters=filters: everything(tx, TEAM, Page(tab=Tab.EVERYTHING, filters=filters)),
            )
            for name, filters in narrowed.items()
        },
        "search: a frequent word": (300, lambda tx: search_mentions(tx, TEAM, "tidewiki", limit=9)),
        "search: a rare word": (300, lambda tx: search_mentions(tx, TEAM, RANKED_WORDS[-1], limit=9)),
        "search: a phrase": (
            300,
            lambda tx: search_mentions(tx, TEAM, f'"{RANKED_WORDS[2]} {RANKED_WORDS[3]}"', limit=9),
        ),
        "a card": (50, lambda tx: find_card(tx, count - 1)),
    }


@contextmanager
def the_database(keep: Path | None, count: int) -> Iterator[SqliteConnection]:
    """Open the kept file, or make a new one."""
    with tempfile.TemporaryDirectory() as folder:
        file = keep or Path(folder) / "scale.db"
        is_new = not file.exists()
        db = connect_sqlite(file)
        if is_new:
            began = time.perf_counter()
            prepare(db, count)
            print(f"made in {time.perf_counter() - began:,.0f} s, {file.stat().st_size / 1e6:,.0f} MB")
        try:
            yield db
        finally:
            db.close()


def took(ask: Callable[[], object]) -> float:
    """Return the milliseconds of one question."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def press_a_button(db: SqliteConnection, number: int) -> None:
    """Decide on a conversation and take it back, as two clicks do."""
    for act in (Act.REACT, Act.UNDO):
        drawn = db.read(lambda tx: find_conversation(tx, number)).version  # type: ignore[union-attr]
        press = Press(act=act, conversation_id=number, by="U1", drawn=drawn)
        db.transact(lambda tx, press=press: record_press(tx, press, workspace_id=TEAM, at=BEGAN + YEARS))  # type: ignore[misc]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a file to make once and to ask again")
    given = parser.parse_args()
    with the_database(given.keep, given.mentions) as db:
        print(f"{'question':<36}{'median ms':>12}{'slowest ms':>12}{'asked':>8}")
        for name, (limit, ask) in questions(given.mentions).items():
            times = [took(lambda ask=ask: db.read(ask)) for _ in range(TIMES)]  # type: ignore[misc]
            print(f"{name:<36}{statistics.median(times):>12.1f}{max(times):>12.1f}{limit:>8}", flush=True)
        times = [took(lambda: press_a_button(db, given.mentions - 1)) / 2 for _ in range(TIMES)]
        print(f"{'a click':<36}{statistics.median(times):>12.1f}{max(times):>12.1f}{50:>8}")


if __name__ == "__main__":
    main()
