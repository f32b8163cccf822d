"""The world in a file: written soon after every change, read at the next start.

What is short-lived stays out: sockets, events on their way, trigger ids, response urls, faults and the inspector.
"""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sandbox.chance import LogicalClock
from sandbox.slack import Slack
from sandbox.workspace import Channel, User

log = logging.getLogger(__name__)

VERSION: Final = 2
# A flood of changes is written once, and a lost moment of play costs nobody anything.
_SETTLE_SECONDS: Final = 0.3


def world_of(slack: Slack) -> dict[str, Any]:
    """Return everything that outlives a restart, as JSON values."""
    workspace = slack.workspace
    clock = workspace.clock
    return {
        "version": VERSION,
        "seed": slack.chance.seed,
        "drawn": dict(slack.chance.drawn),
        "now": clock.now if isinstance(clock, LogicalClock) else None,
        "last_ts": workspace.last_ts,
        "numbered": workspace.numbered,
        "users": [asdict(one) for one in workspace.users.values()],
        "channels": [asdict(one) for one in workspace.channels.values()],
        "ims": [asdict(one) for one in workspace.ims.values()],
        "ephemerals": workspace.ephemerals,
        "views": slack.views.kept(),
    }


def restore(slack: Slack, world: dict[str, Any]) -> None:
    """Make `slack` the world that `world_of` returned; ValueError for anything else, or for another seed's world.

    The app is not part of it: what it may do is for its manifest to say, at every start.
    """
    if world.get("version") != VERSION:
        raise ValueError(f"it has version {world.get('version')!r}, this sandbox writes version {VERSION}")
    if world["seed"] != slack.chance.seed:
        raise ValueError("it was written with another seed" if world["seed"] else "it was written without a seed")
    workspace, bot = slack.workspace, slack.workspace.users[slack.app.bot_user]
    users = {one["id"]: User(**one) for one in world["users"]}
    channels = {one["id"]: Channel(**one) for one in world["channels"]}
    ims = {one["id"]: Channel(**one) for one in world["ims"]}
    if bot.id not in users:
        raise ValueError(f"it belongs to another app, not to {bot.real_name}")
    workspace.users, workspace.channels, workspace.ims = users, channels, ims
    workspace.ephemerals = world["ephemerals"]
    workspace.last_ts, workspace.numbered = int(world["last_ts"]), int(world["numbered"])
    slack.views.restore(world["views"])
    slack.chance.start_over(world["drawn"])
    if isinstance(workspace.clock, LogicalClock):
        workspace.clock.now = float(world["now"])


def load(slack: Slack, file: Path) -> bool:
    """Read the world from a file; False when there is none yet. ValueError, with the file's name, for another file."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    try:
        restore(slack, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__} {error}" if not isinstance(error, ValueError) else str(error)
        raise ValueError(f"{file} is not a state of this sandbox: {reason}") from error
    return True


def save(slack: Slack, file: Path) -> None:
    """Write the world to a file, all of it or nothing."""
    replace(file, _text_of(slack))


def _text_of(slack: Slack) -> str:
    # ASCII, because half a surrogate pair, which JSON may hold, has no UTF-8.
    return json.dumps(world_of(slack))


def replace(file: Path, text: str) -> None:
    """Put `text` in the place of a file, all of it or nothing; OSError."""
    written = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with written.open("w", encoding="utf-8") as output:
            output.write(text)
            output.flush()
            os.fsync(output.fileno())
        written.replace(file)
    finally:
        written.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def kept_in(slack: Slack, file: Path, *, write: Callable[[Path, str], None] = replace) -> AsyncIterator[None]:
    """Read the world from `file`, keep it there while the block runs, and write it a last time at the end.

    OSError when the folder cannot be written to at the start or at the end, ValueError as in `load`. In between, what
    cannot be written is logged, and tried again on the next change. `write` is called on a thread.
    """
    load(slack, file)
    save(slack, file)
    keeping = asyncio.create_task(_keep(slack, file, write, slack.live.published))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        save(slack, file)


async def _keep(slack: Slack, file: Path, write: Callable[[Path, str], None], written: int) -> None:
    """Write after every change since the one that was number `written`, also after those during a write."""
    while True:
        if slack.live.published == written:
            await slack.live.next_change()
        await asyncio.sleep(_SETTLE_SECONDS)
        written = slack.live.published
        writing = asyncio.create_task(asyncio.to_thread(_write, write, file, _text_of(slack)))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            # The last write of all comes after this one, never beside it.
            await writing
            raise


def _write(write: Callable[[Path, str], None], file: Path, text: str) -> None:
    try:
        write(file, text)
    except OSError as error:
        log.warning("The state is not written; the next change tries again: %s", error)
