"""The noise lists as people change them, and what they left out: counted, listed, and shown after all."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from engagement.calm.noise import Entry, LeftOut, NoiseLists, entry_of, noise_lists
from engagement.conversations.conversation import Conversation, Mention
from engagement.conversations.press import Act, Decided, Press
from engagement.dataclass import dataclass
from engagement.sending.outbox import MessageKind
from engagement.workspace import owed_from
from storage.calm.mutes import add_mute, find_mute, mutes_of
from storage.calm.muting import unmute
from storage.conversations.conversations import find_conversation, opens_now, settle_is_open
from storage.conversations.copies import is_told_elsewhere
from storage.conversations.decisions import record_press
from storage.conversations.mentions import asks_us, find_mention
from storage.conversations.stories import stand_alone_now
from storage.database import Row, Tx, count
from storage.listening.sightings import ask_us, queue_note
from storage.listening.watches import find_watch
from storage.sending.cards import queue_card
from storage.sending.messages import find_message
from storage.stamps import stamp
from storage.understanding.weights import weigh_conversation
from storage.workspaces import asking_workspace

LATELY = timedelta(days=7)
# What a conversation that was muted brings is no news to whoever muted it.
LEFT_OUT = """FROM mention JOIN mute ON mute.id = mention.mute_id
  WHERE mention.workspace_id = :workspace_id AND mention.mute_id > 0 AND mute.scope <> 'conversation'"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A mention that was left out is shown: where the card of its conversation stands, or will in a moment."""

    conversation_id: int
    channel: str


def find_noise(tx: Tx, workspace_id: str, *, watch_id: int = 0, now: datetime) -> NoiseLists:
    """Return the noise lists of one watch, or those of all."""
    return noise_lists(mutes_of(tx, workspace_id, now=now), watch_id=watch_id)


def save_noise(
    tx: Tx, workspace_id: str, entries: Iterable[Entry], *, watch_id: int = 0, drawn: str, by: str, at: datetime
) -> bool:
    """Have the lists hold `entries`, if nobody changed them since they were `drawn`; return whether they do.

    What is no longer listed is heard again, and cards that it silenced are drawn in full.
    """
    lists = find_noise(tx, workspace_id, watch_id=watch_id, now=at)
    if lists.version != drawn:
        return False
    wanted = dict.fromkeys(entries)
    standing = {entry_of(mute): mute for mute in lists.shown}
    for entry, mute in standing.items():
        if entry not in wanted:
            unmute(tx, workspace_id, mute.id, by=by, at=at)
    add_noise(tx, workspace_id, (entry for entry in wanted if entry not in standing), watch_id=watch_id, by=by, at=at)
    return True


def add_noise(tx: Tx, workspace_id: str, entries: Iterable[Entry], *, watch_id: int = 0, by: str, at: datetime) -> None:
    """Add entries to the lists of one watch, or of all; what stands there stays."""
    for entry in entries:
        add_mute(
            tx,
            workspace_id,
            entry.scope,
            community=entry.community,
            author=entry.author,
            value=entry.value,
            watch_id=watch_id,
            until=None,
            by=by,
            at=at,
        )


def count_left_out(tx: Tx, workspace_id: str, *, starts_at: datetime, ends_at: datetime) -> int:
    """Return how many mentions the noise lists left out in [starts_at, ends_at)."""
    return count(
        tx,
        f"{LEFT_OUT} AND mention.noticed_at >= :starts_at AND mention.noticed_at < :ends_at",
        workspace_id=workspace_id,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
    )


def left_out_lately(tx: Tx, workspace_id: str, *, now: datetime) -> int:
    """Return how many mentions the noise lists left out in the last seven days."""
    return count_left_out(tx, workspace_id, starts_at=now - LATELY, ends_at=now)


def left_out(tx: Tx, workspace_id: str, *, limit: int) -> list[LeftOut]:
    """Return the latest mentions that were left out, the newest first."""
    rows = tx.all(
        f"SELECT mention.id, mention.mute_id {LEFT_OUT} ORDER BY mention.noticed_at DESC, mention.id DESC LIMIT :limit",
        workspace_id=workspace_id,
        limit=limit,
    )
    return [each for row in rows if (each := _left_out_from(tx, row))]


def _left_out_from(tx: Tx, row: Row) -> LeftOut | None:
    mention, mute = find_mention(tx, row["id"]), find_mute(tx, row["mute_id"])
    if mention is None or mute is None:
        return None
    post = mention.stored.post
    return LeftOut(
        mention_id=mention.id,
        title=post.title or post.text,
        url=post.url,
        community=post.community,
        author=post.author,
        at=mention.stored.written_at,
        mute=mute,
    )


def show_left_out(tx: Tx, workspace_id: str, mention_id: int, *, by: str, at: datetime) -> Shown | None:
    """Have a mention that was left out count as any other: its card is posted, or a word of it in the card's thread.

    The noise list stays as it is. None where it is left out no more, because somebody was first.
    """
    heard = tx.run(
        "UPDATE mention SET mute_id = 0 WHERE id = :id AND workspace_id = :workspace_id AND mute_id > 0",
        id=mention_id,
        workspace_id=workspace_id,
    )
    mention = find_mention(tx, mention_id) if heard else None
    conversation = find_conversation(tx, mention.conversation_id) if mention else None
    if mention is None or conversation is None:
        return None
    for act in [Act.UNMUTE] * conversation.is_muted + [Act.US] * conversation.unsure:
        press = Press(act=act, conversation_id=conversation.id, by=by, drawn=conversation.version)
        outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
        conversation = outcome.conversation if isinstance(outcome, Decided) else conversation
    _count_it(tx, conversation, mention, at=at)
    stand_alone_now(tx, [conversation], at=at)
    if not is_told_elsewhere(tx, conversation.id) and not find_message(tx, MessageKind.CARD, str(conversation.id)):
        opens_now(tx, conversation.id, at=at)
        queue_card(tx, conversation, held=False, at=at)
    else:
        queue_note(tx, conversation, mention.id, at=at)
    return Shown(conversation_id=conversation.id, channel=conversation.channel)


def _count_it(tx: Tx, conversation: Conversation, mention: Mention, *, at: datetime) -> None:
    """Have it wait for us where it asks."""
    watch = find_watch(tx, conversation.watch_id)
    if mention.reading.ours_to_answer and watch is not None:
        asked_before = asks_us(tx, conversation.id)
        tx.run("UPDATE mention SET waits_for_us = 1 WHERE id = :id", id=mention.id)
        weigh_conversation(tx, conversation.id)
        owed = owed_from(at, watch, asking_workspace(tx, conversation.workspace_id))
        asked_at = mention.stored.written_at
        ask_us(tx, conversation, mention.id, asked_at, asked_before=asked_before, owed=owed, at=at)
    settle_is_open(tx, conversation.id)
