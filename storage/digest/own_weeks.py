"""What one person answered lately, from the history."""

from datetime import datetime
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.digest.own_week import Given, OwnWeek, OwnWeeks, own_week
from engagement.digest.week import WEEK
from storage.conversations.queue import PROMISED
from storage.database import Row, Tx, count
from storage.records.history import read_facts
from storage.stamps import read_stamp, read_stamp_or_none, stamp

# The facts are looked into only where this person stands in them: a big team answers much in a week.
GIVEN: Final = """SELECT history.object_id, history.act, history.before_facts, history.after_facts,
    conversation.asked_at, (SELECT MIN(COALESCE(post.published_at, post.seen_at)) FROM mention
     JOIN post ON post.id = mention.post_id WHERE mention.conversation_id = conversation.id) AS began_at
  FROM history JOIN conversation ON conversation.id = history.object_id
  WHERE history.workspace_id = :workspace_id AND history.at >= :starts_at AND history.at < :ends_at
    AND history.object = 'conversation' AND history.act IN (:told, :seen, :taken_back)
    AND (history.before_facts LIKE :answered_by_me OR history.after_facts LIKE :answered_by_me)
    AND conversation.dismissed_by = ''
  ORDER BY history.id"""


def own_weeks(tx: Tx, workspace_id: str, slack_user: str, *, now: datetime) -> OwnWeeks:
    """Return what somebody answered in the seven days up to `now`, and in the seven before."""
    overdue = f"FROM conversation WHERE conversation.workspace_id = :workspace_id AND {PROMISED}"
    return OwnWeeks(
        now=_own_week(tx, workspace_id, slack_user, ends_at=now),
        before=_own_week(tx, workspace_id, slack_user, ends_at=now - WEEK),
        overdue=count(
            tx,
            f"{overdue} AND conversation.due_at <= :now",
            workspace_id=workspace_id,
            slack_user=slack_user,
            now=stamp(now),
        ),
    )


def _own_week(tx: Tx, workspace_id: str, slack_user: str, *, ends_at: datetime) -> OwnWeek:
    rows = tx.all(
        GIVEN,
        workspace_id=workspace_id,
        starts_at=stamp(ends_at - WEEK),
        ends_at=stamp(ends_at),
        told=Act.ANSWERED.value,
        seen=Act.ANSWERED_THERE.value,
        taken_back=Act.REOPEN.value,
        answered_by_me=f'%"answered_by": "{slack_user}"%',
    )
    return own_week(map(_given, rows), slack_user)


def _given(row: Row) -> Given:
    before, after = read_facts(row["before_facts"]), read_facts(row["after_facts"])
    answered_at, asked_at = read_stamp_or_none(after["answered_at"]), read_stamp(row["asked_at"])
    # Who asked again since waits since then; what they had asked before is not written down, but when it began.
    is_past = answered_at is not None and answered_at < asked_at and row["began_at"]
    return Given(
        conversation_id=row["object_id"],
        act=Act(row["act"]),
        before=ReplyState(before["reply_state"]),
        answered_by=after["answered_by"],
        answered_at=answered_at,
        asked_at=read_stamp(row["began_at"]) if is_past else asked_at,
        promised_by=before["claimed_by"],
        due_at=read_stamp_or_none(before["due_at"]),
    )
