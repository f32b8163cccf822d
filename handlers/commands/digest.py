"""The weekly digest as somebody asks for it: of the seven days up to now, in Slack or on a terminal."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import click

from engagement.digest.week import WEEK
from engagement.listing import Digest
from handlers.clock import utc_now
from handlers.logs import complain
from handlers.sending.plain_text import in_plain_text
from handlers.team.labels import known_label
from handlers.views.blocks import Message, without_charts
from handlers.views.digest.digest import draw_digest
from handlers.views.digest.marked_up import Reader
from handlers.views.digest.page import Edition, draw_page
from handlers.views.digest.thread import draw_parts
from settings import Settings
from storage.database import CannotOpenError, Database, Tx, opened
from storage.digest.asked_once import AskedOnce
from storage.digest.bounds import bounds_of
from storage.digest.digests import compute_details, compute_digest
from storage.team.teammates import teammates_of
from storage.workspaces import asking_workspace, listening_workspaces


async def draw_digest_now(db: Database, workspace_id: str, now: datetime, labels: Sequence[str] = ()) -> Message:
    """Return the digest of the seven days up to `now`, of one label if one is asked for; or why there is no such."""

    def look(tx: Tx) -> Message | Digest:
        number = known_label(tx, workspace_id, labels)
        if isinstance(number, Message):
            return number
        workspace = asking_workspace(tx, workspace_id)
        label = None if number is None else (number, labels[0])
        return compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now, label=label)

    looked = await db.read(look)
    # Who asks for it alone gets it by a way that tells us nothing of what Slack refused.
    return looked if isinstance(looked, Message) else without_charts(draw_digest(looked))


class Form(StrEnum):
    """How a digest is written outside Slack."""

    TEXT = "text"
    HTML = "html"


async def print_digest(settings: Settings, *, form: Form = Form.TEXT, output: Path | None = None) -> int:
    """Write the digest of the last seven days, and what its thread would say, for every workspace."""
    now = utc_now()
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            editions, names = await db.read(lambda tx: (_editions(tx, now), _names(tx)))
    except CannotOpenError as error:
        return complain(str(error))
    if not editions:
        return complain("Nobody listens yet: start the bot, or import a watchlist.toml.")
    reader = Reader(zone=settings.schedule.zone, names=names)
    written = draw_page(editions, reader) if form is Form.HTML else _in_text(editions, reader)
    return _write(written, output)


def _write(written: str, output: Path | None) -> int:
    """Write into a file, or print; return the exit code."""
    if output is None:
        click.echo(written, nl=False)
        return 0
    try:
        output.write_text(written, encoding="utf-8")
    except OSError as error:
        return complain(f"{output} cannot be written: {error.strerror}.")
    return 0


def _editions(tx: Tx, now: datetime) -> list[Edition]:
    editions = []
    for workspace in listening_workspaces(tx):
        asked = AskedOnce(tx, bounds_of(workspace.id, now - WEEK, now))
        digest = compute_digest(tx, workspace, starts_at=now - WEEK, ends_at=now, now=now, asked=asked)
        details = compute_details(tx, digest, asked=asked)
        waits = [each.seconds for each in details.answered]
        editions.append(Edition(digest=draw_digest(digest), thread=draw_parts(details), waits=waits))
    return editions


def _names(tx: Tx) -> dict[str, str]:
    """Return what teammates are called: an id says nothing outside Slack."""
    return {
        mate.slack_user: mate.name
        for workspace in listening_workspaces(tx)
        for mate in teammates_of(tx, workspace.id)
        if mate.name
    }


def _in_text(editions: Sequence[Edition], reader: Reader) -> str:
    messages = [message for edition in editions for message in (edition.digest, *edition.thread)]
    return "\n".join(in_plain_text(message, reader) for message in messages)
