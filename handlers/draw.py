"""A row of the outbox, drawn from the rows it is about as they stand now."""

from typing import assert_never

from engagement.outbox import MessageKind, MessageState, OutMessage
from handlers.posted import block_id_of
from handlers.views.blocks import Message, with_block_id
from handlers.views.brake import draw_brake
from handlers.views.card import draw_card
from handlers.views.deleted import draw_deleted
from handlers.views.digest import draw_digest
from handlers.views.lost_channel import draw_lost_channel
from handlers.views.note import draw_note
from handlers.views.rollup import draw_rollup
from handlers.views.setup import draw_hello, draw_started
from handlers.views.snooze import draw_back
from handlers.views.trouble import draw_trouble
from storage.brakes import find_brake
from storage.channels import find_lost_channel
from storage.conversations import find_card, find_conversation
from storage.database import Tx
from storage.digests import find_digest
from storage.hearing import next_poll_of, tried_places
from storage.mentions import find_mention
from storage.messages import find_message
from storage.rollups import find_rollup
from storage.snoozes import snooze_that_ended
from storage.telling import ailments_of_message
from storage.watches import find_watch


def draw(tx: Tx, message: OutMessage, *, command: str) -> Message | None:
    """Return what `message` says now, None when what it is about is gone."""
    drawn = _draw(tx, message, command=command)
    return with_block_id(drawn, block_id_of(message)) if drawn else None


def _draw(tx: Tx, message: OutMessage, *, command: str) -> Message | None:  # noqa: C901, PLR0911 one kind each
    match message.kind:
        case MessageKind.CARD:
            card = find_card(tx, int(message.subject))
            return draw_card(card, names=_names(tx, card.conversation.watch_id)) if card else None
        case MessageKind.NOTE:
            mention = find_mention(tx, int(message.subject))
            return draw_note(mention, names=_names_of_conversation(tx, mention.conversation_id)) if mention else None
        case MessageKind.BACK:
            snooze = snooze_that_ended(tx, int(message.subject))
            return draw_back(snooze) if snooze else None
        case MessageKind.HELLO:
            return draw_hello(command)
        case MessageKind.STARTED:
            return _draw_started(tx, int(message.subject))
        case MessageKind.BRAKE:
            brake = find_brake(tx, int(message.subject))
            return draw_brake(brake) if brake else None
        case MessageKind.ROLLUP:
            rollup = find_rollup(tx, int(message.subject))
            return draw_rollup(rollup) if rollup else None
        case MessageKind.DIGEST:
            digest = find_digest(tx, int(message.subject))
            return draw_digest(digest) if digest else None
        case MessageKind.LOST_CHANNEL:
            lost = find_lost_channel(tx, int(message.subject))
            return draw_lost_channel(lost) if lost else None
        case MessageKind.DELETED:
            return _draw_deleted(tx, int(message.subject))
        case MessageKind.TROUBLE:
            ailments = ailments_of_message(tx, message.id)
            return draw_trouble(ailments, command=command) if ailments else None
        case _:
            assert_never(message.kind)


def _draw_started(tx: Tx, watch_id: int) -> Message | None:
    watch = find_watch(tx, watch_id)
    if watch is None:
        return None
    places = tried_places(tx, watch_id)
    answered, silent = [place for place in places if place.ok], [place for place in places if not place.ok]
    return draw_started(watch, answered, silent, next_poll_of(tx, watch.workspace_id) if places else None)


def _draw_deleted(tx: Tx, conversation_id: int) -> Message | None:
    card, message = find_card(tx, conversation_id), find_message(tx, MessageKind.CARD, str(conversation_id))
    return draw_deleted(card, is_deleted=message.state is MessageState.DELETED) if card and message else None


def _names_of_conversation(tx: Tx, conversation_id: int) -> tuple[str, ...]:
    conversation = find_conversation(tx, conversation_id)
    return _names(tx, conversation.watch_id) if conversation else ()


def _names(tx: Tx, watch_id: int) -> tuple[str, ...]:
    watch = find_watch(tx, watch_id)
    return watch.terms.names if watch else ()
