"""Mentions: what was written about us, and how it is read."""

from datetime import datetime

from engagement.conversations.conversation import Mention, Sighting
from engagement.dataclass import dataclass
from engagement.understanding.reading import Kind, Mood, Pillar, Reading, Tag
from storage.database import Row, Tx, assigned, the_row
from storage.listening.posts import stored_post_from
from storage.records.words import index_posts
from storage.stamps import dump_list, load_list, read_stamp, stamp
from storage.understanding.weights import weigh_conversation

# `id` is the only column that both have.
MENTION = "SELECT mention.*, mention.id AS mention_id, post.* FROM mention JOIN post ON post.id = mention.post_id"

# What the team decided about a mention, it decided on its conversation's card, or on that in whose thread it stands.
DECIDED_IN = "conversation.id = COALESCE(mention.card_id, mention.conversation_id)"

ASKED_AGAIN = """SELECT history.at FROM history
  WHERE history.object = 'conversation' AND history.object_id = :id AND history.act = 'asked again'"""
# What was asked before we were last asked again has had its answer, or somebody decided that it needs none.
SINCE_ASKED_AGAIN = f"mention.noticed_at >= COALESCE(({ASKED_AGAIN} ORDER BY history.id DESC LIMIT 1), '')"


def is_noticed(tx: Tx, workspace_id: str, post_id: int) -> bool:
    """Return whether the workspace has this post as a mention already."""
    sql = "SELECT 1 AS yes FROM mention WHERE workspace_id = :workspace_id AND post_id = :post_id"
    return tx.one(sql, workspace_id=workspace_id, post_id=post_id) is not None


def add_mention(
    tx: Tx, sighting: Sighting, post_id: int, conversation_id: int, *, mute_id: int = 0, at: datetime
) -> int:
    """Store a mention, have it found by its words, and return its id; one that a mute leaves out waits for nobody."""
    row = the_row(
        tx,
        """INSERT INTO mention (workspace_id, watch_id, post_id, conversation_id, term, kind, mood, mood_words, pillar,
             suggested, reason, waits_for_us, rules_version, learned, alarms, before_start, sure, mute_id,
             beside, taught, noticed_at, card_id)
           VALUES (:workspace_id, :watch_id, :post_id, :conversation_id, :term, :kind, :mood, :mood_words, :pillar,
             :suggested, :reason, :waits_for_us, :rules_version, :learned, :alarms, :before_start, :sure, :mute_id,
             :beside, :taught, :at,
             (SELECT first.card_id FROM mention AS first WHERE first.conversation_id = :conversation_id
             ORDER BY first.id LIMIT 1)) RETURNING id""",
        workspace_id=sighting.watch.workspace_id,
        watch_id=sighting.watch.id,
        post_id=post_id,
        conversation_id=conversation_id,
        term=sighting.term,
        before_start=int(sighting.before_start),
        sure=int(sighting.sure),
        mute_id=mute_id,
        beside=dump_list(sighting.beside),
        taught=sighting.taught,
        at=stamp(at),
        **(reading_values(sighting.reading) | ({"waits_for_us": 0} if mute_id else {})),
    )
    index_posts(tx, [post_id])
    weigh_conversation(tx, conversation_id)
    return int(row["id"])


def save_reading(tx: Tx, mention_id: int, reading: Reading) -> None:
    """Have a mention read otherwise."""
    values = reading_values(reading)
    tx.run(f"UPDATE mention SET {assigned(values)} WHERE id = :id", id=mention_id, **values)  # noqa: S608 - our own names


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


def later_mentions(tx: Tx, conversation_id: int) -> list[int]:
    """Return the numbers of what was said in a conversation after it was opened, but for what is muted."""
    rows = tx.all(
        """SELECT id FROM mention WHERE conversation_id = :id AND mute_id = 0
             AND id > (SELECT MIN(first.id) FROM mention AS first WHERE first.conversation_id = :id) ORDER BY id""",
        id=conversation_id,
    )
    return [row["id"] for row in rows]


def mentions_of(tx: Tx, conversation_id: int) -> list[Mention]:
    """Return the mentions of a conversation, in the order we met them."""
    rows = tx.all(f"{MENTION} WHERE mention.conversation_id = :id ORDER BY mention.id", id=conversation_id)
    return [mention_from(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A mention as it was heard: when (aware UTC), and whether a user asked us something in it.

    That counts as well where they have withdrawn it since, but not where it was muted.
    """

    mention: Mention
    noticed_at: datetime
    asks: bool


def heard_in(tx: Tx, conversation_id: int) -> list[Heard]:
    """Return the mentions of a conversation as they were heard, in that order."""
    heard = []
    for row in tx.all(f"{MENTION} WHERE mention.conversation_id = :id ORDER BY mention.id", id=conversation_id):
        mention = mention_from(row)
        withdrawn = mention.stored.withdrawn_at is not None and mention.reading.ours_to_answer
        asks = bool(row["waits_for_us"]) or withdrawn
        heard.append(Heard(mention=mention, noticed_at=read_stamp(row["noticed_at"]), asks=asks))
    return heard


def asks_us(tx: Tx, conversation_id: int) -> bool:
    """Return whether some mention of the conversation is a user's question, help, bug, complaint or wish."""
    return (
        tx.one(
            "SELECT 1 AS yes FROM mention WHERE conversation_id = :id AND waits_for_us = 1 LIMIT 1", id=conversation_id
        )
        is not None
    )


def mention_from(row: Row) -> Mention:
    """Return a row of `mention` joined with its `post`."""
    return Mention(
        id=row["mention_id"],
        conversation_id=row["conversation_id"],
        stored=stored_post_from(row),
        before_start=bool(row["before_start"]),
        term=row["term"],
        taught=row["taught"],
        reading=Reading(
            kind=Kind(row["kind"]),
            mood=Mood(row["mood"]),
            pillar=Pillar(row["pillar"]),
            suggested=Tag(row["suggested"]),
            reason=row["reason"],
            mood_words=load_list(row["mood_words"]),
            rules_version=row["rules_version"],
            learned=row["learned"],
            alarms=bool(row["alarms"]),
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
        "learned": reading.learned,
        "alarms": int(reading.alarms),
    }
