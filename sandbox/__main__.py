"""`python -m sandbox`: a small Slack on 127.0.0.1 until it is interrupted."""

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path

from sandbox.hooks import SIGNING_SECRET
from sandbox.manifest import App, read_app
from sandbox.saving import kept_in
from sandbox.server import serve
from sandbox.slack import CHANNELS, SLOWEST, USERS, Slack

SEED = "sandbox"

_ABOUT = """\
A small Slack on 127.0.0.1, to try a Slack app and to test it. It says no wherever Slack says no.

Point your app at it and start it as usual:

  SLACK_API_URL    http://127.0.0.1:7070/api/   (the base URL of the app's Web API client)
  bot token        xoxb-sandbox
  app token        xapp-sandbox                 (Socket Mode)

Then open http://127.0.0.1:7070/ to be the people of the workspace.
"""
_MORE = """\
examples:
  python -m sandbox --manifest manifest.json
  python -m sandbox --state sandbox.json --users "ann:Ann Lee,bob" --channels news,general
  python -m sandbox --deliver-to http://127.0.0.1:3000/slack/events --signing-secret secret

GET /admin lists the controls for tests: faults, lost connections, scopes, channels, a fresh start.
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description=_ABOUT,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _ask_about_the_workspace(parser)
    _ask_about_the_app(parser)
    return parser.parse_args()


def _ask_about_the_workspace(parser: argparse.ArgumentParser) -> None:
    world = parser.add_argument_group("the workspace")
    world.add_argument("--port", type=int, default=7070, help="where to listen; 0 takes any free port (%(default)s)")
    world.add_argument(
        "--users",
        default=",".join(f"{name}:{real_name}" for name, real_name in USERS.items()),
        metavar="LIST",
        help="name or name:real name, separated by commas (%(default)s)",
    )
    world.add_argument(
        "--channels",
        default=",".join(CHANNELS),
        metavar="LIST",
        help="names, separated by commas; the bot is a member of the first (%(default)s)",
    )
    world.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="keep the workspace in this file over a restart; what stands in it comes before --users and --channels",
    )
    world.add_argument(
        "--deterministic",
        nargs="?",
        const=SEED,
        metavar="SEED",
        help="make ids, tokens and timestamps follow from a seed and from what happens, so that a story repeats",
    )


def _ask_about_the_app(parser: argparse.ArgumentParser) -> None:
    app = parser.add_argument_group("the app")
    app.add_argument(
        "--manifest",
        type=Path,
        metavar="FILE",
        help="its manifest.json: name, commands, shortcuts, scopes, events (without: one command, /ears)",
    )
    app.add_argument(
        "--deliver-to", metavar="URL", help="its request URL, to deliver by signed HTTP instead of Socket Mode"
    )
    app.add_argument(
        "--signing-secret", default=SIGNING_SECRET, metavar="SECRET", help="signs what is delivered (%(default)s)"
    )
    app.add_argument(
        "--time-factor",
        type=_factor,
        default=1.0,
        metavar="F",
        help="scales Slack's minutes, such as the pauses before an event comes again; 0.01 makes a minute 0.6 s "
        "(%(default)s)",
    )


def _factor(text: str) -> float:
    factor = float(text)
    if not 0 < factor <= SLOWEST:
        raise argparse.ArgumentTypeError(f"must be more than 0, and at most {SLOWEST:g}")
    return factor


def _slack(arguments: argparse.Namespace) -> Slack:
    parts = (one.partition(":") for one in arguments.users.split(","))
    named = [(name.strip(), real_name.strip()) for name, _, real_name in parts]
    users = {name: real_name or name for name, real_name in named}
    if len(users) < len(named):
        twice = next(name for name in users if sum(name == one for one, _ in named) > 1)
        raise ValueError(f"{twice} stands twice in --users")
    return Slack(
        app=read_app(arguments.manifest) if arguments.manifest else App(),
        users=users,
        channels=tuple(name.strip() for name in arguments.channels.split(",")),
        time_factor=arguments.time_factor,
        seed=arguments.deterministic,
    )


async def _run(slack: Slack, arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    keeping = kept_in(slack, arguments.state) if arguments.state else contextlib.nullcontext()
    async with keeping, serve(slack, port=arguments.port) as address:
        if arguments.deliver_to:
            await slack.deliver_to(arguments.deliver_to, signing_secret=arguments.signing_secret)
        sys.stdout.write(f"Sandbox Slack: {address}/\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    """Serve until SIGINT or SIGTERM; 2 for a manifest, a state or a port that cannot be used."""
    arguments = _arguments()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        asyncio.run(_run(_slack(arguments), arguments))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"The sandbox cannot go on: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
