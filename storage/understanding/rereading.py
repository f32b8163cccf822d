"""Readings by older rules: which they are, newest first, and how newer ones take their place."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation, Mention
from engagement.conversations.correct import Field
from engagement.dataclass import dataclass
from engagement.understanding.learned import Learned
from engagement.understanding.reading import Reading
from engagement.understanding.rereading import Reread, shows_otherwise, waits_after_all, what_differs
from engagement.watch import Watch
from storage.calm.mutes import mute_that_silences, still_in_force
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.conversations import settle_is_open, waits_since
from storage.conversations.mentions import MENTION, asks_us, mention_from, reading_values
from storage.conversations.stories import stand_alone_now
from storage.database import Row, Tx, assigned, count, the_row
from storage.listening.watches import find_watch
from storage.sending.cards import queue_card
from storage.sending.redraws import redraw_conversation
from storage.understanding.learned import learned_in
from storage.understanding.weights import weigh_conversation

# The mention as it stands, how the rules of today read it, and what people have said of it, which stays.
Settle = Callable[[Mention, Reading, AbstractSet[Field]], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far the work is: of the rules `rules`, the mentions with a number below `below` are still to come."""

    rules: int
    below: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OldReadings:
    """The next mentions to read, each with its watch (None for one whose row cannot be read), and where to go on.

    `learned` is what their workspaces have taught.
    """

    mentions: tuple[tuple[Mention, Watch | None], ...]
    learned: Mapping[str, Learned]
    reached: Reached


def count_old_readings(tx: Tx, *, rules: int) -> int:
    """Return how many mentions were read by older rules than `rules`."""
    return count(tx, "FROM mention WHERE rules_version < :rules", rules=rules)


def next_old_readings(tx: Tx, reached: Reached, *, limit: int) -> OldReadings | None:
    """Return the next readings behind `reached`, the newest rules and the newest mentions first; None at the end.

    Rules only get newer, so this is the order in which they were read, backwards, and an index has it.
    """
    rows = tx.all(
        f"""{MENTION} WHERE mention.rules_version = :rules AND mention.id < :below
            ORDER BY mention.id DESC LIMIT :limit""",
        rules=reached.rules,
        below=reached.below,
        limit=limit,
    )
    if rows:
        mentions = tuple((mention_from(row), _watch_of(tx, row)) for row in rows)
        learned = {team: learned_in(tx, team) for team in sorted({row["workspace_id"] for row in rows})}
        return OldReadings(
            mentions=mentions, learned=learned, reached=Reached(rules=reached.rules, below=mentions[-1][0].id)
        )
    # One row each: the newest of the rules that are older than these, and the newest mention that they read.
    older = the_row(
        tx, "SELECT MAX(rules_version) AS rules FROM mention WHERE rules_version < :rules", rules=reached.rules
    )
    if older["rules"] is None:
        return None
    newest = the_row(tx, "SELECT MAX(id) AS id FROM mention WHERE rules_version = :rules", rules=older["rules"])
    return next_old_readings(tx, Reached(rules=older["rules"], below=newest["id"] + 1), limit=limit)


def _watch_of(tx: Tx, row: Row) -> Watch | None:
    try:
        return find_watch(tx, row["watch_id"])
    except ValueError:
        return None


def read_anew(tx: Tx, fresh: Mapping[int, Reading], settle: Settle, *, at: datetime) -> Reread:
    """Have mentions (by number) read as they are read today, but for what people decided or said of them.

    Cards that nobody has decided on are redrawn where they show something else now. What people say meanwhile counts:
    it is looked up here, in the transaction that writes.
    """
    done = Reread()
    for mention_id in sorted(fresh):
        # Held until the transaction ends, as by `lock_by_thread`: a correction comes before or after, not between.
        held = tx.one(
            """UPDATE conversation SET version = version
               WHERE id = (SELECT conversation_id FROM mention WHERE id = :id) RETURNING *""",
            id=mention_id,
        )
        row = tx.one(f"{MENTION} WHERE mention.id = :id", id=mention_id)
        if held is not None and row is not None:
            done += _read_one_anew(tx, conversation_from(held), row, fresh[mention_id], settle, at=at)
    return done


def _read_one_anew(
    tx: Tx, conversation: Conversation, row: Row, fresh: Reading, settle: Settle, *, at: datetime
) -> Reread:
    mention, waited = mention_from(row), bool(row["waits_for_us"])
    if row["forgotten_id"]:
        # Its words are gone: what it was stays known by how they were read last.
        fresh = replace(mention.reading, rules_version=fresh.rules_version)
    before, after = mention.reading, settle(mention, fresh, _said_by_people(tx, mention, conversation.workspace_id))
    waits = waits_after_all(conversation, before, after, waits=waited)
    if waits and not waited:
        waits = not (
            still_in_force(tx, row["mute_id"], at=at)
            or mute_that_silences(tx, conversation.workspace_id, mention.stored.post, watch_id=row["watch_id"], at=at)
        )
    asked_before = asks_us(tx, conversation.id)
    values = reading_values(after) | {"waits_for_us": int(waits)}
    tx.run(f"UPDATE mention SET {assigned(values)} WHERE id = :id", id=mention.id, **values)  # noqa: S608 - our own names
    if waits is not waited:
        if waits and not asked_before and not _opens(tx, mention):
            waits_since(tx, conversation.id, mention.id, mention.stored.written_at)
        settle_is_open(tx, conversation.id)
        for alone in stand_alone_now(tx, [conversation], at=at):
            queue_card(tx, alone, held=False, at=at)
    weigh_conversation(tx, conversation.id)
    if conversation.is_untouched and shows_otherwise(before, after):
        redraw_conversation(tx, conversation.id)
    return what_differs(before, after, on_a_card=conversation.is_untouched)


def _said_by_people(tx: Tx, mention: Mention, workspace_id: str) -> AbstractSet[Field]:
    """Return what of a reading people have said themselves: what they corrected, and that a teammate wrote it."""
    rows = tx.all(
        "SELECT DISTINCT field FROM correction WHERE conversation_id = :conversation_id AND mention_id = :id",
        conversation_id=mention.conversation_id,
        id=mention.id,
    )
    said = {Field(row["field"]) for row in rows}
    by_us = "SELECT 1 AS yes FROM team_post WHERE workspace_id = :workspace_id AND post_id = :post_id"
    if tx.one(by_us, workspace_id=workspace_id, post_id=mention.stored.id):
        said.add(Field.PILLAR)
    return said


def _opens(tx: Tx, mention: Mention) -> bool:
    earlier = "SELECT 1 AS yes FROM mention WHERE conversation_id = :conversation_id AND id < :id LIMIT 1"
    return tx.one(earlier, conversation_id=mention.conversation_id, id=mention.id) is None
