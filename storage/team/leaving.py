"""Teammates whose seat in the workspace was taken away: what they had promised goes to their cover, or to the team."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import Conversation
from engagement.sending.outbox import MessageKind
from engagement.team.departure import DEPARTURE_ROWS, Departure
from engagement.team.handover import heir_of, is_barred
from storage.conversations.asking import ASKED
from storage.conversations.waiting import SHOWN, waiting_from
from storage.database import Row, Tx, count, the_row
from storage.records.history import write_history
from storage.sending.messages import queue_message
from storage.stamps import stamp, stamp_or_none
from storage.team.availability import availability_of
from storage.team.handover import hand_over
from storage.voice.guide import find_roles

# Also of what is not us: somebody may take that back.
EVER_PROMISED: Final = """FROM conversation WHERE workspace_id = :workspace_id AND is_open IN (0, 1)
  AND claimed_by = :slack_user AND reply_state = 'claimed' LIMIT 1"""


def has_left(tx: Tx, workspace_id: str, slack_user: str) -> bool:
    """Return whether somebody's seat in the workspace is gone, as far as we know."""
    row = _teammate(tx, workspace_id, slack_user)
    return row is not None and row["left_at"] is not None


def matters(tx: Tx, workspace_id: str, slack_user: str, *, deactivated: bool) -> bool:
    """Return whether what Slack says of somebody's seat is news: of us, or of somebody who has promised a reply."""
    if not deactivated:
        return has_left(tx, workspace_id, slack_user)
    if has_left(tx, workspace_id, slack_user):
        return False
    promised = f"SELECT 1 AS yes {EVER_PROMISED}"
    return (
        _teammate(tx, workspace_id, slack_user) is not None
        or tx.one(promised, workspace_id=workspace_id, slack_user=slack_user) is not None
    )


def leave(tx: Tx, workspace_id: str, slack_user: str, *, at: datetime) -> None:
    """Hand over what somebody had promised, and tell the channels of it; once, until they come back.

    What they decided stays, and so does what they are called in the communities: their answers are still ours.
    """
    if not matters(tx, workspace_id, slack_user, deactivated=True):
        return
    row = the_row(
        tx,
        """INSERT INTO teammate (workspace_id, slack_user, name, left_at)
           VALUES (:workspace_id, :slack_user, :slack_user, :at)
           ON CONFLICT (workspace_id, slack_user) DO UPDATE SET left_at = excluded.left_at RETURNING id, cover""",
        workspace_id=workspace_id,
        slack_user=slack_user,
        at=stamp(at),
    )
    cover = availability_of(tx, workspace_id, row["cover"])
    heir = heir_of(slack_user, cover, find_roles(tx, workspace_id), at=at)
    # By nobody: it was the bot that saw them leave.
    if moved := hand_over(tx, workspace_id, slack_user, heir=heir, by="", at=at):
        _tell_channels(tx, workspace_id, slack_user, heir, moved, at=at)
    # Nobody reads what still waits to be sent to them.
    tx.run(
        """UPDATE message SET state = 'failed', error = ''
           WHERE workspace_id = :workspace_id AND channel = :slack_user AND state = 'waiting'""",
        workspace_id=workspace_id,
        slack_user=slack_user,
    )
    _note(tx, workspace_id, row["id"], "leave", slack_user, left_at=at, at=at)


def come_back(tx: Tx, workspace_id: str, slack_user: str, *, at: datetime) -> None:
    """Note that somebody has their seat again; what was handed over stays where it is."""
    row = tx.one(
        """UPDATE teammate SET left_at = NULL
           WHERE workspace_id = :workspace_id AND slack_user = :slack_user AND left_at IS NOT NULL RETURNING id""",
        workspace_id=workspace_id,
        slack_user=slack_user,
    )
    if row:
        _note(tx, workspace_id, row["id"], "return", slack_user, left_at=None, at=at)


def find_departure(tx: Tx, departure_id: int, *, channel: str) -> Departure | None:
    """Return what a channel is told of a departure, None when there is none of that number."""
    row = tx.one("SELECT * FROM departure WHERE id = :id", id=departure_id)
    if row is None:
        return None
    here = {"id": departure_id, "channel": channel}
    of_here = "departure_row.departure_id = :id AND conversation.channel = :channel"
    rows = tx.all(
        f"""SELECT {SHOWN} {ASKED} JOIN departure_row ON departure_row.conversation_id = conversation.id
            WHERE {of_here} ORDER BY departure_row.position LIMIT :limit""",
        limit=DEPARTURE_ROWS,
        **here,
    )
    promised = count(
        tx,
        f"FROM departure_row JOIN conversation ON conversation.id = departure_row.conversation_id WHERE {of_here}",
        **here,
    )
    return Departure(
        slack_user=row["slack_user"],
        heir=row["heir"],
        promised=promised,
        rows=tuple(waiting_from(each) for each in rows),
        barred="" if row["heir"] else _barred_cover(tx, row["workspace_id"], row["slack_user"]),
    )


def _barred_cover(tx: Tx, workspace_id: str, slack_user: str) -> str:
    """Return who covers for somebody and may not answer for the team, as things are now; empty for nobody."""
    cover = availability_of(tx, workspace_id, slack_user).cover
    return cover if is_barred(cover, find_roles(tx, workspace_id)) else ""


def owners_to_look_up(tx: Tx, workspace_id: str, *, asked_before: datetime) -> list[str]:
    """Return who has promised a reply that is still open, and whom Slack was not asked about since `asked_before`."""
    rows = tx.all(
        """SELECT DISTINCT conversation.claimed_by AS owner FROM conversation
           LEFT JOIN teammate ON teammate.workspace_id = conversation.workspace_id
             AND teammate.slack_user = conversation.claimed_by
           WHERE conversation.workspace_id = :workspace_id AND conversation.is_open = 1
             AND conversation.claimed_by <> '' AND (teammate.id IS NULL OR teammate.asked_slack_at IS NULL
               OR teammate.asked_slack_at < :before)
           ORDER BY conversation.claimed_by""",
        workspace_id=workspace_id,
        before=stamp(asked_before),
    )
    return [str(row["owner"]) for row in rows]


def _tell_channels(
    tx: Tx, workspace_id: str, slack_user: str, heir: str, moved: Sequence[Conversation], *, at: datetime
) -> None:
    departure = the_row(
        tx,
        """INSERT INTO departure (workspace_id, slack_user, heir, left_at)
           VALUES (:workspace_id, :slack_user, :heir, :at) RETURNING id""",
        workspace_id=workspace_id,
        slack_user=slack_user,
        heir=heir,
        at=stamp(at),
    )["id"]
    tx.many(
        """INSERT INTO departure_row (departure_id, position, conversation_id)
           VALUES (:departure, :position, :conversation)""",
        [
            {"departure": departure, "position": position, "conversation": each.id}
            for position, each in enumerate(moved)
        ],
    )
    for channel in dict.fromkeys(each.channel for each in moved):
        queue_message(
            tx,
            workspace_id=workspace_id,
            channel=channel,
            kind=MessageKind.DEPARTURE,
            subject=str(departure),
            at=at,
        )


def _teammate(tx: Tx, workspace_id: str, slack_user: str) -> Row | None:
    return tx.one(
        "SELECT * FROM teammate WHERE workspace_id = :workspace_id AND slack_user = :slack_user",
        workspace_id=workspace_id,
        slack_user=slack_user,
    )


def _note(
    tx: Tx, workspace_id: str, teammate_id: int, act: str, slack_user: str, *, left_at: datetime | None, at: datetime
) -> None:
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="teammate",
        object_id=teammate_id,
        act=act,
        actor="",
        at=at,
        after={"slack_user": slack_user, "left_at": stamp_or_none(left_at)},
    )
