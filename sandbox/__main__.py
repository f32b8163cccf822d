"""`python -m sandbox`: a small Slack on 127.0.0.1 until it is interrupted."""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path

from sandbox.manifest import App, read_app
from sandbox.server import serve
from sandbox.slack import CHANNELS, USERS, Slack


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="A small Slack on 127.0.0.1 for a bot that takes SLACK_API_URL. "
        "Its bot token is xoxb-sandbox, its app token xapp-sandbox.",
    )
    parser.add_argument("--port", type=int, default=7070, help="0 takes any free one (default: %(default)s)")
    parser.add_argument("--manifest", type=Path, help="the app's manifest.json: its name, commands, scopes and events")
    parser.add_argument(
        "--channels", default=",".join(CHANNELS), help="names; the bot is a member of the first (default: %(default)s)"
    )
    parser.add_argument(
        "--users",
        default=",".join(f"{name}:{real_name}" for name, real_name in USERS.items()),
        help="name or name:real name, separated by commas (default: %(default)s)",
    )
    return parser.parse_args()


async def _run(slack: Slack, port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serve(slack, port=port) as address:
        sys.stdout.write(f"Sandbox Slack: {address}/\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    """Serve until SIGINT or SIGTERM; 2 for a manifest or a port that cannot be used."""
    arguments = _arguments()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    names = (one.partition(":") for one in arguments.users.split(","))
    users = {name.strip(): real_name.strip() or name.strip() for name, _, real_name in names}
    try:
        app = read_app(arguments.manifest) if arguments.manifest else App()
        channels = tuple(name.strip() for name in arguments.channels.split(","))
        asyncio.run(_run(Slack(app=app, users=users, channels=channels), arguments.port))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"The sandbox cannot start: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
