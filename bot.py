"""Two Ears: the command line and the composition root. No logic: each command opens what it needs and calls a room.

Imports stand inside the commands: each loads what it needs and no more, and `--help` is quick.
"""
# ruff: noqa: PLC0415 - see above

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from settings import Settings

# So many more before garbage is looked for; Python 3.11 waits for 700. The posts of a few feeds are more than that, and
# none of them is garbage: to look through them sixty times was a fortieth of what the loop does in a poll.
NEW_OBJECTS = 10_000
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """Two Ears listens to what people say about you, and helps your team to answer and to act.

    Without a command it runs the bot.
    """
    if context.invoked_subcommand is None:
        context.invoke(run)


@cli.command()
def run() -> None:
    """Run the bot until Ctrl-C."""
    with _loading():
        settings = _settings(with_slack=True)
        from handlers.run import run_until_stopped

    _exit_after(run_until_stopped(settings))


@cli.command()
@click.option("--live", is_flag=True, help="Listen to the real web instead of the bundled communities.")
@click.option("--port", default=7070, show_default=True, help="Port of the page on 127.0.0.1; 0 takes any.")
@click.option("--keep", is_flag=True, help="Keep database and logs in .demo/ afterwards.")
def demo(*, live: bool, port: int, keep: bool) -> None:
    """Try everything without a Slack account: a small Slack, communities and the bot."""
    from sandbox.demo import run_demo

    sys.exit(run_demo(live=live, port=port, keep=keep))


@cli.command()
@click.option("--all", "everything", is_flag=True, help="Look at every place, due or not.")
@click.option("--feeds", type=FILE, help="A file of feed addresses, one a line, for a throw-away watch.")
@click.option("--watches", type=click.IntRange(1, 10_000), default=1, help="With --feeds: throw-away watches.")
@click.option("--db", help="Database file instead of DATABASE_URL.")
@click.option("--workers", type=click.IntRange(1, 200), help="Places looked at side by side.")
@click.option("--allow-private-hosts", is_flag=True, help="Poll hosts of private networks as well.")
def poll(
    *,
    everything: bool,
    feeds: Path | None,
    watches: int,
    db: str | None,
    workers: int | None,
    allow_private_hosts: bool,
) -> None:
    """Look at the places that are due, once."""
    changes = {"database_url": db, "poll_workers": workers, "allow_private_hosts": allow_private_hosts or None}
    with _loading():
        settings = _settings(with_slack=False, **changes)
        from handlers.polling.once import poll_once

    _exit_after(poll_once(settings, everything=everything or feeds is not None, feeds=feeds, watches=watches))


@cli.command()
@click.option("--dry-run", is_flag=True, help="Print the digest of the last seven days; post nothing.")
@click.option("--format", "style", type=click.Choice(["text", "html"]), default="text", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it into this file.")
def digest(*, dry_run: bool, style: str, output: Path | None) -> None:
    """Print the digest as it would be posted now, with its details; as HTML it is a page to mail or to print."""
    if not dry_run:
        raise click.UsageError("The bot posts the digest by itself. To see it: python bot.py digest --dry-run")
    from handlers.commands.digest import Form, print_digest

    _exit_after(print_digest(_settings(with_slack=False), form=Form(style), output=output))


@cli.command()
@click.option(
    "--live",
    "channel",
    metavar="[CHANNEL]",
    is_flag=False,
    flag_value="",
    help="Also post, find, change and delete a message there. Without a channel: ask every place of the catalogue.",
)
def check(*, channel: str | None) -> None:
    """Check settings, database, Slack and places; name every problem with what to do."""
    if channel == "":
        from handlers.checks.live_places import try_catalogue

        _exit_after(try_catalogue(_settings(with_slack=False)))
    from handlers.checks.check import run_check

    _exit_after(run_check(live_channel=channel))


@cli.command()
def retriage() -> None:
    """Read anew what older rules have read, after an upgrade; what people decided or corrected stays."""
    from handlers.understanding.retriage import read_history_anew

    _exit_after(read_history_anew(_settings(with_slack=False)))


@cli.command("import")
@click.argument("file", type=FILE)
@click.option("--watch", help="For OPML: the name of the watch that gets the feeds.")
def import_(*, file: Path, watch: str | None) -> None:
    """Add watches and places from a watchlist.toml, or places from an OPML file."""
    from handlers.listening.exchange import import_file

    _exit_after(import_file(_settings(with_slack=True), file, watch_name=watch))


@cli.command()
@click.option(
    "--format", "style", type=click.Choice(["toml", "opml", "csv", "json"]), default="toml", show_default=True
)
@click.option("--range", "days", help='For csv and json: "last week", 2026-11, 2026-11-01..2026-11-30 ...')
@click.option("--conversation", metavar="NUMBER", help="Everything about one conversation, as JSON.")
@click.option("--improvement", metavar="NUMBER", help="Everything about one improvement, as JSON.")
@click.option("--watch", metavar="NAME", help="Everything about one watch, as JSON.")
@click.option("--theme", metavar="NAME", help="Everything about one theme, as JSON.")
@click.option("--person", metavar="NAME on COMMUNITY", help="Everything about one person, as JSON.")
def export(*, style: str, days: str | None, **one: str | None) -> None:
    """Print all watches and places as watchlist.toml, the places as OPML, or the mentions of some days as a table."""
    for kind, named in one.items():
        if named is not None:
            from handlers.records.exporting_one import export_one

            _exit_after(export_one(_settings(with_slack=False), kind, named))
    if style in ("csv", "json"):
        from handlers.records.export_table import Form
        from handlers.records.exporting import export_mentions

        _exit_after(export_mentions(_settings(with_slack=False), form=Form(style), typed=days or ""))
    if days is not None:
        raise click.UsageError("--range is for the mentions: choose --format csv or --format json.")
    from handlers.listening.exchange import export_file

    _exit_after(export_file(_settings(with_slack=False), style=style))


@cli.command()
@click.argument("community")
@click.argument("name")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask before.")
def forget(*, community: str, name: str, is_sure: bool) -> None:
    """Forget NAME, who wrote in COMMUNITY and asked for it: their name, words and links, for good."""
    from handlers.records.forgetting import forget_from_outside

    _exit_after(forget_from_outside(_settings(with_slack=False), community, name, is_sure=is_sure))


@contextmanager
def _loading() -> Iterator[None]:
    """Load what a command needs without looking for garbage in it, now or later: all of it stays until the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS)
        gc.enable()


def _exit_after(work: Coroutine[object, object, int]) -> NoReturn:
    """Do `work` to its end, and exit with the code that it returns.

    What is loaded by then is not looked through for garbage on the way out, which takes up to a tenth of a second.
    """
    code = asyncio.run(work)
    gc.freeze()
    sys.exit(code)


def _settings(*, with_slack: bool, **changes: object) -> "Settings":
    """Return the settings, and say what is wrong with them in one error (exit 2)."""
    # What is installed beside us for pydantic is shown no tokens, and not looked for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from handlers.logs import start_logging
    from settings import BadSettingsError, Settings

    try:
        settings = Settings.load(
            with_slack=with_slack, **{name: value for name, value in changes.items() if value is not None}
        )
    except BadSettingsError as error:
        click.echo(f"The settings are not complete yet (see .env.example):\n{error}", err=True)
        sys.exit(2)
    start_logging(logging.getLevelNamesMapping()[settings.log_level.upper()])
    return settings


if __name__ == "__main__":
    cli()
