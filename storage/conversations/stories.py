"""The same story told again: put into the thread of the first card, by the bot where it is sure, else by a press."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation, Mention
from engagement.conversations.press import Act, Decided, Gone, Press, PressResult
from engagement.conversations.stories import Marks, Telling, goes_into_thread, put_into, taken_out, tells_a_story
from engagement.sending.outbox import MessageKind
from storage.calm.rollups import redraw_rollup_of
from storage.conversations.conversations import find_conversation, opens_now, save_conversation
from storage.conversations.copies import has_card, root_of, told_in
from storage.conversations.decided import write_decision
from storage.conversations.decisions import record_press
from storage.conversations.likeness import Like, Told, first_telling, nearest_of, tellings_like
from storage.conversations.mentions import asks_us, opening_mention
from storage.conversations.story_marks import keep_marks
from storage.database import Tx
from storage.sending.cards import queue_card, queue_note_below
from storage.sending.messages import find_message, mark_stale
from storage.sending.redraws import redraw_conversation

# ---- by the bot ----------------------------------------------------------------------------------------------------


def tell_apart(
    tx: Tx, opened: Sequence[Conversation], telling: Telling, *, at: datetime
) -> tuple[list[Conversation], list[Conversation]]:
    """Return which of these get a card, and which stand in the thread of another card: their notes are to be queued.

    They are looked at in their order, so that copies of one poll find each other.
    """
    cards: dict[int, Conversation] = {}
    copies: list[Conversation] = []
    for conversation in opened:
        placed = _place(tx, conversation, telling, coming=cards.keys(), at=at)
        if placed.told_in:
            copies.append(placed)
        else:
            cards[placed.id] = placed
    return list(cards.values()), copies


def known_by_story(
    tx: Tx, doubted: Iterable[Conversation], telling: Telling, *, coming: Collection[int], at: datetime
) -> list[Conversation]:
    """Put those that nobody was sure of, and that tell a story again that has a card, into that card's thread.

    Their names may be words, but the story is about us. Return them: their notes are to be queued. `coming` are the
    conversations whose cards are queued soon.
    """
    return [known for each in doubted if (known := _known(tx, each, telling, coming=coming, at=at))]


def _known(
    tx: Tx, before: Conversation, telling: Telling, *, coming: Collection[int], at: datetime
) -> Conversation | None:
    opening = opening_mention(tx, before.id)
    if opening is None or not tells_a_story(opening.stored.post):
        return None
    post = opening.stored.post
    marks = telling.marks_of(post)
    told = tellings_like(tx, before, post, marks, telling)
    _note_first(tx, before, opening, marks, told, telling)
    keep_marks(tx, before.workspace_id, before.id, marks, doubted=True, at=at)
    nearest = nearest_of(tx, before, post, told, telling, coming=coming, at=at)
    if nearest is None or not goes_into_thread(nearest.alike, opening.reading, asks=asks_us(tx, before.id)):
        return None
    ours = replace(before, unsure=False, alike_to=nearest.card_id, version=before.version + 1)
    after = put_into(ours, nearest.card_id, by="")
    if not save_conversation(tx, after):
        return None
    _note_alike(tx, after, nearest)
    keep_marks(tx, after.workspace_id, after.id, marks, at=at)
    write_decision(tx, before, after, act=Act.TOGETHER, actor="", at=at)
    _follow_card(tx, after.id)
    return after


def note_story(tx: Tx, conversation: Conversation, telling: Telling, *, at: datetime) -> None:
    """Have a conversation that has a card in any case be found by later copies, and say what it may be a copy of."""
    opening = opening_mention(tx, conversation.id)
    if opening is not None:
        _compare(tx, conversation, opening, telling, coming=(), at=at)


def _place(
    tx: Tx, conversation: Conversation, telling: Telling, *, coming: Collection[int], at: datetime
) -> Conversation:
    """Put a copy into the thread of the first card; what somebody has placed once is never placed by us."""
    opening = opening_mention(tx, conversation.id)
    nearest = _compare(tx, conversation, opening, telling, coming=coming, at=at) if opening else None
    if opening is None or nearest is None or conversation.placed_by:
        return conversation
    before = replace(conversation, alike_to=nearest.card_id)
    if not goes_into_thread(nearest.alike, opening.reading, asks=asks_us(tx, before.id)):
        return before
    after = replace(put_into(before, nearest.card_id, by=""), version=before.version + 1)
    if not save_conversation(tx, after):
        return before
    write_decision(tx, before, after, act=Act.TOGETHER, actor="", at=at)
    _follow_card(tx, after.id)
    return after


def _compare(
    tx: Tx, conversation: Conversation, opening: Mention, telling: Telling, *, coming: Collection[int], at: datetime
) -> Like | None:
    """Return what the conversation is like, which it knows by now; later ones find it from here on."""
    post = opening.stored.post
    if not tells_a_story(post):
        return None
    marks = telling.marks_of(post)
    told = tellings_like(tx, conversation, post, marks, telling)
    _note_first(tx, conversation, opening, marks, told, telling)
    nearest = nearest_of(tx, conversation, post, told, telling, coming=coming, at=at)
    keep_marks(tx, conversation.workspace_id, conversation.id, marks, at=at)
    if nearest is not None and not conversation.placed_by:
        _note_alike(tx, conversation, nearest)
    return nearest


def _note_alike(tx: Tx, conversation: Conversation, nearest: Like) -> None:
    """Note what a conversation is like. That is found, not decided, so no decision saves it."""
    sql = "UPDATE conversation SET alike_to = :card_id WHERE id = :id"
    tx.run(sql, id=conversation.id, card_id=nearest.card_id)


def _note_first(
    tx: Tx, conversation: Conversation, opening: Mention, marks: Marks, told: Sequence[Told], telling: Telling
) -> None:
    """Note of which first telling the conversation is a repetition, unless somebody has said where it belongs."""
    if conversation.placed_by:
        return
    reading, post = opening.reading, opening.stored.post
    # Whatever repeats a story knows who told it first, so what is in doubt is sought only where nothing else does.
    first = first_telling(tx, reading, post, told, telling) or first_telling(
        tx, reading, post, tellings_like(tx, conversation, post, marks, telling, doubted=True), telling
    )
    if first:
        sql = "UPDATE conversation SET story_id = :first WHERE id = :id AND story_id = 0"
        tx.run(sql, id=conversation.id, first=first)


def stand_alone_now(tx: Tx, conversations: Iterable[Conversation], *, at: datetime) -> list[Conversation]:
    """Take those out of the threads they stand in in which somebody asks us by now, and return them: they get cards."""
    asking = (each for each in sorted({each.id for each in conversations}) if asks_us(tx, each))
    return [alone for each in asking if (alone := _stand_alone(tx, each, at=at))]


def _stand_alone(tx: Tx, conversation_id: int, *, at: datetime) -> Conversation | None:
    before = find_conversation(tx, conversation_id)
    if before is None or not before.told_in:
        return None
    after = replace(taken_out(before, by=""), version=before.version + 1)
    if not save_conversation(tx, after):
        return None
    write_decision(tx, before, after, act=Act.APART, actor="", at=at)
    _leave_thread(tx, before, at=at)
    # What stood in the channel before it was put together stands there still.
    return None if find_message(tx, MessageKind.CARD, str(before.id)) else find_conversation(tx, before.id)


# ---- by a press ----------------------------------------------------------------------------------------------------


def put_together(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Put a conversation into the thread of what it may be the same story as, with a note there."""
    before = find_conversation(tx, press.conversation_id)
    if before is None or before.workspace_id != workspace_id:
        return Gone()
    stands_for_it = root_of(tx, before.alike_to)
    # Never into what is told in itself.
    fits = stands_for_it != before.id and has_card(tx, stands_for_it)
    press = replace(press, into=before.alike_to if fits else 0)
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    if isinstance(outcome, Decided):
        _follow_card(tx, before.id)
        queue_copy(tx, outcome.conversation, at=at)
    return outcome


def take_apart(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Say that a conversation tells another story; taken out of a thread it has a card of its own, at once."""
    before = find_conversation(tx, press.conversation_id)
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    if before is not None and before.told_in and isinstance(outcome, Decided):
        _leave_thread(tx, before, at=at)
        after = find_conversation(tx, before.id) or outcome.conversation
        queue_card(tx, after, held=False, at=at)
        return Decided(conversation=after)
    return outcome


# ---- both ----------------------------------------------------------------------------------------------------------


def queue_copy(tx: Tx, copy: Conversation, *, at: datetime) -> None:
    """Have a copy told in the thread of the card that stands for it, and have that card say so."""
    opening = opening_mention(tx, copy.id)
    if opening is not None:
        queue_note_of_copy(tx, copy.id, opening.id, at=at)


def queue_note_of_copy(tx: Tx, copy_id: int, mention_id: int, *, at: datetime) -> None:
    """Have a mention in a copy told in the thread of the card that stands for it."""
    root = root_of(tx, copy_id)
    card = find_message(tx, MessageKind.CARD, str(root))
    if card is not None:
        queue_note_below(tx, card, mention_id, at=at)
    mark_stale(tx, MessageKind.NOTE, str(mention_id))
    # Nothing else that shows the conversation says how often its story is told.
    mark_stale(tx, MessageKind.CARD, str(root))
    redraw_rollup_of(tx, root)


def _leave_thread(tx: Tx, before: Conversation, *, at: datetime) -> None:
    """Have a conversation stand where the card stood that stood for it."""
    root = find_conversation(tx, root_of(tx, before.told_in))
    if root is not None:
        tx.run("UPDATE conversation SET channel = :channel WHERE id = :id", id=before.id, channel=root.channel)
        redraw_conversation(tx, root.id)
    if find_message(tx, MessageKind.CARD, str(before.id)) is None:
        opens_now(tx, before.id, at=at)
    _follow_card(tx, before.id)
    redraw_conversation(tx, before.id)


def _follow_card(tx: Tx, conversation_id: int) -> None:
    """Have the mentions of a conversation, and of what is told in it, count as their card is decided on."""
    root = root_of(tx, conversation_id)
    tx.many(
        """UPDATE mention SET card_id = CASE WHEN conversation_id = CAST(:root AS BIGINT) THEN NULL
             ELSE CAST(:root AS BIGINT) END WHERE conversation_id = :id""",
        [{"id": number, "root": root} for number in (conversation_id, *told_in(tx, conversation_id))],
    )
