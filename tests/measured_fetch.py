"""Fetch addresses one after the other in a process of their own, and print what each cost, as JSON lines.

A program, not a test: the peak of a process's memory is only known from outside of what else a test run does.
"""

import asyncio
import json
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from feeds.wire.fetch import Fetcher
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest


def peak_kilobytes() -> int:
    """Return the most memory this process has ever held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


async def main(urls: list[str]) -> None:
    async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=0.6) as fetcher:
        await fetcher.fetch(FetchRequest(url=urls[0].rpartition("/")[0] + "/feed"))
        for url in urls:
            before, longest = peak_kilobytes(), 0.0

            async def watch() -> None:
                """Note how long the loop works without letting us in, as time of its thread: others share the cores."""
                nonlocal longest
                while True:
                    since = time.thread_time()
                    await asyncio.sleep(0)
                    longest = max(longest, time.thread_time() - since)

            watching = asyncio.create_task(watch())
            await asyncio.sleep(0)
            result = await fetcher.fetch(FetchRequest(url=url))
            await asyncio.sleep(0)
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            reason = result.reason if isinstance(result, FetchFailed) else ""
            size = len(result.body) if isinstance(result, Fetched) else 0
            grown = (peak_kilobytes() - before) / 1024
            print(json.dumps({"reason": reason, "size": size, "megabytes": grown, "blocked": longest}), flush=True)  # noqa: T201 - what it says is read by the test


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
