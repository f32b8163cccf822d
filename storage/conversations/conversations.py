"""Conversations: one card each."""

from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import (
    Answer,
    Card,
    Conversation,
    CountedFor,
    Mention,
    Reply,
    ReplyState,
    Sighting,
)
from engagement.conversations.snooze import Snooze
from engagement.conversations.standing import is_open, is_reacted, waits_for_us
from engagement.understanding.reading import Kind, Tag
from engagement.voice.draft import DraftState
from storage.calm.mutes import find_mute
from storage.conversations.copies import copies_of, earlier_of
from storage.conversations.mentions import SINCE_ASKED_AGAIN, asks_us, opening_mention
from storage.database import Row, Tx, assigned, count, the_row
from storage.improvements.demands import count_who_asked
from storage.improvements.improvements import find_improvement
from storage.improvements.theme_offers import offered_for
from storage.improvements.themes import themes_in
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none
from storage.team.labels import labels_here
from storage.understanding.weights import weigh_conversation

# As Conversation.is_snoozed says.
SNOOZED = "(conversation.snoozed_until IS NOT NULL AND conversation.back_at IS NULL)"
# As Conversation.is_untouched says; what was dismissed, answered or muted is open no more.
# Without COALESCE, SQLite would seek nobody as the one who promised, who has promised most of what is open.
UNTOUCHED = f"""conversation.is_open = 1 AND conversation.tag IS NULL AND COALESCE(conversation.claimed_by, '') = ''
  AND NOT {SNOOZED}"""


# Its card stands in no channel yet: a roll-up tells of it, or will.
ROLLED_UP = """EXISTS (SELECT 1 FROM rollup_card WHERE rollup_card.conversation_id = conversation.id
             AND rollup_card.posted_at IS NULL)"""


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
    """Store what was decided, if nobody decided since: the row must still have the version before."""
    values = decision_values(after) | {
        "is_open": int(is_open(after, ours_to_answer=asks_us(tx, after.id))),
        "unsure": int(after.unsure),
        "version": after.version,
    }
    sql = f"UPDATE conversation SET {assigned(values)} WHERE id = :id AND version = :version - 1"  # noqa: S608 - our own names
    return bool(tx.run(sql, id=after.id, **values))


def settle_is_open(tx: Tx, conversation_id: int) -> None:
    """Say anew whether anything is left to decide or to answer, after what the conversation holds has changed."""
    conversation = find_conversation(tx, conversation_id)
    if conversation:
        still = is_open(conversation, ours_to_answer=asks_us(tx, conversation_id))
        tx.run("UPDATE conversation SET is_open = :still WHERE id = :id", id=conversation_id, still=int(still))


def find_card(tx: Tx, conversation_id: int) -> Card | None:
    """Return everything the conversation's card shows, None when there is no such conversation."""
    conversation = find_conversation(tx, conversation_id)
    opening = opening_mention(tx, conversation_id)
    if conversation is None or opening is None:
        return None
    later = the_row(
        tx,
        f"""SELECT COUNT(*) AS more,
             COALESCE(SUM(CASE WHEN waits_for_us = 1 AND {SINCE_ASKED_AGAIN} THEN 1 ELSE 0 END), 0) AS asking
            FROM mention WHERE conversation_id = :id AND id > :opening""",  # noqa: S608 - a constant
        id=conversation_id,
        opening=opening.id,
    )
    waits = waits_for_us(conversation, ours_to_answer=asks_us(tx, conversation_id))
    return Card(
        conversation=conversation,
        opening=opening,
        more=later["more"],
        waiting=int(later["asking"]) if waits else 0,
        times_seen=_times_seen(tx, conversation, opening),
        answered_before=_answered_before(tx, conversation, opening),
        mute=find_mute(tx, conversation.mute_id) if conversation.is_muted else None,
        labels=labels_here(tx, conversation.workspace_id, opening.stored),
        counted_for=_counted_for(tx, conversation),
        offered=offered_for(tx, conversation),
        drafts_asking=_drafts_asking(tx, conversation_id),
        likes=themes_in(tx, opening.id) if opening.reading.kind is Kind.PRAISE else (),
        copies=copies_of(tx, conversation_id),
        earlier=earlier_of(tx, conversation),
    )


def _counted_for(tx: Tx, conversation: Conversation) -> CountedFor | None:
    improvement = find_improvement(tx, conversation.improvement_id) if is_reacted(conversation) else None
    return CountedFor(improvement=improvement, people=count_who_asked(tx, improvement.id)) if improvement else None


def _drafts_asking(tx: Tx, conversation_id: int) -> tuple[str, ...]:
    asking = "SELECT written_by FROM draft WHERE conversation_id = :id AND state = :asked ORDER BY id"
    return tuple(row["written_by"] for row in tx.all(asking, id=conversation_id, asked=DraftState.ASKED.value))


def _times_seen(tx: Tx, conversation: Conversation, opening: Mention) -> int:
    # Nobody is nobody's second time; and a community without authors has a great many posts by nobody.
    if not opening.stored.post.author:
        return 1
    return count(
        tx,
        """FROM post JOIN mention ON mention.post_id = post.id
           JOIN conversation ON conversation.id = mention.conversation_id
           WHERE post.community = :community AND post.author = :author AND mention.workspace_id = :workspace_id
             AND mention.id <= :opening AND conversation.unsure = 0""",
        community=opening.stored.post.community,
        author=opening.stored.post.author,
        workspace_id=conversation.workspace_id,
        opening=opening.id,
    )


def _answered_before(tx: Tx, conversation: Conversation, opening: Mention) -> Answer | None:
    """Return the latest answer of ours that the author of `opening` had in an earlier conversation."""
    if not opening.stored.post.author:
        return None
    row = tx.one(
        """SELECT conversation.answered_by, conversation.answered_at FROM post
           JOIN mention ON mention.post_id = post.id JOIN conversation ON conversation.id = mention.conversation_id
           WHERE post.community = :community AND post.author = :author AND mention.workspace_id = :workspace_id
             AND mention.id < :opening AND conversation.id <> :id AND conversation.reply_state = 'answered'
             AND conversation.answered_at IS NOT NULL AND conversation.dismissed_by = ''
           ORDER BY conversation.answered_at DESC LIMIT 1""",
        community=opening.stored.post.community,
        author=opening.stored.post.author,
        workspace_id=conversation.workspace_id,
        opening=opening.id,
        id=conversation.id,
    )
    return Answer(by=row["answered_by"], at=read_stamp(row["answered_at"])) if row else None


def count_untouched(tx: Tx, workspace_id: str, channel: str) -> int:
    """Return how many cards stand in the channel that nobody has decided on; held and rolled up ones do not."""
    standing = f"""conversation.workspace_id = :workspace_id AND conversation.channel = :channel AND {UNTOUCHED}
      AND NOT {ROLLED_UP}"""
    # Not in one: what a brake holds may be a hundred thousand, and is passed over without a look.
    never_held = f"FROM conversation WHERE {standing} AND conversation.brake_id IS NULL"
    # CROSS JOIN has SQLite begin with the brakes.
    let_go = f"""FROM brake CROSS JOIN conversation WHERE conversation.brake_id = brake.id
      AND brake.workspace_id = :workspace_id AND brake.released_at IS NOT NULL AND {standing}"""
    where = {"workspace_id": workspace_id, "channel": channel}
    return count(tx, never_held, **where) + count(tx, let_go, **where)


def count_cards_since(tx: Tx, workspace_id: str, channel: str, since: datetime) -> int:
    """Return how many cards went out to the channel, or are on their way, since `since`."""
    return count(
        tx,
        f"""FROM conversation WHERE workspace_id = :workspace_id AND channel = :channel
             AND opened_at > :since AND brake_id IS NULL AND mute_id = 0 AND unsure = 0 AND told_in = 0
             AND NOT {ROLLED_UP}""",
        workspace_id=workspace_id,
        channel=channel,
        since=stamp(since),
    )


def conversation_from(row: Row) -> Conversation:
    """Return a row of `conversation`."""
    undecided = Conversation(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        watch_id=row["watch_id"],
        unsure=bool(row["unsure"]),
        unseen=bool(row["unseen"]),
        alike_to=row["alike_to"],
        version=row["version"],
    )
    return with_decision(undecided, row)


def with_decision(conversation: Conversation, row: Row) -> Conversation:
    """Return the conversation as decided on in `row`, which has the columns of `decision_values`."""
    return replace(
        conversation,
        tag=Tag(row["tag"]) if row["tag"] else None,
        tagged_by=row["tagged_by"],
        tagged_at=read_stamp_or_none(row["tagged_at"]),
        dismissed_by=row["dismissed_by"],
        dismissed_at=read_stamp_or_none(row["dismissed_at"]),
        reply=reply_from(row),
        snooze=snooze_from(row),
        mute_id=row["mute_id"],
        improvement_id=row["improvement_id"],
        told_in=row["told_in"],
        apart_from=row["apart_from"],
        placed_by=row["placed_by"],
    )


def snooze_from(row: Row) -> Snooze | None:
    """Return what a row of `conversation` says of its snooze, None when it was not put aside."""
    until = read_stamp_or_none(row["snoozed_until"])
    if until is None:
        return None
    back_at = read_stamp_or_none(row["back_at"])
    return Snooze(until=until, by=row["snoozed_by"], reason=row["snooze_reason"], back_at=back_at)


def reply_from(row: Row) -> Reply:
    """Return what a row of `conversation` says of the reply."""
    return Reply(
        state=ReplyState(row["reply_state"]),
        due_at=read_stamp_or_none(row["due_at"]),
        warn_at=read_stamp_or_none(row["warn_at"]),
        claimed_by=row["claimed_by"],
        claimed_at=read_stamp_or_none(row["claimed_at"]),
        assigned_by=row["assigned_by"],
        answered_by=row["answered_by"],
        answered_at=read_stamp_or_none(row["answered_at"]),
        answer_url=row["answer_url"],
        answer_seen=bool(row["answer_seen"]),
        helper=row["helper"],
    )


def decision_values(conversation: Conversation) -> dict[str, object]:
    """Return the columns of `conversation` that a decision changes; also what the history keeps."""
    reply, snooze = conversation.reply, conversation.snooze
    return {
        "tag": conversation.tag.value if conversation.tag else None,
        "tagged_by": conversation.tagged_by,
        "tagged_at": stamp_or_none(conversation.tagged_at),
        "dismissed_by": conversation.dismissed_by,
        "dismissed_at": stamp_or_none(conversation.dismissed_at),
        "reply_state": reply.state.value,
        "due_at": stamp_or_none(reply.due_at),
        "warn_at": stamp_or_none(reply.warn_at),
        "claimed_by": reply.claimed_by,
        "claimed_at": stamp_or_none(reply.claimed_at),
        "assigned_by": reply.assigned_by,
        "answered_by": reply.answered_by,
        "answered_at": stamp_or_none(reply.answered_at),
        "answer_url": reply.answer_url,
        "answer_seen": int(reply.answer_seen),
        "helper": reply.helper,
        "snoozed_until": stamp(snooze.until) if snooze else None,
        "snoozed_by": snooze.by if snooze else "",
        "snooze_reason": snooze.reason if snooze else "",
        "back_at": stamp_or_none(snooze.back_at) if snooze else None,
        "mute_id": conversation.mute_id,
        "improvement_id": conversation.improvement_id,
        "told_in": conversation.told_in,
        "apart_from": conversation.apart_from,
        "placed_by": conversation.placed_by,
    }
