"""The demo: a small Slack, made-up communities and the unchanged bot, started together and ended together."""

import asyncio
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.children import Child, ChildError, Children
from sandbox.demo_words import Words
from sandbox.manifest import APP_TOKEN, BOT_TOKEN, App, read_app

ROOT = Path(__file__).parents[1]
FILES = Path(__file__).with_name("demo")
MANIFEST = ROOT / "manifest.json"

POLL_SECONDS, POLL_SECONDS_LIVE = 3, 300
# A day's worth of posts comes in minutes here: the brake is seen, but not at once.
LIVELY = {"CARDS_PER_HOUR": "40", "UNTOUCHED_CARDS": "30"}
PORTS_TRIED = 20
IMPORT_SECONDS = 30.0
# Together well below the three seconds that somebody waits after Ctrl-C, on a busy machine too. What the bot was
# still sending it would find again at its next start.
BOT_GRACE, SERVER_GRACE = 1.5, 0.3
FOLLOW_SECONDS = 0.5
PROBLEM = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback ")
PROBLEMS_SHOWN = 20

# What programs need of the surroundings. Everything else, real tokens above all, stays outside.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What to start, and where.

    `port` is where the page is wanted, `folder` takes database and logs, `bot` is the command before `run` and
    `import FILE`.
    """

    live: bool
    port: int
    folder: Path
    bot: tuple[str, ...]
    words: Words
    app: App


def run_demo(*, live: bool, port: int = 7070, keep: bool = False, bot: Sequence[str] | None = None) -> int:
    """Run the demo until Ctrl-C or SIGTERM; return 0 then, 1 if a program failed.

    The page is at `port` or the next free one (0 = any). Everything is written to a fresh folder, which is removed
    at the end: with `keep` it is `.demo` in the current folder and stays, as a folder does after a failure. `live`
    listens to real places instead of made-up ones. `bot` stands for `python bot.py`.
    """
    words = Words.for_terminal()
    folder = fresh_folder(keep=keep)
    try:
        demo = Demo(
            live=live,
            port=port,
            folder=folder,
            bot=tuple(bot or (sys.executable, str(ROOT / "bot.py"))),
            words=words,
            app=read_app(MANIFEST),
        )
        asyncio.run(_until_stopped(demo))
    except (ChildError, OSError, ValueError) as error:
        words.failure(str(error))
        words.kept(str(folder))
        return 1
    words.stopped()
    if keep:
        words.kept(str(folder))
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def fresh_folder(*, keep: bool) -> Path:
    """Return an empty folder: `.demo` here, without what an earlier run left there, or one that may be removed."""
    if not keep:
        return Path(tempfile.mkdtemp(prefix="demo-"))
    folder = Path(".demo").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def free_port(wanted: int) -> int:
    """Return `wanted` or the next port on loopback that nobody uses; 0 stays 0. OSError after twenty tries."""
    if wanted == 0:
        return 0
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"The ports {wanted} to {wanted + PORTS_TRIED - 1} are all in use; name another one.")


async def _until_stopped(demo: Demo) -> None:
    stopped = asyncio.Event()
    async with Children(demo.folder) as children:

        def stop() -> None:
            if stopped.is_set():
                children.kill()  # asked twice
            stopped.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        running = asyncio.create_task(_run(demo, children))
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            demo.words.stopping()
        for task in (running, waiting):
            task.cancel()
        [failure, _] = await asyncio.gather(running, waiting, return_exceptions=True)
        if isinstance(failure, Exception):
            raise failure


async def _run(demo: Demo, children: Children) -> None:
    """Start one program after the other, each when the one before answers, then watch them; ends by ChildError only."""
    demo.words.title(demo.app.name, live=demo.live)
    page = await _start_slack(demo, children)
    origin = "" if demo.live else await _start_communities(demo, children)
    environment = _environment(demo, page=page, origin=origin)
    await _import_watchlist(demo, children, environment, origin)
    command = (*demo.bot, "run")
    bot = await children.start("The bot", command, environment=environment, log="bot", grace=BOT_GRACE)
    demo.words.invitation(page, app=demo.app.name, command=demo.app.commands[0].command)
    following = asyncio.create_task(_show_problems(bot, demo.words))
    try:
        await children.watch()
    finally:
        following.cancel()


async def _start_slack(demo: Demo, children: Children) -> str:
    port = str(free_port(demo.port))
    command = (sys.executable, "-m", "sandbox", "--port", port, "--manifest", str(MANIFEST))
    slack = await children.start(
        "The small Slack", command, environment=_surroundings(), log="slack", grace=SERVER_GRACE
    )
    page = await children.said(slack, r"Sandbox Slack: (http://\S+)")
    demo.words.ready("a small Slack", page)
    return page


async def _start_communities(demo: Demo, children: Children) -> str:
    """Start the made-up communities and return their address, without a slash at its end."""
    command = (sys.executable, "-m", "sandbox.community", "--story", str(FILES / "story.toml"))
    communities = await children.start(
        "The communities", command, environment=_surroundings(), log="communities", grace=SERVER_GRACE
    )
    address = await children.said(communities, r"Communities: (http://\S+)")
    demo.words.ready("made-up communities", address)
    return address.rstrip("/")


async def _import_watchlist(demo: Demo, children: Children, environment: Mapping[str, str], origin: str) -> None:
    watchlist = _filled(demo.folder, "live.toml" if demo.live else "watchlist.toml", origin)
    command = (*demo.bot, "import", str(watchlist))
    importing = await children.start(
        "The import of the watchlist", command, environment=environment, log="import", grace=SERVER_GRACE
    )
    await children.finish(importing, within=IMPORT_SECONDS)
    demo.words.ready("what to listen for", watchlist.name)


def _surroundings() -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    # The programs run in the demo's folder, where no .env of a real installation is found.
    return passed_on | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def _environment(demo: Demo, *, page: str, origin: str) -> dict[str, str]:
    """Return all that the bot gets to know."""
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": f"{page.rstrip('/')}/api/",
        "DATABASE_URL": f"sqlite:///{demo.folder / 'demo.db'}",
        "POLL_EVERY_SECONDS": str(POLL_SECONDS_LIVE if demo.live else POLL_SECONDS),
    }
    if not demo.live:
        places = str(_filled(demo.folder, "places.toml", origin))
        settings |= {"ALLOW_PRIVATE_HOSTS": "1", "PLACES_FILE": places} | LIVELY
    elif contact := os.environ.get("CONTACT"):
        settings["CONTACT"] = contact
    return _surroundings() | settings


def _filled(folder: Path, name: str, origin: str) -> Path:
    """Write one of the demo's files with the address of the communities in it, and return where."""
    path = folder / name
    text = (FILES / name).read_text(encoding="utf-8").replace("{origin}", origin)
    path.write_text(text, encoding="utf-8")
    return path


async def _show_problems(bot: Child, words: Words) -> None:
    """Pass on the lines of the bot's log that tell of a problem: each once, and no more than somebody can read."""
    shown: set[str] = set()
    with bot.log.open(encoding="utf-8", errors="replace") as log:
        while len(shown) < PROBLEMS_SHOWN:
            line = log.readline()
            if not line:
                await asyncio.sleep(FOLLOW_SECONDS)
            elif PROBLEM.search(line) and line not in shown:
                shown.add(line)
                words.problem(line.rstrip())
