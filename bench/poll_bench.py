"""How fast the bot polls: `python bench/poll_bench.py --help`.

`bot.py poll --feeds` over made-up feeds on loopback: a cold pass into an empty database, and a warm one after half of
the feeds gained three posts (the others answer 304). Beside it, in turn and in the same conditions, the plain poller
of bench/reference_poller.py. Each pass is a process of its own, so its start counts too; where there are two cores the
feeds are served from one, and the poller has the other, with all its processes.
"""
# ruff: noqa: E402 - run as a file from anywhere, so the checkout is put on the path first

import argparse
import asyncio
import os
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import aiohttp
import psutil
from feed_process import counters, start_feeds

from sandbox.children import Child, ChildError, Children

LOOK_SECONDS = 0.05
LONGEST_PASS_SECONDS = 600.0
PASSES = ("cold", "warm")
# Of the median rates of both, cold: the bot keeps at least so far ahead.
AHEAD = 2.5
HEAD = f"{'':<22}{'wall s':>8}{'feeds/s':>9}{'CPU s':>8}{'CPU s/1000':>12}{'peak MiB':>10}{'304':>7}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass: seconds by the clock, CPU seconds and the highest resident memory of all processes, in MiB."""

    wall: float
    cpu: float
    peak: float
    feeds: int
    unchanged: int
    summary: str

    @property
    def rate(self) -> float:
        """Feeds a second."""
        return self.feeds / self.wall

    def line(self, name: str) -> str:
        """Return the pass as one line of the table."""
        each = 1000 * self.cpu / max(1, self.feeds)
        return (
            f"{name:<22}{self.wall:8.2f}{self.rate:9.1f}{self.cpu:8.2f}{each:12.1f}{self.peak:10.0f}"
            f"{self.unchanged:7}  {self.summary}"
        )


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """Start programs on that core alone, where there are several and the system lets us choose."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[number]})
    try:
        yield
    finally:
        if len(cores) > 1:
            os.sched_setaffinity(0, cores)


async def watch(child: Child) -> tuple[float, float]:
    """Return CPU seconds and peak MiB of a program and of its children once it has ended.

    Looked up every 50 ms: getrusage would leave out the worker where the bot ends it without waiting for it.
    """
    cpu: dict[int, float] = {}
    peak = 0.0
    root = psutil.Process(child.process.pid)
    while child.process.returncode is None:
        memory = 0
        try:
            for process in (root, *root.children(recursive=True)):
                times = process.cpu_times()
                cpu[process.pid] = times.user + times.system
                memory += process.memory_info().rss
        except psutil.NoSuchProcess:
            pass
        peak = max(peak, memory / 2**20)
        await asyncio.sleep(LOOK_SECONDS)
    return sum(cpu.values()), peak


async def poll(children: Children, command: list[str], environment: Mapping[str, str], origin: str) -> Pass:
    """Let the bot poll once. ChildError, with the end of its output, where it fails."""
    before = await counters(origin)
    began = time.perf_counter()
    with on_core(1):
        bot = await children.start("The poll", command, environment=environment, log="poll", grace=2)
    watching = asyncio.create_task(watch(bot))
    await children.finish(bot, within=LONGEST_PASS_SECONDS)
    wall = time.perf_counter() - began
    cpu, peak = await watching
    after = await counters(origin)
    return Pass(
        wall=wall,
        cpu=cpu,
        peak=peak,
        feeds=after.get("answered", 0) - before.get("answered", 0),
        unchanged=after.get("unchanged", 0) - before.get("unchanged", 0),
        summary=bot.output().strip().splitlines()[-1],
    )


async def advance(origin: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{origin}/advance") as answer:
        answer.raise_for_status()


async def run_once(asked: argparse.Namespace, folder: Path, command: list[str], feeds: int) -> list[Pass]:
    """Poll cold, then warm, into one database."""
    async with Children(folder) as children:
        options = ("--feeds", str(feeds), "--hosts", str(asked.hosts), "--delay-ms", str(asked.delay_ms))
        with on_core(0):
            origins = await start_feeds(children, *options)
        urls = folder / "urls.txt"
        urls.write_text("\n".join(f"{origins[n % len(origins)]}/feed/{n}" for n in range(feeds)), encoding="utf-8")
        command = [*command, "--feeds", str(urls), "--db", str(folder / "bench.db"), "--workers", str(asked.workers)]
        environment = {"PATH": os.environ.get("PATH", ""), "LOG_LEVEL": "ERROR"}
        cold = await poll(children, command, environment, origins[0])
        await advance(origins[0])
        return [cold, await poll(children, command, environment, origins[0])]


def pollers(asked: argparse.Namespace) -> dict[str, list[str]]:
    """Return what is measured, by name."""
    bot = [*shlex.split(asked.bot), "poll", "--allow-private-hosts", "--watches", str(asked.watches)]
    reference = [sys.executable, str(ROOT / "bench/reference_poller.py")]
    return {"the bot": bot} if asked.alone else {"the bot": bot, "a plain poller": reference}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast the bot polls made-up feeds on loopback.")
    parser.add_argument("--feeds", type=int, default=300, help="(%(default)s)")
    parser.add_argument("--scale", default="", help="the bot alone, over so many feeds: 100,1000,10000")
    parser.add_argument("--watches", type=int, default=100, help="that listen to every feed (%(default)s)")
    parser.add_argument("--hosts", type=int, default=20, help="that the feeds are spread over (%(default)s)")
    parser.add_argument("--delay-ms", type=float, default=20, help="before each answer (%(default)s)")
    parser.add_argument("--workers", type=int, default=20, help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=1, help="(%(default)s)")
    parser.add_argument("--alone", action="store_true", help="without the plain poller")
    parser.add_argument("--bot", default=shlex.join((sys.executable, str(ROOT / "bot.py"))), help="starts the bot")
    return parser.parse_args()


async def measure(asked: argparse.Namespace, place: Path, name: str, command: list[str], feeds: int) -> list[Pass]:
    """Run one poller once, and print its lines."""
    place.mkdir()  # noqa: ASYNC240 - a bench waits for nobody
    passes = await run_once(asked, place, command, feeds)
    for kind, each in zip(PASSES, passes, strict=True):
        print(each.line(f"{name}, {kind}"), flush=True)
    return passes


async def compare(asked: argparse.Namespace, folder: Path) -> int:
    """Run every poller in turn, print the table and how far the bot is ahead; 1 where that is not far enough."""
    runs: dict[str, list[list[Pass]]] = {}
    for number in range(asked.runs):
        for name, command in pollers(asked).items():
            place = folder / f"{number}-{name}"
            runs.setdefault(name, []).append(await measure(asked, place, name, command, asked.feeds))
    if len(runs) == 1:
        return 0
    ahead = []
    for place, kind in enumerate(PASSES):
        rates = [statistics.median(run[place].rate for run in runs[name]) for name in ("the bot", "a plain poller")]
        ahead.append(rates[0] / rates[1])
        print(f"{kind.capitalize()}, the bot polls {ahead[-1]:.1f} times as many feeds a second.")
    return 0 if ahead[0] >= AHEAD else 1


async def scale(asked: argparse.Namespace, folder: Path) -> int:
    """Run the bot over more and more feeds: the cost of a feed should stay."""
    command = pollers(asked)["the bot"]
    for feeds in map(int, asked.scale.split(",")):
        await measure(asked, folder / str(feeds), f"{feeds} feeds", command, feeds)
    return 0


async def main() -> int:
    """Run what was asked for and return the exit code."""
    asked = arguments()
    feeds = asked.scale or asked.feeds
    print(f"{feeds} feeds on {asked.hosts} hosts, {asked.delay_ms:g} ms each, {asked.workers} side by side,", end=" ")
    print(f"{asked.watches} watches;\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory(prefix="poll-bench-") as folder:
        try:
            return await (scale if asked.scale else compare)(asked, Path(folder))
        except ChildError as error:
            print(error, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
