"""Who asked for an improvement, and who of them was told that it shipped."""

from collections.abc import Iterable
from datetime import datetime

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.conversations.press import Act
from engagement.improvements.asked_for import Asked, Changed, Demand, Told, changed_from
from engagement.improvements.improvement import Improvement
from engagement.post import Post
from engagement.understanding.reading import PASSED_ON
from storage.database import Row, Tx, count
from storage.improvements.improvements import find_improvement, shipped_between
from storage.listening.posts import stored_post_from
from storage.stamps import read_stamp, read_stamp_or_none, stamp

# As engagement.conversations.standing.is_reacted says.
REACTED = """conversation.tag = 'react' AND conversation.dismissed_by = '' AND conversation.mute_id = 0
  AND conversation.unsure = 0 AND conversation.told_in = 0"""
# Of what stands below what somebody else wrote. "Same here" is a mention of no kind in particular, so all other kinds
# do ask: somebody forgotten costs more than somebody told once too often.
KINDS_FOR_NOTHING = ", ".join(f"'{kind}'" for kind in sorted(PASSED_ON))
OPENS = "mention.id = (SELECT MIN(opening.id) FROM mention AS opening WHERE opening.conversation_id = conversation.id)"
# Who asks for the improvement that a conversation is counted for: whoever opened it, since that is what the team
# tagged, and who joined in, but for helpers, programs and news. What we wrote ourselves asks for nothing.
ASKS = f"""{REACTED} AND mention.pillar <> 'provider-initiated'
  AND ({OPENS} OR (post.accepted = 0 AND post.by_program = 0 AND mention.kind NOT IN ({KINDS_FOR_NOTHING})))"""
ASKED_FOR = f"""FROM conversation JOIN mention ON mention.conversation_id = conversation.id
  JOIN post ON post.id = mention.post_id
  WHERE conversation.improvement_id = :id AND conversation.improvement_id > 0 AND {ASKS}"""
UNIMPROVED = f"""conversation.workspace_id = :workspace_id AND conversation.improvement_id = 0 AND {REACTED}"""
# Where the card of a conversation stands.
CARD = """FROM message WHERE message.kind = 'card' AND message.subject = CAST(conversation.id AS TEXT)
  AND message.ts <> '' ORDER BY message.id LIMIT 1"""
CARD_CHANNEL = f"COALESCE((SELECT message.channel {CARD}), conversation.channel) AS card_channel"
CARD_TS = f"COALESCE((SELECT message.ts {CARD}), '') AS card_ts"
ASKED = "mention.id AS mention_id, mention.conversation_id, post.*, post.id AS post_id"
# More are not counted.
COUNTED_AT_MOST = 1_000


def find_demand(tx: Tx, improvement_id: int) -> Demand | None:
    """Return an improvement with who asked for it, None when it is not there."""
    improvement = find_improvement(tx, improvement_id)
    return demand_for(tx, improvement) if improvement else None


def demand_for(tx: Tx, improvement: Improvement) -> Demand:
    """Return who asked for an improvement, the newest first, and whom that owes a word."""
    return Demand(
        improvement=improvement,
        asked=tuple(who_asked(tx, improvement.id)),
        telling=tuple(who_is_told(tx, improvement.id)),
        into=find_improvement(tx, improvement.merged_into) if improvement.merged_into else None,
    )


def changes_between(tx: Tx, workspace_id: str, *, starts_at: datetime, ends_at: datetime) -> tuple[Changed, ...]:
    """Return what shipped in [starts_at, ends_at) and who was told by now, in the order it shipped."""
    shipped = shipped_between(tx, workspace_id, starts_at=starts_at, ends_at=ends_at)
    return tuple(changed_from(demand_for(tx, each)) for each in shipped)


def who_asked(tx: Tx, improvement_id: int) -> list[Asked]:
    """Return the mentions that ask for it, the newest first."""
    rows = tx.all(
        f"""SELECT {ASKED} {ASKED_FOR}
            ORDER BY COALESCE(post.published_at, post.seen_at) DESC, mention.id DESC""",
        id=improvement_id,
    )
    return [_asked_from(row) for row in rows]


def count_who_asked(tx: Tx, improvement_id: int) -> int:
    """Return how many people ask for it, as `Demand.people` does."""
    people = f"""SELECT DISTINCT post.community, post.author, CASE WHEN post.author = '' THEN mention.id ELSE 0 END
      {ASKED_FOR}"""
    return count(tx, f"FROM ({people}) AS people", id=improvement_id)


def who_is_told(tx: Tx, improvement_id: int) -> list[Told]:
    """Return who is to be told that it shipped, or was; not those whose mention is counted for it no more."""
    rows = tx.all(
        f"""SELECT {ASKED}, telling.owed_at, telling.told_at, telling.told_by, conversation.claimed_by,
              {CARD_CHANNEL}, {CARD_TS}
            FROM telling JOIN mention ON mention.id = telling.mention_id JOIN post ON post.id = mention.post_id
            JOIN conversation ON conversation.id = mention.conversation_id
            WHERE telling.improvement_id = :id AND conversation.improvement_id = telling.improvement_id AND {REACTED}
            ORDER BY telling.owed_at, mention.id""",  # noqa: S608 - constants only
        id=improvement_id,
    )
    return [
        Told(
            asked=_asked_from(row),
            owed_at=read_stamp(row["owed_at"]),
            claimed_by="" if row["told_at"] else row["claimed_by"],
            told_at=read_stamp_or_none(row["told_at"]),
            told_by=row["told_by"],
            channel=row["card_channel"],
            card_ts=row["card_ts"],
        )
        for row in rows
    ]


def owe_telling(tx: Tx, improvement_id: int, asked: Iterable[Asked], *, at: datetime) -> None:
    """Note that these are to be told."""
    tx.many(
        """INSERT INTO telling (improvement_id, mention_id, conversation_id, owed_at)
           VALUES (:improvement_id, :mention_id, :conversation_id, :at)
           ON CONFLICT (improvement_id, mention_id) DO UPDATE SET owed_at = excluded.owed_at""",
        [
            {
                "improvement_id": improvement_id,
                "mention_id": each.mention_id,
                "conversation_id": each.conversation_id,
                "at": stamp(at),
            }
            for each in asked
        ],
    )


def forget_telling(tx: Tx, improvement_id: int, conversation_id: int) -> bool:
    """Note that nobody in a conversation is to be told any more; False where nobody was, or all have been."""
    return bool(
        tx.run(
            """DELETE FROM telling WHERE improvement_id = :id AND conversation_id = :conversation_id
                 AND told_at IS NULL""",
            id=improvement_id,
            conversation_id=conversation_id,
        )
    )


def untold_in(tx: Tx, improvement_id: int) -> list[int]:
    """Return the conversations in which somebody is still to be told."""
    rows = tx.all(
        """SELECT DISTINCT conversation_id FROM telling WHERE improvement_id = :id AND told_at IS NULL
           ORDER BY conversation_id""",
        id=improvement_id,
    )
    return [row["conversation_id"] for row in rows]


def mentions_to_tell(tx: Tx, conversation_id: int) -> set[int]:
    """Return the mentions of a conversation whose authors were to be told, and may have been."""
    rows = tx.all("SELECT mention_id FROM telling WHERE conversation_id = :id", id=conversation_id)
    return {row["mention_id"] for row in rows}


def note_told(tx: Tx, before: Conversation, after: Conversation, *, act: Act) -> None:
    """Note that those were told who were to be told in a conversation, once it is answered; or not, once reopened."""
    was = before.reply.answered_at if before.reply.state is ReplyState.ANSWERED else None
    values = {"id": before.id, "was": stamp(was) if was else ""}
    if after.reply.state is ReplyState.ANSWERED and after.reply.answered_at:
        tx.run(
            """UPDATE telling SET told_at = :told_at, told_by = :told_by
               WHERE conversation_id = :id AND (told_at IS NULL OR told_at = :was) AND owed_at <= :told_at""",
            told_at=stamp(after.reply.answered_at),
            told_by=after.reply.answered_by,
            **values,
        )
    elif act is Act.REOPEN:
        tx.run(
            "UPDATE telling SET told_at = NULL, told_by = '' WHERE conversation_id = :id AND told_at = :was", **values
        )


def count_unimproved(tx: Tx, workspace_id: str) -> int:
    """Return how many conversations were reacted to and are counted for no improvement, at most COUNTED_AT_MOST."""
    rows = f"SELECT 1 FROM conversation WHERE {UNIMPROVED} LIMIT :limit"  # noqa: S608 - constants only
    return count(tx, f"FROM ({rows}) AS counted_rows", workspace_id=workspace_id, limit=COUNTED_AT_MOST)


def _asked_from(row: Row) -> Asked:
    stored = stored_post_from(row)
    return Asked(
        mention_id=row["mention_id"],
        conversation_id=row["conversation_id"],
        community=stored.post.community,
        author=stored.post.author,
        title=_words_of(stored.post),
        url=stored.post.url,
        thread_key=stored.post.thread_key,
        at=stored.written_at,
        is_gone=stored.withdrawn_at is not None,
    )


def _words_of(post: Post) -> str:
    """Return what somebody said: the title of a reply is that of its thread, the same for all."""
    is_reply = post.parent_key and post.text.strip()
    return post.text if is_reply else post.title or post.text
