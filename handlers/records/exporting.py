"""Mentions of a range of days: in Slack to one person, on the command line into a file, read a few at a time."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

from engagement.dataclass import dataclass
from engagement.span import EXAMPLES, Span, read_span
from handlers.clients import FAILED_CALL, reason_of
from handlers.clock import utc_now
from handlers.commands.asked import Asked
from handlers.conversations.bringing import address_of
from handlers.logs import complain
from handlers.records.export_table import Form, between, foot, head, row_of, whole, written
from handlers.records.exporting_one import answer_one, wanted
from handlers.views.blocks import Message
from handlers.views.help import say_expected
from handlers.views.records.export import (
    draw_part,
    draw_part_head,
    say_broken_off,
    say_delivered,
    say_no_mentions,
    say_on_the_way,
    say_too_much,
)
from settings import Settings
from storage.database import CannotOpenError, Database, opened
from storage.records.exports import Mark, count_exported, exported_mentions, names_of_team
from storage.workspaces import asking_workspace, listening_workspaces

log = logging.getLogger(__name__)

# Some 50 ms of the reader's time.
AT_ONCE = 200
# Of text in one message: Slack was seen to refuse 11,341 characters.
PART_LENGTH = 8_000
# About a quarter of a team that is talked about daily; more is a file's business.
PARTS_AT_MOST = 20
# Slack takes a message a second in one conversation.
PAUSE_SECONDS = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Mentions, `count` of them, in parts that each fit into a message; `parts` is empty where they are too many."""

    parts: tuple[str, ...]
    count: int


async def answer_export(db: Database, asked: Asked) -> Message:
    """Send the mentions of a range to the asker's conversation with the bot, and say where they are."""
    word, _, rest = asked.rest.partition(" ")
    one = wanted(word.lower(), rest)
    if one is not None:
        return await answer_one(db, asked, word.lower(), one)
    form = Form(word.lower()) if word.lower() in [*Form] else None
    workspace = await db.read(lambda tx: asking_workspace(tx, asked.workspace_id))
    span = read_span(rest, now=asked.now, zone=workspace.schedule.zone)
    if form is None or span is None:
        expected = f"csv or json, and days: {', '.join(EXAMPLES)}"
        return say_expected(asked.command, "export", expected, "export csv last week")
    found = await in_parts(db, asked.workspace_id, form, span)
    if not found.count:
        return say_no_mentions(span)
    if not found.parts:
        return say_too_much(span, form, found.count, command=asked.command)
    return await deliver(asked, form, span, found)


async def deliver(asked: Asked, form: Form, span: Span, found: Parts) -> Message:
    """Send the parts into a thread of the asker's conversation with the bot; only they can read it."""
    sent = 0
    if len(found.parts) > 1:
        await _tell(asked, say_on_the_way(span, found.count, len(found.parts)))
    try:
        start = draw_part_head(span, form, found.count, len(found.parts))
        posted = await asked.client.chat_postMessage(channel=asked.user, text=start.text, blocks=start.blocks)
        for sent, part in enumerate(found.parts):
            await asyncio.sleep(PAUSE_SECONDS if sent else 0)
            drawn = draw_part(part, number=sent + 1, of=len(found.parts))
            await asked.client.chat_postMessage(
                channel=str(posted["channel"]), thread_ts=str(posted["ts"]), text=drawn.text, blocks=drawn.blocks
            )
    except FAILED_CALL as error:
        log.warning("an export broke off", extra={"reason": reason_of(error), "sent": sent})
        return say_broken_off(sent, len(found.parts), reason_of(error))
    return say_delivered(span, found.count, await address_of(asked.client, str(posted["channel"]), str(posted["ts"])))


async def _tell(asked: Asked, message: Message) -> None:
    await asked.respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def in_parts(db: Database, workspace_id: str, form: Form, span: Span) -> Parts:
    """Return the mentions in parts, each a file of its own; read no further than what would be sent."""
    count = await db.read(lambda tx: count_exported(tx, workspace_id, span))
    parts: list[list[str]] = [[]]
    size = 0
    async for row in rows_of(db, workspace_id, form, span):
        if parts[-1] and size + len(row) > PART_LENGTH:
            parts.append([])
            size = 0
        if len(parts) > PARTS_AT_MOST:
            return Parts(parts=(), count=count)
        parts[-1].append(row)
        size += len(row)
    return Parts(parts=tuple(whole(form, rows) for rows in parts if rows), count=count)


async def rows_of(db: Database, workspace_id: str, form: Form, span: Span) -> AsyncIterator[str]:
    """Return the mentions of a range, each as a row; the database is asked for a few at a time."""
    names = await db.read(lambda tx: names_of_team(tx, workspace_id))
    after: Mark | None = None
    while True:
        read = partial(exported_mentions, workspace_id=workspace_id, span=span, limit=AT_ONCE, after=after)
        found, after = await db.read(read)
        for each in found:
            yield written(form, row_of(each, names), span.zone)
        if after is None:
            return


async def export_mentions(settings: Settings, *, form: Form, typed: str) -> int:
    """Print the mentions of a range, and return the exit code."""
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            return await _print(db, form, typed, utc_now())
    except CannotOpenError as error:
        return complain(str(error))


async def _print(db: Database, form: Form, typed: str, now: datetime) -> int:
    is_first = True
    sys.stdout.write(head(form))
    for workspace in await db.read(listening_workspaces):
        span = read_span(typed, now=now, zone=workspace.schedule.zone)
        if span is None:
            return complain(f'"{typed}" is no range of days. Try one of: {", ".join(EXAMPLES)}.')
        async for row in rows_of(db, workspace.id, form, span):
            sys.stdout.write(row if is_first else between(form) + row)
            is_first = False
    sys.stdout.write(foot(form))
    return 0
