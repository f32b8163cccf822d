"""Answers to the day's question: *Us* and *Not us*, for one conversation and for all that only repeat its story."""

from dataclasses import replace
from datetime import datetime

from engagement.calm.brake import BrakeLimits
from engagement.conversations.conversation import Conversation
from engagement.conversations.press import Act, Decided, Past, Press, PressResult
from engagement.conversations.stories import Telling
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.conversations import find_conversation, opens_now
from storage.conversations.copies import story_of
from storage.conversations.decisions import record_press
from storage.conversations.mentions import asks_us
from storage.conversations.stories import queue_copy, tell_apart
from storage.database import Tx, count
from storage.listening.sightings import queue_cards, queue_notes
from storage.stamps import read_stamp, stamp

# The first telling, and what repeats it.
TELLINGS = """(SELECT repeats.id FROM conversation AS repeats
      WHERE repeats.story_id = :story AND repeats.story_id > 0 AND repeats.apart_from = 0
      UNION ALL SELECT CAST(:story AS BIGINT))"""
# As far as nobody is sure of it; of one watch, whose name is in question.
OF_STORY = f"""SELECT conversation.* FROM conversation
  WHERE conversation.id IN {TELLINGS} AND conversation.id <> :id AND conversation.watch_id = :watch_id
    AND conversation.unsure = 1 AND conversation.mute_id = 0 AND conversation.dismissed_by = :dismissed_by
  ORDER BY conversation.id"""  # noqa: S608 - a constant
SETTLED_WITH = f"""FROM history
  WHERE history.object = 'conversation' AND history.act = :act AND history.actor = :actor AND history.at = :at
    AND history.object_id IN {TELLINGS}"""
NOT_US_BEFORE = f"""FROM conversation WHERE conversation.id IN {TELLINGS} AND conversation.id < :id
    AND conversation.watch_id = :watch_id AND conversation.dismissed_by <> ''"""


def say_us(
    tx: Tx, press: Press, *, workspace_id: str, limits: BrakeLimits, telling: Telling | None = None, at: datetime
) -> PressResult:
    """Take a conversation for ours because somebody says so: its card goes out like any other, through the brake.

    So does what only repeats its story. With `telling`, it goes into the thread of a card that tells the same story,
    as any other. What was said in it since goes into the same thread.
    """
    before = find_conversation(tx, press.conversation_id)
    result = record_press(tx, press, workspace_id=workspace_id, at=at)
    if before is None or not isinstance(result, Decided):
        return result
    ours = [result.conversation, *_answer_for_copies(tx, press, before, workspace_id=workspace_id, at=at)]
    for each in ours:
        opens_now(tx, each.id, at=at)
    cards, copies = tell_apart(tx, ours, telling, at=at) if telling else (ours, [])
    queue_cards(tx, cards, limits=limits, at=at)
    for copy in copies:
        queue_copy(tx, copy, at=at)
    for each in ours:
        queue_notes(tx, each, at=at)
    return result


def say_not_us(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Record *Not us*; where nobody was sure, also of what only repeats the story. Who asks us there is asked about."""
    before = find_conversation(tx, press.conversation_id)
    result = record_press(tx, press, workspace_id=workspace_id, at=at)
    if before is not None and before.unsure and isinstance(result, Decided):
        _answer_for_copies(tx, press, before, workspace_id=workspace_id, at=at)
    return result


def take_back(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Record *Undo*; of a *Not us* in the day's question also for the copies that it was said of."""
    before = find_conversation(tx, press.conversation_id)
    result = record_press(tx, press, workspace_id=workspace_id, at=at)
    if before is not None and before.unsure and before.dismissed_by and isinstance(result, Decided):
        for copy in copies_in_doubt(tx, before, dismissed_by=before.dismissed_by):
            if copy.dismissed_at == before.dismissed_at:
                again = replace(press, conversation_id=copy.id, drawn=copy.version)
                record_press(tx, again, workspace_id=workspace_id, at=at)
    return result


def latest_answer(tx: Tx, conversation: Conversation) -> Past | None:
    """Return who said last what stands now, *Not us* or *Us*; None where nobody has."""
    act = Act.NOT_US if conversation.dismissed_by else Act.US
    row = tx.one(
        """SELECT actor, at FROM history WHERE object = 'conversation' AND object_id = :id AND act = :act
           ORDER BY id DESC LIMIT 1""",
        id=conversation.id,
        act=act.value,
    )
    return Past(act=act, by=row["actor"], at=read_stamp(row["at"])) if row else None


def answered_together(tx: Tx, conversation: Conversation, answer: Past) -> int:
    """Return for how many tellings of its story one answer was, this one included."""
    return count(
        tx,
        SETTLED_WITH,
        story=story_of(tx, conversation.id),
        act=answer.act.value,
        actor=answer.by,
        at=stamp(answer.at),
    )


def was_not_us_before(tx: Tx, conversation: Conversation) -> bool:
    """Return whether somebody has said *Not us* of an earlier telling of its story."""
    about = {"story": story_of(tx, conversation.id), "id": conversation.id, "watch_id": conversation.watch_id}
    return count(tx, NOT_US_BEFORE, **about) > 0


def _answer_for_copies(
    tx: Tx, press: Press, before: Conversation, *, workspace_id: str, at: datetime
) -> list[Conversation]:
    """Record a press for what only repeats the story, and return what it counted for.

    Somebody may have asked us in the thread of a copy since: *Not us* is not said for them.
    """
    answered = []
    for copy in copies_in_doubt(tx, before, dismissed_by=""):
        if press.act is Act.US or not asks_us(tx, copy.id):
            for_copy = replace(press, conversation_id=copy.id, drawn=copy.version)
            outcome = record_press(tx, for_copy, workspace_id=workspace_id, at=at)
            answered += [outcome.conversation] if isinstance(outcome, Decided) else []
    return answered


def copies_in_doubt(tx: Tx, conversation: Conversation, *, dismissed_by: str) -> list[Conversation]:
    """Return the other tellings of the story that nobody is sure of, and that this person (empty: nobody) dismissed."""
    rows = tx.all(
        OF_STORY,
        story=story_of(tx, conversation.id),
        id=conversation.id,
        watch_id=conversation.watch_id,
        dismissed_by=dismissed_by,
    )
    return [conversation_from(row) for row in rows]
