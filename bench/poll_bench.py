"""How fast the bot polls: `python bench/poll_bench.py --help`.

`bot.py poll --feeds` over made-up feeds on loopback: a cold pass into an empty database, and a warm one after half of
the feeds gained three posts (the others answer 304). Each pass is a process of its own, so its start counts too.
"""
# ruff: noqa: E402 - run as a file from anywhere, so the checkout is put on the path first

import argparse
import asyncio
import json
import os
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import aiohttp
import psutil

from sandbox.demo_children import Child, Children, DemoError

LOOK_SECONDS = 0.05
LONGEST_PASS_SECONDS = 600.0
PASSES = ("cold", "warm")
HEAD = f"{'':<14}{'wall s':>8}{'feeds/s':>9}{'CPU s':>8}{'peak MiB':>10}{'304':>6}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One pass: seconds by the clock, CPU seconds and the highest resident memory of all processes, in MiB."""

    wall: float
    cpu: float
    peak: float
    feeds: int
    unchanged: int
    summary: str

    def line(self, name: str) -> str:
        """Return the pass as one line of the table."""
        rate = self.feeds / self.wall
        return (
            f"{name:<14}{self.wall:8.2f}{rate:9.1f}{self.cpu:8.2f}{self.peak:10.0f}{self.unchanged:6}  {self.summary}"
        )


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
    """Let the bot poll once. DemoError, with the end of its output, where it fails."""
    before = await counters(origin)
    began = time.perf_counter()
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


async def counters(origin: str) -> dict[str, int]:
    async with aiohttp.ClientSession() as session, session.get(f"{origin}/counters") as answer:
        return dict(await answer.json())


async def advance(origin: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{origin}/advance") as answer:
        answer.raise_for_status()


async def run_once(asked: argparse.Namespace, folder: Path) -> list[Pass]:
    """Poll cold, then warm, into one database."""
    async with Children(folder) as children:
        server = [sys.executable, str(ROOT / "bench/feed_server.py"), "--feeds", str(asked.feeds)]
        server += ["--hosts", str(asked.hosts), "--delay-ms", str(asked.delay_ms)]
        feeds = await children.start("The feeds", server, environment={}, log="feeds", grace=1)
        origins: list[str] = json.loads(await children.said(feeds, r"Feeds: (\[.*\])"))
        urls = folder / "urls.txt"
        urls.write_text(
            "\n".join(f"{origins[n % len(origins)]}/feed/{n}" for n in range(asked.feeds)), encoding="utf-8"
        )
        command = [*shlex.split(asked.bot), "poll", "--feeds", str(urls), "--db", str(folder / "bench.db")]
        command += ["--workers", str(asked.workers), "--allow-private-hosts"]
        environment = {"PATH": os.environ.get("PATH", ""), "LOG_LEVEL": "ERROR"}
        cold = await poll(children, command, environment, origins[0])
        await advance(origins[0])
        return [cold, await poll(children, command, environment, origins[0])]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast the bot polls made-up feeds on loopback.")
    parser.add_argument("--feeds", type=int, default=200, help="(%(default)s)")
    parser.add_argument("--hosts", type=int, default=20, help="that the feeds are spread over (%(default)s)")
    parser.add_argument("--delay-ms", type=float, default=20, help="before each answer (%(default)s)")
    parser.add_argument("--workers", type=int, default=20, help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=1, help="(%(default)s)")
    parser.add_argument("--bot", default=shlex.join((sys.executable, str(ROOT / "bot.py"))), help="starts the bot")
    return parser.parse_args()


async def main() -> int:
    """Run everything and print the table."""
    asked = arguments()
    print(f"{asked.feeds} feeds on {asked.hosts} hosts, {asked.delay_ms:g} ms each, {asked.workers} side by side.")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    runs = []
    with tempfile.TemporaryDirectory(prefix="poll-bench-") as folder:
        for number in range(1, asked.runs + 1):
            place = Path(folder) / f"run-{number}"
            place.mkdir()
            try:
                runs.append(await run_once(asked, place))
            except DemoError as error:
                print(error, file=sys.stderr)
                return 1
            for name, each in zip(PASSES, runs[-1], strict=True):
                print(each.line(f"run {number}, {name}"), flush=True)
    for number, name in enumerate(PASSES):
        wall = statistics.median(run[number].wall for run in runs)
        cpu = statistics.median(run[number].cpu for run in runs)
        print(f"Median {name}: {asked.feeds / wall:.1f} feeds/s, {1000 * cpu / asked.feeds:.1f} CPU s for 1000 feeds.")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
