"""Rows as engagement types."""

from typing import Any

from engagement.calendar import Schedule, zone_of
from engagement.conversation import Conversation, Mention, Reply, ReplyState
from engagement.habits import Habits
from engagement.moving import Move
from engagement.outbox import MessageKind, MessageState, OutMessage
from engagement.post import Post, StoredPost
from engagement.reading import Kind, Mood, Pillar, Reading, Tag
from engagement.source import Source
from engagement.trouble import Cause, Trouble
from engagement.watch import Outcome, Terms, Watch
from engagement.workspace import Workspace
from storage.database import Row
from storage.stamps import dump_list, load_list, read_stamp, read_stamp_or_none, stamp, stamp_or_none


def workspace_from(row: Row) -> Workspace:
    """Return a row of `workspace`."""
    return Workspace(
        id=row["id"],
        name=row["name"],
        bot_user=row["bot_user"],
        digest_channel=row["digest_channel"],
        schedule=Schedule(weekday=row["digest_weekday"], hour=row["digest_hour"], zone=zone_of(row["zone"])),
    )


def watch_from(row: Row) -> Watch:
    """Return a row of `watch`."""
    return Watch(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        name=row["name"],
        terms=Terms(names=load_list(row["names"]), excluded=load_list(row["excluded"])),
        outcome=Outcome(row["outcome"]),
        site=row["site"],
        handles=load_list(row["handles"]),
    )


def source_from(row: Row) -> Source:
    """Return a row of `source`."""
    return Source(
        id=row["id"],
        url=row["url"],
        name=row["name"],
        community=row["community"],
        interval_seconds=row["interval_seconds"],
        next_poll_at=read_stamp(row["next_poll_at"]),
        host=row["host"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        ttl_seconds=row["ttl_seconds"],
        failures=row["failures"],
        cause=Cause(row["cause"]) if row["cause"] else None,
        last_error=row["last_error"],
        failing_since=read_stamp_or_none(row["failing_since"]),
        well_since=read_stamp_or_none(row["well_since"]),
        tried_at=read_stamp_or_none(row["tried_at"]),
        last_heard_at=read_stamp_or_none(row["last_heard_at"]),
        first_polled_at=read_stamp_or_none(row["first_polled_at"]),
        paused_at=read_stamp_or_none(row["paused_at"]),
        move=Move(to=row["moved_to"], since=read_stamp_or_none(row["moved_since"])),
        habits=_habits_from(row),
        troubles=frozenset(map(Trouble, filter(None, row["troubles"].split(",")))),
    )


def _habits_from(row: Row) -> Habits:
    return Habits(
        newest_at=read_stamp_or_none(row["newest_at"]),
        usual_gap_seconds=row["usual_gap_seconds"],
        gaps_seen=row["gaps_seen"],
        most_carried=row["most_carried"],
        full_polls=row["full_polls"],
        full_at=read_stamp_or_none(row["full_at"]),
        churned_polls=row["churned_polls"],
        churned_at=read_stamp_or_none(row["churned_at"]),
    )


def source_values(source: Source) -> dict[str, object]:
    """Return the columns of `source` that a poll changes, but for its next turn."""
    habits = source.habits
    return {
        "etag": source.etag,
        "last_modified": source.last_modified,
        "body_hash": source.body_hash,
        "ttl_seconds": source.ttl_seconds,
        "failures": source.failures,
        "cause": source.cause.value if source.cause else "",
        "last_error": source.last_error,
        "failing_since": stamp_or_none(source.failing_since),
        "well_since": stamp_or_none(source.well_since),
        "tried_at": stamp_or_none(source.tried_at),
        "last_heard_at": stamp_or_none(source.last_heard_at),
        "first_polled_at": stamp_or_none(source.first_polled_at),
        "paused_at": stamp_or_none(source.paused_at),
        "moved_to": source.move.to,
        "moved_since": stamp_or_none(source.move.since),
        "newest_at": stamp_or_none(habits.newest_at),
        "usual_gap_seconds": habits.usual_gap_seconds,
        "gaps_seen": habits.gaps_seen,
        "most_carried": habits.most_carried,
        "full_polls": habits.full_polls,
        "full_at": stamp_or_none(habits.full_at),
        "churned_polls": habits.churned_polls,
        "churned_at": stamp_or_none(habits.churned_at),
        "troubles": ",".join(sorted(trouble.value for trouble in source.troubles)),
    }


def stored_post_from(row: Row, keys: tuple[str, ...] = ()) -> StoredPost:
    """Return a row of `post`; its number is read from `post_id`."""
    return StoredPost(
        id=row["post_id"],
        seen_at=read_stamp(row["seen_at"]),
        post=Post(
            keys=keys,
            community=row["community"],
            url=row["url"],
            title=row["title"],
            text=row["text"],
            author=row["author"],
            thread_key=row["thread_key"],
            parent_key=row["parent_key"],
            published_at=read_stamp_or_none(row["published_at"]),
            score=row["score"],
        ),
    )


def mention_from(row: Row) -> Mention:
    """Return a row of `mention` joined with its `post`."""
    return Mention(
        id=row["mention_id"],
        conversation_id=row["conversation_id"],
        stored=stored_post_from(row),
        before_start=bool(row["before_start"]),
        reading=Reading(
            kind=Kind(row["kind"]),
            mood=Mood(row["mood"]),
            pillar=Pillar(row["pillar"]),
            suggested=Tag(row["suggested"]),
            reason=row["reason"],
            mood_words=load_list(row["mood_words"]),
            rules_version=row["rules_version"],
        ),
    )


def reading_values(reading: Reading) -> dict[str, object]:
    """Return the columns of `mention` that hold a reading."""
    return {
        "kind": reading.kind.value,
        "mood": reading.mood.value,
        "pillar": reading.pillar.value,
        "suggested": reading.suggested.value,
        "reason": reading.reason,
        "mood_words": dump_list(reading.mood_words),
        "waits_for_us": int(reading.ours_to_answer),
        "rules_version": reading.rules_version,
    }


def conversation_from(row: Row) -> Conversation:
    """Return a row of `conversation`."""
    return Conversation(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        watch_id=row["watch_id"],
        opened_at=read_stamp(row["opened_at"]),
        version=row["version"],
        **_decision_from(row),
    )


def reply_from(row: Row) -> Reply:
    """Return what a row of `conversation` says of the reply."""
    return Reply(
        state=ReplyState(row["reply_state"]),
        due_at=read_stamp_or_none(row["due_at"]),
        claimed_by=row["claimed_by"],
        claimed_at=read_stamp_or_none(row["claimed_at"]),
        answered_by=row["answered_by"],
        answered_at=read_stamp_or_none(row["answered_at"]),
        answer_url=row["answer_url"],
    )


def _decision_from(row: Row) -> dict[str, Any]:
    return {
        "tag": Tag(row["tag"]) if row["tag"] else None,
        "tagged_by": row["tagged_by"],
        "tagged_at": read_stamp_or_none(row["tagged_at"]),
        "dismissed_by": row["dismissed_by"],
        "dismissed_at": read_stamp_or_none(row["dismissed_at"]),
        "reply": reply_from(row),
    }


def decision_values(conversation: Conversation) -> dict[str, object]:
    """Return the columns of `conversation` that a decision changes; also what the history keeps."""
    reply = conversation.reply
    return {
        "tag": conversation.tag.value if conversation.tag else None,
        "tagged_by": conversation.tagged_by,
        "tagged_at": stamp_or_none(conversation.tagged_at),
        "dismissed_by": conversation.dismissed_by,
        "dismissed_at": stamp_or_none(conversation.dismissed_at),
        "reply_state": reply.state.value,
        "due_at": stamp_or_none(reply.due_at),
        "claimed_by": reply.claimed_by,
        "claimed_at": stamp_or_none(reply.claimed_at),
        "answered_by": reply.answered_by,
        "answered_at": stamp_or_none(reply.answered_at),
        "answer_url": reply.answer_url,
    }


def message_from(row: Row) -> OutMessage:
    """Return a row of `message` joined with its parent's ts as `thread_ts`."""
    return OutMessage(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        kind=MessageKind(row["kind"]),
        subject=row["subject"],
        part=row["part"],
        state=MessageState(row["state"]),
        created_at=read_stamp(row["created_at"]),
        not_before=read_stamp(row["not_before"]),
        ts=row["ts"],
        thread_ts=row["thread_ts"] or "",
        attempts=row["attempts"],
        error=row["error"],
        tried_at=read_stamp_or_none(row["tried_at"]),
        stale=bool(row["stale"]),
    )


def message_values(message: OutMessage) -> dict[str, object]:
    """Return the columns of `message` that a send changes, and its id."""
    return {
        "id": message.id,
        "state": message.state.value,
        "ts": message.ts,
        "attempts": message.attempts,
        "not_before": stamp(message.not_before),
        "error": message.error,
    }
