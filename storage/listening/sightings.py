"""From sightings to mentions, conversations and messages to send: in the transaction that stores the posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from engagement.calm.brake import WINDOW, BrakeLimits, let_through
from engagement.conversations.conversation import Conversation, Sighting
from engagement.conversations.decide import asked_again
from engagement.conversations.press import Act
from engagement.conversations.stories import Telling
from engagement.sending.outbox import MessageKind
from engagement.turns.target import Deadline
from engagement.workspace import Workspace, owed_from
from storage.calm.alerts import look_for_surges
from storage.calm.brakes import hold, open_brake
from storage.calm.mutes import mute_that_silences, still_in_force
from storage.calm.rollups_due import keep_for_rollups, wait_again
from storage.conversations.cards import count_cards_since, count_untouched
from storage.conversations.conversations import (
    find_conversation,
    lock_by_thread,
    open_conversation,
    opens_now,
    save_conversation,
    waits_since,
)
from storage.conversations.copies import is_told_elsewhere
from storage.conversations.decided import write_decision
from storage.conversations.mentions import add_mention, asks_us, is_noticed, later_mentions
from storage.conversations.stories import known_by_story, queue_copy, queue_note_of_copy, stand_alone_now, tell_apart
from storage.database import Tx
from storage.sending.cards import queue_card, queue_note_below
from storage.sending.lost import keep_in_sight
from storage.sending.messages import find_message
from storage.sending.redraws import redraw_conversation
from storage.understanding.putting_aside import shown_or_put_aside

# A conversation and the number of a later mention of it.
Note = tuple[Conversation, int]


def notice(
    tx: Tx,
    sightings: Sequence[Sighting],
    post_ids: Mapping[tuple[str, ...], int],
    *,
    limits: BrakeLimits,
    workspace: Workspace,
    at: datetime,
    telling: Telling | None = None,
) -> int:
    """Turn sightings into mentions; return how many were new.

    The first mention of a thread opens a conversation with a card of its own; later ones go into that card's
    thread. One that is unsure opens a conversation without a card, which gets one with the first mention that is sure.
    A post that is a mention already stays one. What is muted is kept, gets no message, and waits for nobody. With
    `telling`, what tells a story again that has a card goes into that card's thread, unless it asks us something; also
    what nobody is sure of.
    `post_ids` has the number of each post by its keys.
    """
    noticed = _Noticed()
    for sighting in sightings:
        post_id = post_ids[sighting.post.keys]
        if not is_noticed(tx, sighting.watch.workspace_id, post_id):
            noticed.watch_ids.append(sighting.watch.id)
            _keep(tx, noticed, sighting, post_id, owed=owed_from(at, sighting.watch, workspace), at=at)
    sure = [each for each in noticed.opened if not each.unsure]
    cards, copies = tell_apart(tx, sure, telling, at=at) if telling else (sure, [])
    if telling:
        unsure = [each for each in noticed.opened if each.unsure]
        copies += known_by_story(tx, unsure, telling, coming=[each.id for each in cards], at=at)
    cards += stand_alone_now(tx, [each for each, _ in noticed.notes], at=at)
    queue_cards(tx, keep_for_rollups(tx, cards, at=at), limits=limits, at=at)
    # After the cards: a poll may bring a conversation and what follows in it.
    for copy in copies:
        queue_copy(tx, copy, at=at)
    for conversation, mention_id in noticed.notes:
        queue_note(tx, conversation, mention_id, at=at)
    look_for_surges(tx, set(noticed.watch_ids), at=at)
    return len(noticed.watch_ids)


@dataclass(slots=True)
class _Noticed:
    """What is new so far: the watch of each mention, the conversations that want a card, and what goes below one."""

    watch_ids: list[int] = field(default_factory=list)
    opened: list[Conversation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def _keep(tx: Tx, noticed: _Noticed, sighting: Sighting, post_id: int, *, owed: Deadline, at: datetime) -> None:
    """Make a sighting a mention of its conversation, which it may open."""
    mute_id = _mute_of(tx, sighting, at=at)
    conversation = lock_by_thread(tx, sighting.watch.workspace_id, sighting.post.thread_key)
    if conversation is None:
        sighting = sighting if mute_id else shown_or_put_aside(tx, sighting, at=at)
        waits = sighting.reading.ours_to_answer and not sighting.before_start
        warn_at = owed.warn_at if waits and not mute_id else None
        new = open_conversation(tx, sighting, warn_at=warn_at, mute_id=mute_id, at=at)
        add_mention(tx, sighting, post_id, new.id, mute_id=mute_id, at=at)
        noticed.opened += [] if mute_id else [new]
    elif mute_id:
        add_mention(tx, sighting, post_id, conversation.id, mute_id=mute_id, at=at)
    elif conversation.unsure and sighting.sure and not conversation.dismissed_by:
        ours = _become_sure(tx, conversation, at=at)
        noticed.opened += [ours] if ours else []
        _add_later(tx, ours or conversation, sighting, post_id, owed=owed, at=at)
        noticed.notes += [(ours, each) for each in later_mentions(tx, ours.id)] if ours else []
    else:
        has_card, mention_id = _add_later(tx, conversation, sighting, post_id, owed=owed, at=at)
        noticed.opened += [] if has_card else [conversation]
        noticed.notes.append((conversation, mention_id))


def _mute_of(tx: Tx, sighting: Sighting, *, at: datetime) -> int:
    """Return the number of a mute that leaves a sighting out, 0 for none; it may have been taken back since."""
    watch = sighting.watch
    found = still_in_force(tx, sighting.mute_id, at=at)
    return found or mute_that_silences(tx, watch.workspace_id, sighting.post, watch_id=watch.id, at=at)


def _add_later(
    tx: Tx, conversation: Conversation, sighting: Sighting, post_id: int, *, owed: Deadline, at: datetime
) -> tuple[bool, int]:
    """Add a mention to a conversation there is; return whether that has a card, and the number of the mention."""
    has_card = not conversation.is_muted or _is_heard_again(tx, conversation, at=at)
    conversation = find_conversation(tx, conversation.id) or conversation
    asked_before = asks_us(tx, conversation.id)
    mention_id = add_mention(tx, sighting, post_id, conversation.id, at=at)
    if sighting.reading.ours_to_answer:
        asked_at = sighting.post.published_at or at
        ask_us(tx, conversation, mention_id, asked_at, asked_before=asked_before, owed=owed, at=at)
    return has_card, mention_id


def ask_us(
    tx: Tx,
    conversation: Conversation,
    mention_id: int,
    asked_at: datetime,
    *,
    asked_before: bool,
    owed: Deadline,
    at: datetime,
) -> None:
    """Have a mention of the conversation, written at `asked_at`, wait for us, unless an earlier one does already."""
    again = _ask_again(tx, conversation, owed=owed, at=at)
    if again or not asked_before:
        waits_since(tx, conversation.id, mention_id, asked_at, warn_at=owed.warn_at)


def _is_heard_again(tx: Tx, conversation: Conversation, *, at: datetime) -> bool:
    """Let a conversation be heard again whose mute is over; return whether it has a card."""
    after = replace(conversation, mute_id=0, version=conversation.version + 1)
    if save_conversation(tx, after):
        write_decision(tx, conversation, after, act=Act.UNMUTE, actor="", at=at)
    has_card = find_message(tx, MessageKind.CARD, str(conversation.id)) is not None
    if not has_card:
        opens_now(tx, conversation.id, at=at)
    return has_card


def _become_sure(tx: Tx, conversation: Conversation, *, at: datetime) -> Conversation | None:
    """Take the conversation for ours, since something said in it now is; None where somebody decided just then."""
    after = replace(conversation, unsure=False, mute_id=0, version=conversation.version + 1)
    if not save_conversation(tx, after):
        return None
    write_decision(tx, conversation, after, act=Act.US, actor="", at=at)
    opens_now(tx, after.id, at=at)
    redraw_conversation(tx, after.id)
    return after


def _ask_again(tx: Tx, conversation: Conversation, *, owed: Deadline, at: datetime) -> bool:
    """Have it be our turn again, if what the conversation held was settled or put aside; return whether it was settled.

    What was only put aside waits since before.
    """
    after = asked_again(conversation, owed=owed, at=at)
    if after is None or not save_conversation(tx, after):
        return False
    was_settled = after.reply != conversation.reply
    act = Act.ASKED_AGAIN if was_settled else Act.WAKE
    write_decision(tx, conversation, after, act=act, actor="", at=at)
    return was_settled


def queue_note(tx: Tx, conversation: Conversation, mention_id: int, *, at: datetime) -> None:
    """Queue the word on a later mention for the thread of the card that stands for its conversation."""
    if is_told_elsewhere(tx, conversation.id):
        queue_note_of_copy(tx, conversation.id, mention_id, at=at)
        return
    keep_in_sight(tx, conversation.id, at=at)
    card = find_message(tx, MessageKind.CARD, str(conversation.id))
    if card is not None:
        queue_note_below(tx, card, mention_id, at=at)
    wait_again(tx, conversation.id)
    redraw_conversation(tx, conversation.id)


def queue_notes(tx: Tx, conversation: Conversation, *, at: datetime) -> None:
    """Queue the word on all that was said in a conversation until somebody said that it is ours."""
    for mention_id in later_mentions(tx, conversation.id):
        queue_note(tx, conversation, mention_id, at=at)


def queue_cards(tx: Tx, opened: Sequence[Conversation], *, limits: BrakeLimits, at: datetime) -> None:
    """Queue a card for each, as many as each channel can take; the rest is held behind the brake."""
    for channel in sorted({(each.workspace_id, each.channel) for each in opened}):
        new = [each for each in opened if (each.workspace_id, each.channel) == channel]
        # The new ones stand in the rows already, so they are taken off both counts.
        through = let_through(
            cards_last_hour=count_cards_since(tx, *channel, at - WINDOW) - len(new),
            untouched=count_untouched(tx, *channel) - len(new),
            new=len(new),
            limits=limits,
        )
        for conversation in new[:through]:
            queue_card(tx, conversation, held=False, at=at)
        if new[through:]:
            brake_id = open_brake(tx, *channel, at=at)
            for conversation in new[through:]:
                hold(tx, brake_id, conversation.id)
                queue_card(tx, conversation, held=True, at=at)
