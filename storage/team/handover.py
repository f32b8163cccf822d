"""Promises that go to somebody else: in the transaction that notes why, whatever the reason is."""

from datetime import datetime
from typing import Final

from engagement.conversations.conversation import Conversation
from engagement.conversations.press import Decided
from engagement.team.handover import handed_over
from engagement.turns.reminders import ReminderKind
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.stamps import stamp
from storage.turns.reminders import Due, tell

PROMISED: Final = """SELECT id, version FROM conversation WHERE workspace_id = :workspace_id AND is_open = 1
  AND claimed_by = :slack_user AND reply_state = 'claimed' AND dismissed_by = '' ORDER BY due_at, id"""


def hand_over(
    tx: Tx, workspace_id: str, slack_user: str, *, heir: str, by: str, at: datetime
) -> tuple[Conversation, ...]:
    """Give what `slack_user` has promised to `heir`, or back to the team where that is nobody; return what it was.

    The heir gets one message that lists it. `by` is who hands it over, empty for the bot.
    """
    moved = []
    for row in tx.all(PROMISED, workspace_id=workspace_id, slack_user=slack_user):
        press = handed_over(row["id"], heir=heir, by=by, drawn=row["version"])
        result = record_press(tx, press, workspace_id=workspace_id, at=at)
        moved += [result.conversation] if isinstance(result, Decided) else []
    if heir and moved:
        due = Due(
            workspace_id=workspace_id,
            kind=ReminderKind.COVER,
            recipient=heir,
            period=stamp(at),
            conversations=tuple(each.id for each in moved),
            about=slack_user,
        )
        tell(tx, due, at=at)
    return tuple(moved)
