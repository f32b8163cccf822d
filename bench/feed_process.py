"""The feeds of a bench: feed_server.py as a process of its own, and what it has answered."""

import json
import sys
from pathlib import Path

import aiohttp

from sandbox.children import Children


async def start_feeds(children: Children, *options: str) -> list[str]:
    """Start the feeds with these options of feed_server.py; return their addresses, one a host."""
    command = [sys.executable, str(Path(__file__).with_name("feed_server.py")), *options]
    feeds = await children.start("The feeds", command, environment={}, log="feeds", grace=1)
    return list(json.loads(await children.said(feeds, r"Feeds: (\[.*\])")))


async def counters(origin: str) -> dict[str, int]:
    async with aiohttp.ClientSession() as session, session.get(f"{origin}/counters") as answer:
        return dict(await answer.json())
