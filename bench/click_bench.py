"""How long a click waits while the bot polls: `make bench`, or `python bench/click_bench.py --help`.

The real bot (`bot.py run`) in a process of its own, the sandbox as its Slack in this one, 200 feeds from a third
one. Several people press Interact and Undo on their cards, first while nothing is polled, then while every feed is
polled as fast as the bot can. A click is measured from its envelope to the acknowledgement, and to the redrawn card.
Exits with 1 where the 99th percentile of acknowledgements beside the poll passes --limit-ms (median of the rounds),
with 2 where something did not start.
"""
# ruff: noqa: E402 - run as a file from anywhere, so the checkout is put on the path first

import argparse
import asyncio
import math
import os
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil
import tomli_w
from feed_process import counters, start_feeds
from feed_server import CARDS_PER_FEED, NAME

from sandbox import interactions
from sandbox.actor import Actor
from sandbox.children import Child, ChildError, Children
from sandbox.manifest import APP_TOKEN, BOT_TOKEN
from sandbox.pressing import action_for
from sandbox.server import start_sandbox

CORPUS = Path(os.environ.get("FEED_CORPUS", ROOT / "../shared/corpus")) / "real"
PEOPLE = ("maya", "sam", "priya", "finn")
CHANNELS = tuple(f"bench-{number}" for number in range(8))
BUSY_FEEDS = 5
THINKING_SECONDS = (0.02, 0.12)
"""A pause between two clicks of one person: far shorter than people take, so that a minute gives enough clicks."""
REDRAW_SECONDS = 30.0
LAG_EVERY_SECONDS = 0.005
A_DAY = 86_400


@dataclass(slots=True)
class Figures:
    """One phase. Times in milliseconds; `lag` is how late this process itself was, `cpu` the bot's CPU seconds."""

    name: str
    acks: list[float] = field(default_factory=list)
    redraws: list[float] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    feeds: int = 0
    cpu: float = 0.0
    wall: float = 0.0

    def line(self) -> str:
        """Return the phase as one line of the table."""
        acks = "".join(f"{percentile(self.acks, share):7.1f}" for share in SHARES)
        redraws = "".join(f"{percentile(self.redraws, share):7.0f}" for share in SHARES)
        feeds = f"{self.feeds:6}{self.feeds / self.wall:6.1f}"
        cpu, lag = f"{100 * self.cpu / self.wall:5.0f} %", f"{percentile(self.lag, 99):6.1f}"
        return f"{self.name:<18}{len(self.acks):6} |{acks} |{redraws} |{feeds} |{cpu} |{lag}"


SHARES = (50, 95, 99, 100)
_SHARES = "".join(f"{name:>7}" for name in ("p50", "p95", "p99", "max"))
HEAD = (
    f"{'':24} |{'acknowledged, ms':^28} |{'redrawn, ms':^28} |{'feeds':^12} |{'bot':>7} |{'lag':>6}\n"
    f"{'':18}{'clicks':>6} |{_SHARES} |{_SHARES} |{'polled':>6}{'a s':>6} |{'CPU':>7} |{'here':>6}"
)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile, `share` in (0, 100]; 0 for no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else 0.0


async def press_by_turns(slack: Actor, person: str, cards: list[dict[str, Any]], count: int, into: Figures) -> None:
    """Have one person press Interact or Undo on their cards, `count` times, each time as the card stands by then."""
    low, high = THINKING_SECONDS
    for turn in range(count):
        card = slack.current(cards[turn % len(cards)])
        assert card is not None
        with slack.slack.live.subscribe() as changes:
            started = time.perf_counter()
            await click(slack, person, card)
            into.acks.append((time.perf_counter() - started) * 1000)
            async with asyncio.timeout(REDRAW_SECONDS):
                while True:
                    change = await changes.get()
                    if change and change.name == "message" and change.data["message"]["ts"] == card["ts"]:
                        break
            into.redraws.append((time.perf_counter() - started) * 1000)
        # Uneven, so that people do not fall into step, and the same in every run.
        await asyncio.sleep(low + (high - low) * ((turn * 0.618) % 1))


async def click(slack: Actor, person: str, card: dict[str, Any]) -> None:
    """Send one press; returns with its acknowledgement."""
    try:
        action = action_for(card, "Interact")
    except LookupError:
        action = action_for(card, "Undo")
    container = {"type": "message", "channel": card["channel"], "message_ts": card["ts"], "is_ephemeral": False}
    result = await interactions.click(slack.slack, user=slack.user(person), container=container, action=action)
    assert result.ok, result.text


async def feel_lag(into: Figures) -> None:
    """Note how late this process's own loop is: what the machine's other work adds to every figure."""
    while True:
        started = time.perf_counter()
        await asyncio.sleep(LAG_EVERY_SECONDS)
        into.lag.append((time.perf_counter() - started - LAG_EVERY_SECONDS) * 1000)


async def measure(name: str, slack: Actor, bot: Child, origin: str, clicks: int) -> Figures:
    """Press `clicks` times in all and return what came of it."""
    figures = Figures(name=name)
    cards = all_cards(slack)
    began, cpu, feeds = time.perf_counter(), cpu_of(bot), await answered(origin)
    feeling = asyncio.create_task(feel_lag(figures))
    async with asyncio.TaskGroup() as group:
        for number, person in enumerate(PEOPLE):
            own = cards[number :: len(PEOPLE)]
            group.create_task(press_by_turns(slack, person, own, clicks // len(PEOPLE), figures))
    feeling.cancel()
    figures.wall = time.perf_counter() - began
    figures.cpu, figures.feeds = cpu_of(bot) - cpu, await answered(origin) - feeds
    return figures


def all_cards(slack: Actor) -> list[dict[str, Any]]:
    """Return the cards to press: messages about the watch that have buttons."""
    messages = [message for channel in CHANNELS for message in slack.messages(channel, containing=NAME)]
    return [each for each in messages if any(block["type"] == "actions" for block in each.get("blocks") or ())]


def cpu_of(bot: Child) -> float:
    """Return the CPU seconds of the bot and of its worker process so far."""
    process = psutil.Process(bot.process.pid)
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


async def answered(origin: str) -> int:
    """Return how many feeds were answered so far."""
    return (await counters(origin)).get("answered", 0)


async def run_round(number: int, asked: argparse.Namespace, folder: Path) -> list[Figures]:
    """Start everything, press without and beside a poll, end everything."""
    async with start_sandbox(manifest=ROOT / "manifest.json", channels=(*CHANNELS, "surge")) as slack:
        for channel in (*CHANNELS[1:], "surge"):
            slack.workspace.join(slack.channel(channel), slack.slack.app.bot_user)
        async with Children(folder) as children:
            served = ("--corpus", str(asked.corpus.resolve())) if asked.corpus.is_dir() else ()
            origins = await start_feeds(children, "--feeds", str(asked.feeds), "--whole", *served)
            environment = {
                "PATH": os.environ.get("PATH", ""),
                "SLACK_BOT_TOKEN": BOT_TOKEN,
                "SLACK_APP_TOKEN": APP_TOKEN,
                "SLACK_API_URL": slack.api_url,
                "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
                "ALLOW_PRIVATE_HOSTS": "1",
                "LOG_LEVEL": "WARNING",
            }
            await import_watches(children, asked, environment, watches_for_cards(origins), every=A_DAY)
            # The clock ticks as often as the shortest interval: here, every second.
            command = (*shlex.split(asked.bot), "run")
            bot = await children.start(
                "The bot", command, environment=environment | {"POLL_EVERY_SECONDS": "1"}, log="bot", grace=5
            )
            try:
                await slack.wait_for(lambda: len(all_cards(slack)) == CARDS_PER_FEED * len(CHANNELS), timeout=60)
            except TimeoutError:
                raise bot.failed("posted no cards within a minute") from None
            idle = await measure(f"round {number}, idle", slack, bot, origins[0], asked.clicks // 2)
            await import_watches(children, asked, environment, watch_for_polling(origins, asked.feeds), every=1)
            polling = await measure(f"round {number}, polling", slack, bot, origins[0], asked.clicks)
    return [idle, polling]


async def import_watches(
    children: Children,
    asked: argparse.Namespace,
    environment: Mapping[str, str],
    watches: list[dict[str, Any]],
    *,
    every: int,
) -> None:
    """Add watches as anybody would, by `bot.py import`: beside the running bot, too."""
    with tempfile.NamedTemporaryFile("wb", suffix=".toml") as file:
        tomli_w.dump({"watch": watches}, file)
        file.flush()
        importing = await children.start(
            "The import",
            (*shlex.split(asked.bot), "import", file.name),
            environment={**environment, "POLL_EVERY_SECONDS": str(every)},
            log="import",
            grace=1,
        )
        await children.finish(importing, within=60)


def watches_for_cards(origins: list[str]) -> list[dict[str, Any]]:
    """Return a watch for each channel: a place's newest three mentions become cards at once."""
    return [watch(channel, channel, [f"{origins[0]}/cards/{number}"]) for number, channel in enumerate(CHANNELS)]


def watch_for_polling(origins: list[str], feeds: int) -> list[dict[str, Any]]:
    """Return a watch on every feed, and on a few with news at each poll."""
    paths = [f"/feed/{number}" for number in range(feeds)] + [f"/busy/{number}" for number in range(BUSY_FEEDS)]
    return [watch("polling", "surge", [f"{origins[n % len(origins)]}{path}" for n, path in enumerate(paths)])]


def watch(name: str, channel: str, urls: list[str]) -> dict[str, Any]:
    return {"name": name, "channel": channel, "names": [NAME], "source": [{"url": url, "name": url} for url in urls]}


def median_of(rounds: list[list[Figures]], phase: int, share: float) -> float:
    return statistics.median(percentile(each[phase].acks, share) for each in rounds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long a click waits while the bot polls.")
    parser.add_argument(
        "--clicks", type=int, default=400, help="beside the poll in each round; half as many idle (%(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--feeds", type=int, default=200, help="(%(default)s)")
    parser.add_argument(
        "--corpus",
        type=Path,
        default=CORPUS,
        help="a folder of feeds (FEED_CORPUS/real); made-up ones where it is missing",
    )
    parser.add_argument("--limit-ms", type=float, default=50.0, help="for the p99 of acknowledgements (%(default)s)")
    parser.add_argument("--bot", default=shlex.join((sys.executable, str(ROOT / "bot.py"))), help="starts the bot")
    parser.add_argument("--keep", type=Path, help="a new folder for databases and logs, which stays")
    return parser.parse_args()


async def main() -> int:
    """Run every round, print the table, and return the exit code."""
    asked = arguments()
    what = f"files of {asked.corpus.resolve().name}/, repeated" if asked.corpus.is_dir() else "made up"
    print(f"{asked.feeds} feeds ({what}) and {BUSY_FEEDS} with news at every poll; {len(PEOPLE)} people.")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    rounds = []
    with tempfile.TemporaryDirectory(prefix="click-bench-") as temporary:
        folder = asked.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for number in range(1, asked.rounds + 1):
            place = folder / f"round-{number}"
            place.mkdir()
            try:
                rounds.append(await run_round(number, asked, place))
            except ChildError as error:
                print(error, file=sys.stderr)
                return 2
            print("\n".join(figures.line() for figures in rounds[-1]), flush=True)
    idle, polling = (median_of(rounds, phase, 99) for phase in (0, 1))
    met = polling < asked.limit_ms
    print(f"\nMedian p99 of {asked.rounds} rounds: {idle:.1f} ms idle, {polling:.1f} ms beside the poll;", end=" ")
    print(f"at most {asked.limit_ms:g} ms are allowed: {'met' if met else 'NOT met'}.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
