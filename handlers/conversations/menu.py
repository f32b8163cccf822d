"""The menu of a card: each option opens a form, the history shows what was done."""

from collections.abc import Callable, Mapping
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.conversation import Card, ReplyState
from engagement.conversations.press import Gone, Outdated
from engagement.conversations.standing import may_be_put_off
from engagement.dataclass import dataclass
from handlers.conversations.buttons import why_not
from handlers.open_or_say import open_or_say
from handlers.payload import (
    BadPayloadError,
    Payload,
    channel_of,
    read_choice,
    read_value,
    team_of,
    user_of,
)
from handlers.records.lookups import of_card
from handlers.views.blocks import View
from handlers.views.calm.mute import mute_modal
from handlers.views.conversations.assign import assign_modal
from handlers.views.conversations.correct import correct_modal
from handlers.views.conversations.quoting import heading
from handlers.views.conversations.snooze import snooze_modal
from handlers.views.refusals import say_cannot_be_put_off
from storage.conversations.cards import find_card
from storage.conversations.decided import latest_decision
from storage.conversations.mentions import asks_us
from storage.database import Database, Tx
from storage.team.availability import zone_of_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An option of a card's menu: by whom, where, when, on which card, and the `id:version` it was drawn with."""

    card: Card
    value: str
    by: str
    channel: str
    command: str
    now: datetime

    @property
    def title(self) -> str:
        """What the card is about."""
        return heading(self.card.opening.stored.post)


# A form, or why there is none.
Opened = View | str
Open = Callable[[Tx, Chosen], Opened]


def register(app: AsyncApp) -> None:
    """Tell Bolt about the menu."""
    app.action("mention.more")(open_from_menu)


async def open_from_menu(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, slash_command: str, now: datetime
) -> None:
    """Open what was chosen, or tell the person, and only them, why there is nothing to open."""
    await ack()
    what, value = read_choice(body)
    open_ = OPENED_BY.get(what)
    if open_ is None:
        raise BadPayloadError("no menu of ours has this option")
    opened = await db.read(lambda tx: _open(tx, open_, body, value, command=slash_command, now=now))
    await open_or_say(client, db, body, opened, now)


def _open(tx: Tx, open_: Open, body: Payload, value: str, *, command: str, now: datetime) -> Opened:
    conversation_id, drawn = read_value(value)
    card, by = find_card(tx, conversation_id), user_of(body)
    if card is None or card.conversation.workspace_id != team_of(body):
        return why_not(Gone(), presser=by)
    if drawn != card.conversation.version and open_ is not _history:
        first = latest_decision(tx, conversation_id)
        return why_not(Outdated(conversation=card.conversation, first=first), presser=by)
    return open_(tx, Chosen(card=card, value=value, by=by, channel=channel_of(body), command=command, now=now))


def _assign(_tx: Tx, chosen: Chosen) -> Opened:
    return assign_modal(chosen.title, chosen.value, channel_id=chosen.channel)


def _snooze(tx: Tx, chosen: Chosen) -> Opened:
    conversation = chosen.card.conversation
    if not may_be_put_off(conversation, by=chosen.by, ours_to_answer=asks_us(tx, conversation.id)):
        return say_cannot_be_put_off(conversation)
    zone = zone_of_person(tx, conversation.workspace_id, chosen.by).key
    return snooze_modal(chosen.title, chosen.value, zone=zone, channel_id=chosen.channel)


def _correct(_tx: Tx, chosen: Chosen) -> Opened:
    card = chosen.card
    return correct_modal(
        chosen.title,
        card.opening.reading,
        chosen.value,
        conversation_id=card.conversation.id,
        channel_id=chosen.channel,
    )


def _mute(_tx: Tx, chosen: Chosen) -> Opened:
    return mute_modal(
        chosen.card.opening.stored.post,
        chosen.value,
        is_promised=chosen.card.conversation.reply.state is ReplyState.CLAIMED,
        channel_id=chosen.channel,
        command=chosen.command,
    )


def _history(tx: Tx, chosen: Chosen) -> Opened:
    return of_card(tx, chosen.card, reader=chosen.by, now=chosen.now)


OPENED_BY: Mapping[str, Open] = {
    "assign": _assign,
    "snooze": _snooze,
    "correct": _correct,
    "mute": _mute,
    "history": _history,
}
