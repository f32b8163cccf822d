"""`/ears search`: mentions by their words, a page at a time."""

import json

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from engagement.listing import Found
from engagement.team.labels import labels_asked
from handlers.commands.asked import Asked
from handlers.payload import BadPayloadError, Payload, pressed_value, team_of
from handlers.team.labels import known_label
from handlers.views.blocks import Message
from handlers.views.conversations.found import FOUND_AT_MOST, MORE, draw_found
from handlers.views.help import say_expected
from storage.database import Database, Tx
from storage.records.search import LONGEST_QUERY, search_mentions, terms_of
from storage.records.words import count_without_words


def register(app: AsyncApp) -> None:
    """Tell Bolt about *Show more*."""
    app.action(MORE)(show_more)


async def answer_search(db: Database, asked: Asked) -> Message:
    """Find what was said with these words."""
    typed = asked.rest[:LONGEST_QUERY]
    labels, words = labels_asked(typed)
    if not labels and not terms_of(words):
        what = 'words that people used, a "phrase in quotes", the beginning of a word* or label:journalist'
        return say_expected(asked.command, "search", what, "search page history")
    return await find(db, asked.workspace_id, typed)


async def show_more(ack: AsyncAck, body: Payload, respond: AsyncRespond, db: Database) -> None:
    """Show what was found behind the last page."""
    await ack()
    typed, before = read_more(pressed_value(body))
    message = await find(db, team_of(body), typed, before=before)
    await respond(
        text=message.text,
        blocks=message.blocks,
        response_type="ephemeral",
        replace_original=False,
        unfurl_links=False,
    )


async def find(db: Database, workspace_id: str, typed: str, *, before: int | None = None) -> Message:
    """Return a page of what was found, drawn."""
    labels, words = labels_asked(typed)

    def look(tx: Tx) -> tuple[list[Found], int] | Message:
        known = known_label(tx, workspace_id, labels)
        if isinstance(known, Message):
            return known
        found = search_mentions(tx, workspace_id, words, limit=FOUND_AT_MOST + 1, before=before, label=known)
        return found, count_without_words(tx) if words else 0

    looked = await db.read(look)
    if isinstance(looked, Message):
        return looked
    found, unread = looked
    return draw_found(typed, found, unread=unread, is_first=before is None)


def read_more(value: str) -> tuple[str, int]:
    """Return what is sought, and behind which post to go on. Raises BadPayloadError."""
    try:
        typed, before = json.loads(value)
        return str(typed)[:LONGEST_QUERY], int(before)
    except (TypeError, ValueError) as error:
        raise BadPayloadError("the button does not say what was sought") from error
