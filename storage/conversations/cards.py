"""What a card shows, from the rows; and how many cards stand in a channel."""

from datetime import datetime

from engagement.conversations.conversation import (
    Answer,
    Card,
    Conversation,
    CountedFor,
    Mention,
)
from engagement.conversations.standing import is_reacted, waits_for_us
from engagement.understanding.reading import Kind
from engagement.voice.draft import DraftState
from storage.calm.mutes import find_mute
from storage.conversations.conversations import find_conversation
from storage.conversations.copies import copies_of, earlier_of
from storage.conversations.mentions import SINCE_ASKED_AGAIN, asks_us, opening_mention
from storage.database import Tx, count, the_row
from storage.improvements.demands import count_who_asked
from storage.improvements.improvements import find_improvement
from storage.improvements.theme_offers import offered_for
from storage.improvements.themes import themes_in
from storage.stamps import read_stamp, stamp
from storage.team.labels import labels_here

# As Conversation.is_snoozed says.
SNOOZED = "(conversation.snoozed_until IS NOT NULL AND conversation.back_at IS NULL)"
# As Conversation.is_untouched says; what was dismissed, answered or muted is open no more.
# Without COALESCE, SQLite would seek nobody as the one who promised, who has promised most of what is open.
UNTOUCHED = f"""conversation.is_open = 1 AND conversation.tag IS NULL AND COALESCE(conversation.claimed_by, '') = ''
  AND NOT {SNOOZED}"""
# Its card stands in no channel yet: a roll-up tells of it, or will.
ROLLED_UP = """EXISTS (SELECT 1 FROM rollup_card WHERE rollup_card.conversation_id = conversation.id
             AND rollup_card.posted_at IS NULL)"""


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
