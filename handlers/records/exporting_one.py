"""Everything about one thing (a conversation, a watch, a person ...) as JSON: on the command line, and in Slack."""

import asyncio
import json
import logging
import re
import sys
from collections.abc import Callable
from typing import Final

from handlers.clients import FAILED_CALL, reason_of
from handlers.commands.asked import Asked
from handlers.conversations.bringing import address_of
from handlers.logs import complain
from handlers.payload import BadPayloadError, number_of
from handlers.views.blocks import Message
from handlers.views.records.export import (
    draw_part,
    draw_whole_head,
    say_broken_off,
    say_nothing_kept,
    say_whole_delivered,
)
from settings import Settings
from storage.database import CannotOpenError, Database, Tx, opened
from storage.records.everything import (
    Everything,
    everything_about_conversation,
    everything_about_improvement,
    everything_about_person,
    everything_about_theme,
    everything_about_watch,
)
from storage.records.forgetting import people_called
from storage.workspaces import listening_workspaces

log = logging.getLogger(__name__)

# As for mentions: Slack was seen to refuse 11,341 characters, and takes a message a second in one conversation.
PART_LENGTH: Final = 8_000
PARTS_AT_MOST: Final = 20
PAUSE_SECONDS: Final = 1.1

Find = Callable[[Tx, str], list[Everything]]
BY_NAME: Final = {"watch": everything_about_watch, "theme": everything_about_theme}
PERSON: Final = re.compile(r"(?P<name>.+?)\s+on\s+(?P<community>.+)", re.IGNORECASE)


def wanted(kind: str, named: str) -> Find | None:
    """Return how to find what somebody names: "conversation 7", "watch Tidewiki", "person ann on r/selfhosted"."""
    if kind == "person":
        match = PERSON.fullmatch(named.strip())
        return _person(match["community"], match["name"]) if match else None
    if kind in BY_NAME:
        return _called(BY_NAME[kind], named) if named.strip() else None
    about = {"conversation": everything_about_conversation, "improvement": everything_about_improvement}.get(kind)
    try:
        number = number_of(named.strip().removeprefix("#"))
    except BadPayloadError:
        return None
    return (lambda tx, workspace_id: _listed(about(tx, workspace_id, number))) if about else None


async def answer_one(db: Database, asked: Asked, kind: str, find: Find) -> Message:
    """Send everything about one thing to the asker's conversation with the bot, and say where it is."""
    found = await db.read(lambda tx: find(tx, asked.workspace_id))
    text = written(found)
    parts = [text[start : start + PART_LENGTH] for start in range(0, len(text), PART_LENGTH)]
    if not found or len(parts) > PARTS_AT_MOST:
        return say_nothing_kept(kind, is_much=bool(found))
    sent = 0
    try:
        start = draw_whole_head(kind, len(parts))
        posted = await asked.client.chat_postMessage(channel=asked.user, text=start.text, blocks=start.blocks)
        for sent, part in enumerate(parts):
            await asyncio.sleep(PAUSE_SECONDS if sent else 0)
            drawn = draw_part(part, number=sent + 1, of=len(parts))
            await asked.client.chat_postMessage(
                channel=str(posted["channel"]), thread_ts=str(posted["ts"]), text=drawn.text, blocks=drawn.blocks
            )
    except FAILED_CALL as error:
        log.warning("an export broke off", extra={"reason": reason_of(error), "sent": sent})
        return say_broken_off(sent, len(parts), reason_of(error))
    return say_whole_delivered(kind, await address_of(asked.client, str(posted["channel"]), str(posted["ts"])))


async def export_one(settings: Settings, kind: str, named: str) -> int:
    """Print everything about one thing, and return the exit code."""
    find = wanted(kind, named)
    if find is None:
        return complain(f"That names no {kind}.")
    try:
        with opened(settings.database_url.get_secret_value()) as db:
            found = await db.read(
                lambda tx: [each for workspace in listening_workspaces(tx) for each in find(tx, workspace.id)]
            )
    except CannotOpenError as error:
        return complain(str(error))
    if not found:
        return complain(f"I have no such {kind}.")
    sys.stdout.write(written(found) + "\n")
    return 0


def written(found: list[Everything]) -> str:
    """Return what was found as JSON: a list, one object for each."""
    return json.dumps(found, ensure_ascii=False, indent=1)


def _person(community: str, name: str) -> Find:
    def find(tx: Tx, workspace_id: str) -> list[Everything]:
        people = people_called(tx, workspace_id, community.strip(), name.strip())
        return [each for person in people for each in _listed(everything_about_person(tx, workspace_id, person))]

    return find


def _called(about: Callable[[Tx, str, str], Everything | None], name: str) -> Find:
    return lambda tx, workspace_id: _listed(about(tx, workspace_id, name))


def _listed(found: Everything | None) -> list[Everything]:
    return [] if found is None else [found]
