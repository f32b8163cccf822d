"""The conversations of a period that needed us, with their first steps as the history tells them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.digest.first_steps import Answer, Passed, Question, answered_question, first_answer, first_tagged_at
from engagement.digest.week import Needed
from storage.conversations.cards import SNOOZED
from storage.conversations.waiting import ASKS, OPENING
from storage.database import Row, Tx
from storage.digest.bounds import Bounds
from storage.records.history import read_facts
from storage.stamps import read_stamp, read_stamp_or_none
from storage.team.labels import CONVERSATION_CARRIES

# Opened in the period, and a reply was owed or a user asked us.
NEEDED: Final = f"""FROM conversation {OPENING}
  JOIN post ON post.id = mention.post_id
  WHERE conversation.workspace_id = :workspace_id AND conversation.opened_at >= :starts_at
    AND conversation.opened_at < :ends_at AND conversation.dismissed_by = '' AND mention.before_start = 0
    AND conversation.mute_id = 0 AND conversation.unsure = 0 AND NOT {SNOOZED}
    AND (conversation.reply_state <> 'none' OR (conversation.tag IS NULL AND {ASKS}))"""
QUESTIONS: Final = """SELECT asking.conversation_id, asking.noticed_at,
    COALESCE(asked.published_at, asked.seen_at) AS written_at
  FROM (SELECT conversation.id {needed}) AS needed
  JOIN mention AS asking ON asking.conversation_id = needed.id AND asking.waits_for_us = 1
  JOIN post AS asked ON asked.id = asking.post_id"""
STEPS: Final = """SELECT history.object_id, history.act, history.at, history.after_facts
  FROM (SELECT conversation.id {needed}) AS needed
  JOIN history ON history.object = 'conversation' AND history.object_id = needed.id ORDER BY history.id"""


def needed_of(tx: Tx, bounds: Bounds) -> list[Needed]:
    """Return the conversations opened in the period in which a reply was owed, or a user asked us."""
    needed = f"{NEEDED} AND {CONVERSATION_CARRIES}" if "label" in bounds else NEEDED
    rows = tx.all(
        f"""SELECT conversation.id, conversation.community, conversation.reply_state, conversation.answered_at,
              conversation.tag, conversation.tagged_at, COALESCE(post.published_at, post.seen_at) AS began_at
            {needed}""",
        **bounds,
    )
    lines: defaultdict[int, list[Passed]] = defaultdict(list)
    for row in tx.all(STEPS.format(needed=needed), **bounds):
        lines[row["object_id"]].append(_passed(row))
    questions: defaultdict[int, list[Question]] = defaultdict(list)
    for row in tx.all(QUESTIONS.format(needed=needed), **bounds):
        questions[row["conversation_id"]].append(
            Question(written_at=read_stamp(row["written_at"]), noticed_at=read_stamp(row["noticed_at"]))
        )
    return [_needed(row, lines[row["id"]], questions[row["id"]]) for row in rows]


def _passed(row: Row) -> Passed:
    facts = read_facts(row["after_facts"])
    return Passed(
        act=Act(row["act"]),
        at=read_stamp(row["at"]),
        is_tagged=bool(facts.get("tag")),
        reply=ReplyState(facts.get("reply_state", ReplyState.NONE)),
        answered_at=read_stamp_or_none(facts.get("answered_at")),
    )


def _needed(row: Row, lines: Sequence[Passed], questions: Sequence[Question]) -> Needed:
    """Return a conversation that needed us; where its history says nothing, the row does."""
    state, began_at = ReplyState(row["reply_state"]), read_stamp(row["began_at"])
    stands = read_stamp_or_none(row["answered_at"]) if state is ReplyState.ANSWERED else None
    answer = first_answer(lines) or (Answer(at=stands) if stands else None)
    return Needed(
        state=state,
        asked_at=answered_question(questions, answer) or began_at,
        answered_at=answer.at if answer else None,
        community=row["community"],
        began_at=began_at,
        tagged_at=(first_tagged_at(lines) or read_stamp_or_none(row["tagged_at"])) if row["tag"] else None,
    )
