"""How long the questions of a long-lived bot take: a million mentions of three years, on SQLite.

.venv/bin/python bench/scale_bench.py [--mentions N] [--keep FILE] [--only NAME]
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scale_data import BEGAN, ENDED, TEAM, make_database
from search_bench import WORDS as RANKED_WORDS

from engagement.calendar import zone_of
from engagement.conversations.press import Act, Press
from engagement.digest.week import WEEK
from engagement.home import Filters, Page, State, Tab
from engagement.span import Span
from handlers.home.showing import draw
from handlers.home.visit import Visit
from storage.conversations.cards import count_untouched, find_card
from storage.conversations.conversations import find_conversation
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.digest.asked_once import AskedOnce
from storage.digest.bounds import bounds_of
from storage.digest.digests import compute_details, compute_digest, compute_status
from storage.homes import save_page
from storage.records.exports import count_exported, exported_mentions
from storage.records.search import search_mentions
from storage.sqlite import SqliteConnection, connect_sqlite
from storage.turns.looks import threads_due
from storage.workspaces import asking_workspace

TIMES = 5
CLICKS = 200
# SQLite tells us of its work every so many of its steps.
STEPS = 1_000
FILTERS = {
    "by tag": Filters(tag="react"),
    "by community": Filters(community="r/community7"),
    "by kind": Filters(kind="bug"),
    "answered": Filters(state=State.ANSWERED),
    "waiting": Filters(state=State.WAITING),
    "not us": Filters(state=State.NOT_US),
    "put aside": Filters(state=State.SNOOZED),
    "muted": Filters(state=State.MUTED),
    "for an improvement": Filters(state=State.IMPROVING),
    "a label of people": Filters(label="label 1"),
    "a label of places": Filters(label="label 7"),
    "bugs reacted to in a community": Filters(kind="bug", tag="react", community="r/community7"),
    # Nothing passes both.
    "praise that waits": Filters(kind="praise", state=State.WAITING),
    "not us, and reacted to": Filters(state=State.NOT_US, tag="react"),
    "news that was answered": Filters(kind="news", state=State.ANSWERED),
    "muted in a small community": Filters(state=State.MUTED, community="r/community39"),
    "a tag, of a label of places": Filters(label="label 7", tag="react", state=State.NOT_US),
    "by words": Filters(words="tidewiki"),
    "by words, nothing": Filters(words="tidewiki", kind="news", state=State.ANSWERED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What questions took, each in milliseconds, of the clock and of the processor; and SQLite's own steps for one."""

    clock: list[float]
    processor: list[float]
    steps: int


def questions(count: int) -> dict[str, tuple[int, Callable[[Tx], object]]]:
    """Return what is asked, each with how many milliseconds it may take."""
    now = ENDED

    def thread(tx: Tx) -> object:
        workspace = asking_workspace(tx, TEAM)
        asked = AskedOnce(tx, bounds_of(TEAM, now - WEEK, now))
        told = compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now, asked=asked)
        return compute_details(tx, told, asked=asked)

    def digest(tx: Tx, label: tuple[int, str] | None = None) -> object:
        return compute_digest(tx, asking_workspace(tx, TEAM), starts_at=now - WEEK, ends_at=now, now=now, label=label)

    def home(page: Page) -> Callable[[Tx], object]:
        def ask(tx: Tx) -> object:
            save_page(tx, TEAM, "U1", page)
            return draw(tx, Visit(workspace_id=TEAM, user="U1", now=now))

        return ask

    def search(typed: str) -> Callable[[Tx], object]:
        return lambda tx: search_mentions(tx, TEAM, typed, limit=9)

    everything = Span(first=BEGAN.date(), last=ENDED.date(), zone=zone_of("UTC"))
    return {
        "digest": (2000, digest),
        "digest and its thread": (2000, thread),
        "digest of a label": (2000, lambda tx: digest(tx, (7, "label 7"))),
        "status": (200, lambda tx: compute_status(tx, asking_workspace(tx, TEAM), now=now)),
        **{f"home: {tab.value}": (200, home(Page(tab=tab))) for tab in Tab},
        **{
            f"home: {name}": (200, home(Page(tab=Tab.EVERYTHING, filters=filters))) for name, filters in FILTERS.items()
        },
        "search: a frequent word": (300, search("tidewiki")),
        "search: a rare word": (300, search(RANKED_WORDS[-1])),
        "search: a phrase": (300, search(f'"{RANKED_WORDS[2]} {RANKED_WORDS[3]}"')),
        "search: two rare words": (300, search(f"{RANKED_WORDS[-1]} {RANKED_WORDS[-9]}")),
        "search: a beginning and a rare word": (300, search(f"ti* {RANKED_WORDS[-1]}")),
        "export: 500 rows": (200, lambda tx: exported_mentions(tx, TEAM, everything, limit=500)),
        "export: how many": (300, lambda tx: count_exported(tx, TEAM, everything)),
        "cards in a channel": (50, lambda tx: count_untouched(tx, TEAM, "C1")),
        "looks due": (50, lambda tx: threads_due(tx, now=now - timedelta(minutes=10))),
        "a card": (50, lambda tx: find_card(tx, count // 2)),
    }


@contextmanager
def the_database(keep: Path | None, count: int) -> Iterator[SqliteConnection]:
    """Open the kept file, or make a new one."""
    with tempfile.TemporaryDirectory() as folder:
        file = keep or Path(folder) / "scale.db"
        if not file.exists():
            began = time.perf_counter()
            make_database(file, count)
            print(f"made in {time.perf_counter() - began:,.0f} s, {file.stat().st_size / 1e6:,.0f} MB")
        db = connect_sqlite(file)
        try:
            yield db
        finally:
            db.close()


def cost_of(db: SqliteConnection, ask: Callable[[Tx], object]) -> Cost:
    """Return what a question takes; whatever it writes is taken back."""
    raw = db._connection  # noqa: SLF001 - nobody else counts SQLite's steps
    steps, clock, processor = [0], [], []

    def step() -> None:
        steps[0] += STEPS

    def asked(tx: Tx) -> None:
        ask(tx)
        raise TakenBackError

    for number in range(TIMES + 1):
        raw.set_progress_handler(None if number else step, STEPS)
        began, began_work = time.perf_counter(), time.thread_time()
        with suppress(TakenBackError):
            db.read(asked)
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.thread_time() - began_work) * 1000)
    # The first was slowed down by being counted, and finds nothing in memory.
    return Cost(clock=clock[1:], processor=processor[1:], steps=steps[0])


class TakenBackError(Exception):
    """Ends a transaction without a trace."""


def press_a_button(db: SqliteConnection, number: int) -> None:
    """Decide on a conversation and take it back, as two clicks do."""
    for act in (Act.REACT, Act.UNDO):
        found = db.read(lambda tx: find_conversation(tx, number))
        assert found is not None
        press = Press(act=act, conversation_id=number, by="U1", drawn=found.version)
        db.transact(partial(record_press, press=press, workspace_id=TEAM, at=ENDED))


def cost_of_clicks(db: SqliteConnection) -> Cost:
    """Return what clicks take on conversations all over the file."""
    raw = db._connection  # noqa: SLF001 - as above
    ((latest,),) = raw.execute("SELECT MAX(id) FROM conversation")
    clock, processor = [], []
    for number in range(1, latest, max(1, latest // CLICKS)):
        began, began_work = time.perf_counter(), time.thread_time()
        press_a_button(db, number)
        clock.append((time.perf_counter() - began) * 500)
        processor.append((time.thread_time() - began_work) * 500)
    return Cost(clock=clock, processor=processor, steps=0)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a file to make once and to ask again")
    parser.add_argument("--only", default="", help="what the names of the questions begin with")
    given = parser.parse_args()
    with the_database(given.keep, given.mentions) as db:
        print(f"load {os.getloadavg()[0]:.1f}")
        print(f"{'question':<38}{'median ms':>11}{'slowest':>9}{'CPU ms':>9}{'steps':>12}{'asked':>7}")
        for name, (limit, ask) in questions(given.mentions).items():
            if name.startswith(given.only):
                show(name, cost_of(db, ask), limit)
        if "a click".startswith(given.only):
            show("a click", cost_of_clicks(db), 50)


def show(name: str, cost: Cost, limit: int) -> None:
    """Print one line."""
    median, work = statistics.median(cost.clock), statistics.median(cost.processor)
    slowest = statistics.quantiles(cost.clock, n=100)[98] if len(cost.clock) >= CLICKS else max(cost.clock)
    print(f"{name:<38}{median:>11.1f}{slowest:>9.1f}{work:>9.1f}{cost.steps:>12,}{limit:>7}", flush=True)


if __name__ == "__main__":
    main()
