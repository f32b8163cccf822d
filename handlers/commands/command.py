"""The slash command: ANSWERS has its words. Only the asker sees what is answered."""

import difflib
from collections.abc import Mapping
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.team.labels import labels_asked
from handlers.commands import muting, searching
from handlers.commands.asked import Answer, Asked
from handlers.commands.digest import draw_digest_now
from handlers.commands.lists import draw_mine_now, draw_waiting_now
from handlers.commands.queries import answer_query
from handlers.conversations import in_person, tracking
from handlers.listening.places import draw_places
from handlers.payload import Payload, team_of
from handlers.polling.looks import Looker
from handlers.records.exporting import answer_export
from handlers.sending.channels import is_member
from handlers.sending.telling import look_before
from handlers.understanding.bad_queries import bad_queries
from handlers.views.blocks import Message, View
from handlers.views.help import draw_help, say_expected, say_not_invited
from handlers.views.listening.setup import start_modal
from handlers.views.listening.watching import draw_watches
from handlers.views.status import draw_status
from storage.database import Database
from storage.digest.digests import compute_status
from storage.listening.watches import watches_of
from storage.workspaces import asking_workspace

# Below that, two words are alike by chance.
ALIKE = 0.6
# Somebody waits for the digest meanwhile.
LOOK_SECONDS = 8.0


def register(app: AsyncApp, command: str) -> None:
    """Tell Bolt about the command, whatever it is called here, and about what its answers lead to."""
    app.command(command)(answer_command)
    searching.register(app)
    tracking.register(app)
    in_person.register(app)
    muting.register(app)


async def answer_command(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    looker: Looker,
    slash_command: str,
    now: datetime,
) -> None:
    """Answer the command; a word it does not know gets help that names the nearest one."""
    await ack()
    word, _, rest = str(body.get("text") or "").strip().partition(" ")
    asked = Asked(
        workspace_id=team_of(body),
        user=str(body["user_id"]),
        channel=str(body["channel_id"]),
        command=slash_command,
        rest=rest.strip(),
        now=now,
        client=client,
        respond=respond,
        looker=looker,
    )
    answer = ANSWERS.get(word.lower())
    shown = await answer(db, asked) if answer else draw_help(slash_command, f"{word} {rest}", nearest_to(word))
    if isinstance(shown, Message):
        await respond(text=shown.text, blocks=shown.blocks, response_type="ephemeral", unfurl_links=False)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=shown)


def nearest_to(word: str) -> str:
    """Return the word that somebody may have meant, empty if none is like it."""
    return next(iter(difflib.get_close_matches(word.lower(), ANSWERS, n=1, cutoff=ALIKE)), "")


async def answer_status(db: Database, asked: Asked) -> Message:
    """Say how we hear, who waits, and what is sick."""
    status, bad = await db.read(
        lambda tx: (
            compute_status(tx, asking_workspace(tx, asked.workspace_id), now=asked.now),
            bad_queries(tx, asked.workspace_id),
        )
    )
    return draw_status(status, command=asked.command, unread=[watch.name for watch, _ in bad])


async def answer_sources(db: Database, asked: Asked) -> Message:
    """List every place with its health, and what can be done."""
    return await draw_places(db, asked.workspace_id, asked.now, command=asked.command)


async def answer_mine(db: Database, asked: Asked) -> Message:
    """List what the asker has promised."""
    return await draw_mine_now(db, asked.workspace_id, asked.user, asked.now)


async def answer_waiting(db: Database, asked: Asked) -> Message:
    """List who waits for us."""
    return await draw_waiting_now(db, asked.workspace_id, asked.user, asked.now)


async def answer_watch(db: Database, asked: Asked) -> Message | View:
    """List what is listened for; open the form of *Start listening* for more."""
    if asked.rest.lower() == "add":
        if not await is_member(asked.client, asked.channel):
            return say_not_invited(asked.command)
        return start_modal(asked.channel, command=asked.command)
    if asked.rest:
        return say_expected(asked.command, "watch", "nothing behind it, or add", "watch add")
    watches, bad = await db.read(lambda tx: (watches_of(tx, asked.workspace_id), bad_queries(tx, asked.workspace_id)))
    return draw_watches(watches, command=asked.command, mistakes={watch.id: mistake for watch, mistake in bad})


async def answer_digest(db: Database, asked: Asked) -> Message:
    """Draw the digest of the seven days up to now, or what one label brought in them."""
    labels, rest = labels_asked(asked.rest)
    if rest:
        return say_expected(asked.command, "digest", "nothing, or a label", "digest label:journalist")
    if labels:
        return await draw_digest_now(db, asked.workspace_id, asked.now, labels)
    await look_before(asked.looker, [asked.workspace_id], seconds=LOOK_SECONDS)
    return await draw_digest_now(db, asked.workspace_id, asked.looker.clock())


async def answer_help(_db: Database, asked: Asked) -> Message:
    """List the words the command knows."""
    return draw_help(asked.command)


ANSWERS: Mapping[str, Answer] = {
    "": answer_status,
    "status": answer_status,
    "sources": answer_sources,
    "mine": answer_mine,
    "waiting": answer_waiting,
    "search": searching.answer_search,
    "watch": answer_watch,
    "query": answer_query,
    "mute": muting.answer_mute,
    "digest": answer_digest,
    "export": answer_export,
    "help": answer_help,
}
