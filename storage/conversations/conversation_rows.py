"""A conversation as a row, and what of it a decision changes."""

from dataclasses import replace

from engagement.conversations.conversation import (
    Conversation,
    Reply,
    ReplyState,
)
from engagement.conversations.snooze import Snooze
from engagement.understanding.reading import Tag
from storage.database import Row
from storage.stamps import read_stamp_or_none, stamp, stamp_or_none


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
