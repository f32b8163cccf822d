"""`/ears mute`: what is muted, and to mute somebody or somewhere without a card at hand."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from engagement.calm.mute_words import EXAMPLES, read_mute
from handlers.commands.asked import Asked
from handlers.payload import Payload, number_of, pressed_value, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.views.blocks import Message
from handlers.views.calm.muting import END, draw_mutes, say_nobody_meant
from handlers.views.help import say_expected
from storage.calm.mutes import add_mute, mutes_of
from storage.calm.muting import unmute
from storage.database import Database, Tx
from storage.team.meant import Meant, who_is_meant


def register(app: AsyncApp) -> None:
    """Tell Bolt about *Unmute* in the list."""
    app.action(END)(end)


async def answer_mute(db: Database, asked: Asked) -> Message:
    """List what is muted; with a name behind the word, mute that first."""
    if not asked.rest:
        return await draw_mutes_now(db, asked.workspace_id, asked.now, command=asked.command)
    wish = read_mute(asked.rest, now=asked.now)
    if wish is None:
        return say_expected(asked.command, "mute", "a name, where they write and how long", f"mute {EXAMPLES[0]}")

    def mute(tx: Tx) -> list[Meant]:
        found = who_is_meant(tx, asked.workspace_id, wish)
        for each in found:
            add_mute(
                tx,
                asked.workspace_id,
                each.scope,
                community=each.community,
                author=each.author,
                until=wish.until,
                by=asked.user,
                at=asked.now,
            )
        return found

    if not await db.transact(mute):
        return say_nobody_meant(wish.who, wish.where)
    return await draw_mutes_now(db, asked.workspace_id, asked.now, command=asked.command)


async def end(
    ack: AsyncAck,
    body: Payload,
    respond: AsyncRespond,
    db: Database,
    outbox: Outbox,
    slash_command: str,
    now: datetime,
) -> None:
    """Take a mute back, and draw the list anew; one that is over by now is simply not in it."""
    await ack()
    mute_id, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    await db.transact(lambda tx: unmute(tx, team, mute_id, by=by, at=now))
    message = await draw_mutes_now(db, team, now, command=slash_command)
    await respond(text=message.text, blocks=message.blocks, replace_original=True, unfurl_links=False)
    await outbox.redraw(now)


async def draw_mutes_now(db: Database, workspace_id: str, now: datetime, *, command: str) -> Message:
    """Return what is muted, as it stands."""
    return draw_mutes(await db.read(lambda tx: mutes_of(tx, workspace_id, now=now)), command=command)
