"""The slash command: ANSWERS has its words, beside `watch add`, which opens a form. Only the asker sees the answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.digest import draw_digest_now
from handlers.payload import Payload, team_of
from handlers.places import draw_places
from handlers.views.blocks import Message
from handlers.views.setup import start_modal
from handlers.views.status import draw_help, draw_status
from storage.database import Database
from storage.digests import compute_status
from storage.workspaces import asking_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One use of the command: in which workspace, under which name, when."""

    workspace_id: str
    command: str
    now: datetime


def register(app: AsyncApp, command: str) -> None:
    """Tell Bolt about the command, whatever it is called here."""
    app.command(command)(answer_command)


async def answer_command(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    slash_command: str,
    now: datetime,
) -> None:
    """Answer the command; a word it does not know gets help that names it."""
    await ack()
    said = " ".join(str(body.get("text") or "").split())
    if said.lower() in ("watch add", "watch", "start"):
        await client.views_open(
            trigger_id=body["trigger_id"], view=start_modal(str(body["channel_id"]), command=slash_command)
        )
        return
    asked = Asked(workspace_id=team_of(body), command=slash_command, now=now)
    answer = ANSWERS.get(said.lower())
    message = await answer(db, asked) if answer else draw_help(slash_command, said)
    await respond(text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False)


async def answer_status(db: Database, asked: Asked) -> Message:
    """Say how we hear, who waits, and what is sick."""
    status = await db.read(lambda tx: compute_status(tx, asking_workspace(tx, asked.workspace_id), now=asked.now))
    return draw_status(status, command=asked.command)


async def answer_sources(db: Database, asked: Asked) -> Message:
    """List every place with its health, and what can be done."""
    return await draw_places(db, asked.workspace_id, asked.now, command=asked.command)


async def answer_digest(db: Database, asked: Asked) -> Message:
    """Draw the digest of the seven days up to now."""
    return await draw_digest_now(db, asked.workspace_id, asked.now)


async def answer_help(_db: Database, asked: Asked) -> Message:
    """List the words the command knows."""
    return draw_help(asked.command)


Answer = Callable[[Database, Asked], Awaitable[Message]]
ANSWERS: Mapping[str, Answer] = {
    "": answer_status,
    "status": answer_status,
    "sources": answer_sources,
    "digest": answer_digest,
    "help": answer_help,
}
