"""A mute and the conversations it silences: from a card, and taken back."""

from dataclasses import replace
from datetime import datetime

from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act, Decided, Gone, Outdated, Press, PressResult
from engagement.conversations.standing import may_be_muted
from engagement.sending.outbox import MessageKind
from engagement.sites import host_of
from storage.calm.mutes import add_mute, end_mute
from storage.conversations.cards import find_card
from storage.conversations.conversations import find_conversation
from storage.conversations.decided import latest_decision
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.sending.messages import find_message

# What a card has of its own; a word is written down.
OFFERED = frozenset(MuteScope) - {MuteScope.TERM}


def mute_from_card(
    tx: Tx, press: Press, scope: MuteScope, *, until: datetime | None, workspace_id: str, at: datetime
) -> PressResult:
    """Mute what a card is about, and the card with it.

    A card that a promise stands on, or that is settled, stays as it is: then an author or a community is muted from
    the next post on, and the conversation itself cannot be.
    """
    card = find_card(tx, press.conversation_id)
    if card is None or card.conversation.workspace_id != workspace_id:
        return Gone()
    before, post = card.conversation, card.opening.stored.post
    silences_it = may_be_muted(before)
    is_offered = scope in OFFERED and (scope is not MuteScope.SITE or host_of(post.url))
    if press.drawn != before.version or not is_offered or (scope is MuteScope.CONVERSATION and not silences_it):
        return Outdated(conversation=before, first=latest_decision(tx, before.id))
    mute_id = add_mute(
        tx,
        workspace_id,
        scope,
        community=post.community,
        author=post.author,
        value=host_of(post.url),
        thread_key=post.thread_key,
        until=until,
        by=press.by,
        at=at,
    )
    if not silences_it:
        return Decided(conversation=before)
    return record_press(tx, replace(press, act=Act.MUTE, mute_id=mute_id), workspace_id=workspace_id, at=at)


def unmute_from_card(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Have the conversation heard again, and take back the mute that silenced it."""
    before = find_conversation(tx, press.conversation_id)
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    if before is not None and isinstance(outcome, Decided):
        unmute(tx, workspace_id, before.mute_id, by=press.by, at=at)
    return outcome


def unmute(tx: Tx, workspace_id: str, mute_id: int, *, by: str, at: datetime) -> bool:
    """Take a mute back, and have the cards that it silenced drawn in full; False when no such mute is in force.

    What came in meanwhile without a card stays without one, until somebody writes there again.
    """
    if not end_mute(tx, workspace_id, mute_id, by=by, at=at):
        return False
    silenced = tx.all("SELECT id, version FROM conversation WHERE mute_id = :id AND mute_id > 0", id=mute_id)
    for row in silenced:
        if find_message(tx, MessageKind.CARD, str(row["id"])) is not None:
            press = Press(act=Act.UNMUTE, conversation_id=row["id"], by=by, drawn=row["version"])
            record_press(tx, press, workspace_id=workspace_id, at=at)
    return True
