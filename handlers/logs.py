"""What stands on standard error: log lines, a fixed sentence and its facts each, and why a command did not work."""

import logging
from typing import Final

import click

# What every record carries by itself; anything else is a fact of ours.
BUILT_IN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Facts(logging.Formatter):
    """A sentence followed by its facts: "source not heard  source='Reddit' reason='…'"."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name that logging calls
        """Return the record as one line; a traceback follows below."""
        facts = " ".join(f"{name}={value!r}" for name, value in vars(record).items() if name not in BUILT_IN)
        return f"{super().formatMessage(record)}  {facts}".rstrip()


def start_logging(level: int) -> None:
    """Log to standard error from `level` on; libraries only what is worth a look."""
    handler = logging.StreamHandler()
    handler.setFormatter(Facts("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for library in ("slack_sdk", "aiohttp", "asyncio"):
        logging.getLogger(library).setLevel(max(level, logging.WARNING))
    # It warns whenever a job is still at work when it would start again, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # It warns at every start that SLACK_BOT_TOKEN stands in the environment although it is given a client.
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)


def complain(text: str) -> int:
    """Say on standard error what is wrong, and return exit code 1."""
    click.echo(text, err=True)
    return 1
