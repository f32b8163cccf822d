"""Conversations: one card each."""

from datetime import datetime

from engagement.conversations.conversation import (
    Conversation,
    Sighting,
)
from engagement.conversations.standing import is_open
from storage.conversations.conversation_rows import conversation_from, decision_values
from storage.conversations.mentions import asks_us
from storage.database import Tx, assigned, the_row
from storage.stamps import stamp, stamp_or_none
from storage.understanding.weights import how_it_ended, weigh_conversation, weigh_others_anew


def find_conversation(tx: Tx, conversation_id: int) -> Conversation | None:
    """Return one conversation, None when it is not there."""
    row = tx.one("SELECT * FROM conversation WHERE id = :id", id=conversation_id)
    return conversation_from(row) if row else None


def lock_by_thread(tx: Tx, workspace_id: str, thread_key: str) -> Conversation | None:
    """Return the workspace's conversation of a thread, held until the transaction ends; None when there is none yet.

    A press that another process stores at the same moment either counts before what is decided here, or comes after
    it. (On SQLite the whole file is held.)
    """
    row = tx.one(
        """UPDATE conversation SET version = version
           WHERE workspace_id = :workspace_id AND thread_key = :thread_key RETURNING *""",
        workspace_id=workspace_id,
        thread_key=thread_key,
    )
    return conversation_from(row) if row else None


def open_conversation(
    tx: Tx, sighting: Sighting, *, warn_at: datetime | None = None, mute_id: int = 0, at: datetime
) -> Conversation:
    """Open the conversation that this sighting begins; where a mute silences it, nothing is left to do in it.

    From `warn_at` on, nobody having it is worth a word.
    """
    row = the_row(
        tx,
        """INSERT INTO conversation (workspace_id, watch_id, channel, thread_key, community, opened_at, asked_at,
             pressing_since, warn_at, mute_id, unsure, is_open)
           VALUES (:workspace_id, :watch_id, :channel, :thread_key, :community, :at, :asked_at,
             :asked_at, :warn_at, :mute_id, :unsure, :is_open) RETURNING *""",
        workspace_id=sighting.watch.workspace_id,
        watch_id=sighting.watch.id,
        channel=sighting.watch.channel,
        thread_key=sighting.post.thread_key,
        community=sighting.post.community,
        at=stamp(at),
        asked_at=stamp(sighting.post.published_at or at),
        warn_at=stamp_or_none(warn_at),
        mute_id=mute_id,
        unsure=int(not sighting.sure),
        is_open=int(sighting.sure and not mute_id),
    )
    return conversation_from(row)


def opens_now(tx: Tx, conversation_id: int, *, at: datetime) -> None:
    """Record that the conversation, silent so far because it was muted or unsure, gets its card now."""
    tx.run("UPDATE conversation SET opened_at = :at WHERE id = :id", id=conversation_id, at=stamp(at))


def waits_since(
    tx: Tx, conversation_id: int, mention_id: int, asked_at: datetime, *, warn_at: datetime | None = None
) -> bool:
    """Record that what waits for us in the conversation is this mention, written at `asked_at`.

    Return whether it was another until now. `warn_at` counts where nothing asked us before.
    """
    is_another = bool(
        tx.run(
            """UPDATE conversation SET asking_mention_id = :mention_id, asked_at = :asked_at,
                 warn_at = COALESCE(warn_at, CAST(:warn_at AS TEXT))
               WHERE id = :id AND (asking_mention_id <> :mention_id OR asked_at <> :asked_at)""",
            id=conversation_id,
            mention_id=mention_id,
            asked_at=stamp(asked_at),
            warn_at=stamp_or_none(warn_at),
        )
    )
    if is_another:
        weigh_conversation(tx, conversation_id)
    return is_another


def save_conversation(tx: Tx, after: Conversation) -> bool:
    """Store what was decided, if nobody decided since: the row must still have the version before.

    Once it is settled, or no longer, it counts where the same person waits elsewhere.
    """
    ended = how_it_ended(tx, after.id)
    values = decision_values(after) | {
        "is_open": int(is_open(after, ours_to_answer=asks_us(tx, after.id))),
        "unsure": int(after.unsure),
        "version": after.version,
    }
    sql = f"UPDATE conversation SET {assigned(values)} WHERE id = :id AND version = :version - 1"  # noqa: S608 - our own names
    is_saved = bool(tx.run(sql, id=after.id, **values))
    if is_saved and how_it_ended(tx, after.id) != ended:
        weigh_others_anew(tx, after.workspace_id, after.id)
    return is_saved


def settle_is_open(tx: Tx, conversation_id: int) -> None:
    """Say anew whether anything is left to decide or to answer, after what the conversation holds has changed."""
    conversation = find_conversation(tx, conversation_id)
    if conversation:
        ended = how_it_ended(tx, conversation_id)
        still = is_open(conversation, ours_to_answer=asks_us(tx, conversation_id))
        tx.run("UPDATE conversation SET is_open = :still WHERE id = :id", id=conversation_id, still=int(still))
        if how_it_ended(tx, conversation_id) != ended:
            weigh_others_anew(tx, conversation.workspace_id, conversation_id)
