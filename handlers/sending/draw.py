"""A row of the outbox, drawn from the rows it is about as they stand now."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from engagement.digest.details import Part
from engagement.sending.outbox import MessageKind, MessageState, OutMessage
from handlers.sending.posted import block_id_of
from handlers.views.blocks import Message, with_block_id
from handlers.views.calm.alert import draw_alert
from handlers.views.calm.brake import draw_brake
from handlers.views.calm.rollup import draw_rollup
from handlers.views.conversations.assign import draw_assigned
from handlers.views.conversations.card import draw_card
from handlers.views.conversations.deleted import draw_deleted
from handlers.views.conversations.note import draw_copy, draw_note
from handlers.views.conversations.reminder import draw_reminder, redraw_reminder
from handlers.views.conversations.snooze import draw_back
from handlers.views.digest.digest import draw_digest
from handlers.views.digest.thread import draw_part
from handlers.views.improvements.improvement import draw_improvement
from handlers.views.listening.setup import draw_hello, draw_started, draw_stopped
from handlers.views.listening.trouble import draw_trouble
from handlers.views.sending.lost_channel import draw_lost_channel
from handlers.views.sending.unwanted import draw_unwanted
from handlers.views.team.departure import draw_departure
from handlers.views.understanding.queries import draw_bad_query
from handlers.views.understanding.unsure import draw_unsure
from handlers.views.voice.draft import draw_draft, draw_judged
from storage.calm.alerts import find_alert
from storage.calm.brakes import find_brake
from storage.calm.rollups import find_rollup
from storage.conversations.cards import find_card
from storage.conversations.conversations import find_conversation
from storage.conversations.mentions import find_mention
from storage.conversations.snoozes import snooze_that_ended
from storage.database import Tx
from storage.digest.digests import find_details, find_digest
from storage.improvements.demands import find_demand
from storage.listening.hearing import next_poll_of, tried_places
from storage.listening.telling import ailments_of_message
from storage.listening.watches import find_watch
from storage.sending.channels import find_lost_channel
from storage.sending.messages import find_message
from storage.stamps import read_stamp
from storage.team.leaving import find_departure
from storage.turns.reminders import find_reminder
from storage.understanding.unsure import find_doubts
from storage.voice.drafts import find_draft
from storage.voice.guide import find_roles
from triage.match import mistake_in

Found = TypeVar("Found")
# What a message says now; None when what it is about is gone.
Drawer = Callable[[Tx, OutMessage, str], Message | None]


def draw(tx: Tx, message: OutMessage, *, command: str) -> Message | None:
    """Return what `message` says now, None when what it is about is gone."""
    drawn = DRAWERS[message.kind](tx, message, command)
    return with_block_id(drawn, block_id_of(message)) if drawn else None


def _of(find: Callable[[Tx, int], Found | None], drawn: Callable[[Found], Message]) -> Drawer:
    """Return the drawer of a kind that shows what its subject is the number of."""

    def draw_found(tx: Tx, message: OutMessage, _command: str) -> Message | None:
        found = find(tx, int(message.subject))
        return None if found is None else drawn(found)

    return draw_found


def _draw_card(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    card = find_card(tx, int(message.subject))
    return draw_card(card, names=_names(tx, card.conversation.watch_id)) if card else None


def _draw_assigned(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    card = find_card(tx, int(message.subject))
    return draw_assigned(card, to=message.channel) if card else None


def _draw_draft(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    draft = find_draft(tx, int(message.subject))
    card = find_card(tx, draft.conversation_id) if draft else None
    return draw_draft(draft, card, approvers=find_roles(tx, message.workspace_id).approve) if draft and card else None


def _draw_judged(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    draft = find_draft(tx, int(message.subject))
    card = find_card(tx, draft.conversation_id) if draft else None
    return draw_judged(draft, card) if draft and card else None


def _draw_departure(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    departure = find_departure(tx, int(message.subject), channel=message.channel)
    return draw_departure(departure) if departure else None


def _draw_note(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    mention = find_mention(tx, int(message.subject))
    if mention is None:
        return None
    card = find_card(tx, mention.conversation_id)
    # What opens a conversation has a card; in a thread it stands as the same story told elsewhere.
    if card and card.opening.id == mention.id:
        return draw_copy(card)
    return draw_note(mention, names=_names_of_conversation(tx, mention.conversation_id))


def _draw_details(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    part = Part(message.part)
    details = find_details(tx, int(message.subject), [part])
    return draw_part(details, part) if details else None


def _draw_trouble(tx: Tx, message: OutMessage, command: str) -> Message | None:
    ailments = ailments_of_message(tx, message.id)
    return draw_trouble(ailments, command=command) if ailments else None


def _draw_alert(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    alert = find_alert(tx, int(message.subject))
    return draw_alert(alert) if alert else None


def _draw_bad_query(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    watch = find_watch(tx, int(message.subject))
    return draw_bad_query(watch, mistake_in(watch.terms)) if watch else None


def _draw_started(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    watch = find_watch(tx, int(message.subject))
    if watch is None:
        return None
    if watch.stopped_at:
        return draw_stopped(watch, watch.stopped_at)
    places = tried_places(tx, watch.id)
    answered, silent = [place for place in places if place.ok], [place for place in places if not place.ok]
    return draw_started(watch, answered, silent, next_poll_of(tx, watch.workspace_id) if places else None)


def _draw_reminder(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    reminder = find_reminder(tx, int(message.subject))
    if reminder is None:
        return None
    return redraw_reminder(reminder) if message.ts else draw_reminder(reminder)


def _draw_deleted(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    card, posted = find_card(tx, int(message.subject)), find_message(tx, MessageKind.CARD, message.subject)
    return draw_deleted(card, is_deleted=posted.state is MessageState.DELETED) if card and posted else None


def _draw_improvement(tx: Tx, message: OutMessage, _command: str) -> Message | None:
    demand = find_demand(tx, int(message.subject))
    return draw_improvement(demand, stands_in=message.channel) if demand else None


def _names_of_conversation(tx: Tx, conversation_id: int) -> tuple[str, ...]:
    conversation = find_conversation(tx, conversation_id)
    return _names(tx, conversation.watch_id) if conversation else ()


def _names(tx: Tx, watch_id: int) -> tuple[str, ...]:
    watch = find_watch(tx, watch_id)
    return watch.terms.names if watch else ()


DRAWERS: Final[Mapping[MessageKind, Drawer]] = {
    MessageKind.CARD: _draw_card,
    MessageKind.NOTE: _draw_note,
    MessageKind.ASSIGNED: _draw_assigned,
    MessageKind.BACK: _of(snooze_that_ended, draw_back),
    MessageKind.HELLO: lambda _tx, _message, command: draw_hello(command),
    MessageKind.STARTED: _draw_started,
    MessageKind.BAD_QUERY: _draw_bad_query,
    MessageKind.UNSURE: _of(find_doubts, draw_unsure),
    MessageKind.BRAKE: _of(find_brake, draw_brake),
    MessageKind.ALERT: _draw_alert,
    MessageKind.ROLLUP: _of(find_rollup, draw_rollup),
    MessageKind.REMINDER: _draw_reminder,
    MessageKind.IMPROVEMENT: _draw_improvement,
    MessageKind.DIGEST: _of(find_digest, draw_digest),
    MessageKind.DETAILS: _draw_details,
    MessageKind.DRAFT: _draw_draft,
    MessageKind.JUDGED: _draw_judged,
    MessageKind.LOST_CHANNEL: _of(find_lost_channel, draw_lost_channel),
    MessageKind.DEPARTURE: _draw_departure,
    MessageKind.UNWANTED: lambda _tx, message, _command: draw_unwanted(read_stamp(message.subject)),
    MessageKind.DELETED: _draw_deleted,
    MessageKind.TROUBLE: _draw_trouble,
}
