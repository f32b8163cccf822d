"""Conversations and their mentions: one card each."""

from datetime import datetime

from engagement.conversation import Card, Conversation, Mention, Sighting
from engagement.decide import Act, is_open, waits_for_us
from storage.database import Tx, insert_returning
from storage.rows import conversation_from, decision_values, mention_from, reading_values
from storage.stamps import stamp

MENTION = """SELECT mention.*, mention.id AS mention_id, post.community, post.url, post.title, post.text, post.author,
               post.thread_key, post.parent_key, post.published_at, post.seen_at, post.score
             FROM mention JOIN post ON post.id = mention.post_id"""


def find_conversation(tx: Tx, conversation_id: int) -> Conversation | None:
    """Return one conversation, None when it is not there."""
    row = tx.one("SELECT * FROM conversation WHERE id = :id", id=conversation_id)
    return conversation_from(row) if row else None


def find_by_thread(tx: Tx, workspace_id: str, thread_key: str) -> Conversation | None:
    """Return the workspace's conversation of a thread, None when there is none yet.

    The row is held until the transaction ends (on SQLite the whole file is): a press that another process stores
    at the same moment either counts before what is decided here, or comes after it.
    """
    tx.run(
        "UPDATE conversation SET version = version WHERE workspace_id = :workspace_id AND thread_key = :thread_key",
        workspace_id=workspace_id,
        thread_key=thread_key,
    )
    row = tx.one(
        "SELECT * FROM conversation WHERE workspace_id = :workspace_id AND thread_key = :thread_key",
        workspace_id=workspace_id,
        thread_key=thread_key,
    )
    return conversation_from(row) if row else None


def open_conversation(tx: Tx, sighting: Sighting, *, at: datetime) -> Conversation:
    """Open the conversation that this sighting begins."""
    row = insert_returning(
        tx,
        """INSERT INTO conversation (workspace_id, watch_id, channel, thread_key, opened_at, asked_at)
           VALUES (:workspace_id, :watch_id, :channel, :thread_key, :at, :asked_at) RETURNING *""",
        workspace_id=sighting.watch.workspace_id,
        watch_id=sighting.watch.id,
        channel=sighting.watch.channel,
        thread_key=sighting.post.thread_key,
        at=stamp(at),
        asked_at=stamp(sighting.post.published_at or at),
    )
    return conversation_from(row)


def waits_since(tx: Tx, conversation_id: int, mention_id: int, asked_at: datetime) -> None:
    """Record that what waits for us in the conversation is this later mention, written at `asked_at`."""
    tx.run(
        "UPDATE conversation SET asking_mention_id = :mention_id, asked_at = :asked_at WHERE id = :id",
        id=conversation_id,
        mention_id=mention_id,
        asked_at=stamp(asked_at),
    )


def save_conversation(tx: Tx, after: Conversation) -> bool:
    """Store what was decided, if nobody decided since: the row must still have the version before."""
    open_now = is_open(after, ours_to_answer=asks_us(tx, after.id))
    return bool(
        tx.run(
            """UPDATE conversation SET tag = :tag, tagged_by = :tagged_by, tagged_at = :tagged_at,
                 dismissed_by = :dismissed_by, dismissed_at = :dismissed_at, reply_state = :reply_state,
                 due_at = :due_at, claimed_by = :claimed_by, claimed_at = :claimed_at, answered_by = :answered_by,
                 answered_at = :answered_at, answer_url = :answer_url, is_open = :is_open, version = :version
               WHERE id = :id AND version = :version - 1""",
            id=after.id,
            version=after.version,
            is_open=int(open_now),
            **decision_values(after),
        )
    )


def asks_us(tx: Tx, conversation_id: int) -> bool:
    """Return whether some mention of the conversation is a user's question, help, bug, complaint or wish."""
    return (
        tx.one(
            "SELECT 1 AS yes FROM mention WHERE conversation_id = :id AND waits_for_us = 1 LIMIT 1", id=conversation_id
        )
        is not None
    )


def is_noticed(tx: Tx, workspace_id: str, post_id: int) -> bool:
    """Return whether the workspace has this post as a mention already."""
    sql = "SELECT 1 AS yes FROM mention WHERE workspace_id = :workspace_id AND post_id = :post_id"
    return tx.one(sql, workspace_id=workspace_id, post_id=post_id) is not None


def add_mention(tx: Tx, sighting: Sighting, post_id: int, conversation_id: int, *, at: datetime) -> int:
    """Store a mention and return its id."""
    row = insert_returning(
        tx,
        """INSERT INTO mention (workspace_id, watch_id, post_id, conversation_id, term, kind, mood, mood_words, pillar,
             suggested, reason, waits_for_us, rules_version, before_start, noticed_at)
           VALUES (:workspace_id, :watch_id, :post_id, :conversation_id, :term, :kind, :mood, :mood_words, :pillar,
             :suggested, :reason, :waits_for_us, :rules_version, :before_start, :at) RETURNING id""",
        workspace_id=sighting.watch.workspace_id,
        watch_id=sighting.watch.id,
        post_id=post_id,
        conversation_id=conversation_id,
        term=sighting.term,
        before_start=int(sighting.before_start),
        at=stamp(at),
        **reading_values(sighting.reading),
    )
    return int(row["id"])


def find_mention(tx: Tx, mention_id: int) -> Mention | None:
    """Return one mention with its post, None when it is not there."""
    row = tx.one(f"{MENTION} WHERE mention.id = :id", id=mention_id)
    return mention_from(row) if row else None


def opening_mention(tx: Tx, conversation_id: int) -> Mention | None:
    """Return the mention that opened the conversation."""
    row = tx.one(
        f"{MENTION} WHERE mention.conversation_id = :id ORDER BY mention.id LIMIT 1",
        id=conversation_id,
    )
    return mention_from(row) if row else None


def find_card(tx: Tx, conversation_id: int) -> Card | None:
    """Return everything the conversation's card shows, None when there is no such conversation."""
    conversation = find_conversation(tx, conversation_id)
    opening = opening_mention(tx, conversation_id)
    if conversation is None or opening is None:
        return None
    later = tx.one(
        """SELECT COUNT(*) AS more, COALESCE(SUM(CASE WHEN waits_for_us = 1 AND noticed_at >= COALESCE((
             SELECT MAX(history.at) FROM history WHERE history.object = 'conversation'
               AND history.object_id = mention.conversation_id AND history.act = :asked_again), '')
             THEN 1 ELSE 0 END), 0) AS asking
           FROM mention WHERE conversation_id = :id AND id > :opening""",
        id=conversation_id,
        opening=opening.id,
        asked_again=Act.ASKED_AGAIN.value,
    )
    # What was asked before we were last asked again has had its answer, or somebody decided that it needs none.
    waits = waits_for_us(conversation, ours_to_answer=asks_us(tx, conversation_id))
    return Card(
        conversation=conversation,
        opening=opening,
        more=int(later["more"]) if later else 0,
        waiting=int(later["asking"]) if later and waits else 0,
        times_seen=_times_seen(tx, conversation, opening),
    )


def _times_seen(tx: Tx, conversation: Conversation, opening: Mention) -> int:
    # Nobody is nobody's second time; and a community without authors has a great many posts by nobody.
    if not opening.stored.post.author:
        return 1
    row = tx.one(
        """SELECT COUNT(*) AS times FROM post JOIN mention ON mention.post_id = post.id
           WHERE post.community = :community AND post.author = :author AND mention.workspace_id = :workspace_id
             AND mention.id <= :opening""",
        community=opening.stored.post.community,
        author=opening.stored.post.author,
        workspace_id=conversation.workspace_id,
        opening=opening.id,
    )
    return int(row["times"]) if row else 1


def count_untouched(tx: Tx, workspace_id: str, channel: str) -> int:
    """Return how many cards stand in the channel that nobody has decided on; held ones do not stand there."""
    row = tx.one(
        """SELECT COUNT(*) AS untouched FROM conversation
           LEFT JOIN brake ON brake.id = conversation.brake_id
           WHERE conversation.workspace_id = :workspace_id AND conversation.is_open = 1
             AND conversation.channel = :channel AND conversation.tag IS NULL AND conversation.claimed_by = ''
             AND (conversation.brake_id IS NULL OR brake.released_at IS NOT NULL)""",
        workspace_id=workspace_id,
        channel=channel,
    )
    return int(row["untouched"]) if row else 0


def count_cards_since(tx: Tx, workspace_id: str, channel: str, since: datetime) -> int:
    """Return how many cards went out to the channel, or are on their way, since `since`."""
    row = tx.one(
        """SELECT COUNT(*) AS cards FROM conversation WHERE workspace_id = :workspace_id AND channel = :channel
             AND opened_at > :since AND brake_id IS NULL""",
        workspace_id=workspace_id,
        channel=channel,
        since=stamp(since),
    )
    return int(row["cards"]) if row else 0
