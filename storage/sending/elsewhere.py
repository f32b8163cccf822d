"""Posting elsewhere: all that goes to a channel that is lost goes to another one."""

from dataclasses import replace
from datetime import datetime

from engagement.improvements.improvement import ImprovementAct, ImprovementPress
from engagement.sending.channels import LostChannel
from engagement.sending.outbox import MessageKind
from storage.calm.brakes import hold, open_brake
from storage.database import Tx
from storage.improvements.improvements import UNDECIDED, hold_improvement, post_improvement, save_press
from storage.records.history import write_history
from storage.sending.messages import POSTED_ELSEWHERE, mark_stale
from storage.stamps import stamp

CARD = "SELECT 1 FROM message AS card WHERE card.kind = 'card' AND card.subject = CAST(conversation.id AS TEXT)"
# What leaves a lost channel: what is open, and what has no card there that people know.
GOES_ALONG = f"""conversation.workspace_id = :workspace_id AND conversation.channel = :old
  AND (conversation.is_open = 1 OR NOT EXISTS ({CARD} AND card.state <> 'held'))"""
# Of the improvements there: what is undecided, what somebody is to be told of, and what nobody has seen yet.
STILL_MATTERS = f"""{UNDECIDED} OR EXISTS (
    SELECT 1 FROM telling WHERE telling.improvement_id = improvement.id AND telling.told_at IS NULL)
  OR improvement.merged_into = 0 AND EXISTS (
    SELECT 1 FROM message WHERE message.kind = 'improvement' AND message.subject = CAST(improvement.id AS TEXT)
      AND message.channel = :old AND message.state = 'waiting')"""  # noqa: S608 - constants only
# A message that stands in the lost channel.
TOLD_THERE = "SELECT 1 FROM message AS told WHERE told.workspace_id = :workspace_id AND told.channel = :old"


def post_elsewhere(tx: Tx, lost: LostChannel, channel: str, *, by: str, at: datetime) -> bool:
    """Have all that goes to a lost channel go to `channel`; False where the channel is back, or somebody was first.

    Open conversations get a card there, since nobody can press the one in the channel that is lost.
    """
    moved = tx.run(
        "UPDATE lost_channel SET back_at = :at, moved_to = :channel, moved_by = :by WHERE id = :id AND back_at IS NULL",
        id=lost.id,
        channel=channel,
        by=by,
        at=stamp(at),
    )
    if not moved:
        return False
    where = {"workspace_id": lost.workspace_id, "old": lost.channel, "new": channel}
    _move_watches(tx, where, by=by, at=at)
    _move_improvements(tx, where, by=by, at=at)
    held = _lift_brake(tx, where, by=by, at=at)
    _move_cards(tx, where, at=at)
    _tell_again(tx, where)
    if held:
        brake_id = open_brake(tx, lost.workspace_id, channel, at=at)
        for conversation_id in held:
            hold(tx, brake_id, conversation_id)
    mark_stale(tx, MessageKind.LOST_CHANNEL, str(lost.id))
    write_history(
        tx,
        workspace_id=lost.workspace_id,
        object_="channel",
        object_id=lost.id,
        act="post elsewhere",
        actor=by,
        at=at,
        before={"channel": lost.channel},
        after={"channel": channel},
    )
    return True


def _move_watches(tx: Tx, where: dict[str, str], *, by: str, at: datetime) -> None:
    """Have watches, the digest and what is urgent go to the new channel, each with a line of its own history."""
    rows = tx.all(
        """UPDATE watch SET channel = :new, version = version + 1
           WHERE workspace_id = :workspace_id AND channel = :old RETURNING id, name""",
        **where,
    )
    moved = [("watch", int(row["id"]), "channel", {"name": str(row["name"])}) for row in rows]
    # A form that was opened before would put them back.
    for column, version in (("digest_channel", "digest_version"), ("urgent_channel", "calm_version")):
        if tx.run(
            f"""UPDATE workspace SET {column} = :new, {version} = {version} + 1
                WHERE id = :workspace_id AND {column} = :old""",  # noqa: S608 - our own names
            **where,
        ):
            moved.append(("workspace", 0, column, {}))
    for object_, number, column, name in moved:
        write_history(
            tx,
            workspace_id=where["workspace_id"],
            object_=object_,
            object_id=number,
            act="post elsewhere",
            actor=by,
            at=at,
            before={**name, column: where["old"]},
            after={**name, column: where["new"]},
        )


def _move_improvements(tx: Tx, where: dict[str, str], *, by: str, at: datetime) -> None:
    """Have the improvements of a lost department go on elsewhere; what is settled stays where it was said."""
    there = {"workspace_id": where["workspace_id"], "old": where["old"]}
    rows = tx.all(
        f"""SELECT id FROM improvement WHERE workspace_id = :workspace_id AND channel = :old AND ({STILL_MATTERS})
            ORDER BY id""",  # noqa: S608 - constants only
        **there,
    )
    # Each is posted anew below; moved like the rest, it would come twice where its card stands already.
    tx.run(
        """DELETE FROM message WHERE workspace_id = :workspace_id AND channel = :old AND kind = 'improvement'
             AND state = 'waiting'""",
        **there,
    )
    for row in rows:
        before = hold_improvement(tx, row["id"])
        if before is None:
            continue
        wanted = replace(before.wanted, channel=where["new"])
        press = ImprovementPress(act=ImprovementAct.CHANGE, by=by, at=at, drawn=before.version, wanted=wanted)
        if after := save_press(tx, before, press):
            post_improvement(tx, after, at=at)
            mark_stale(tx, MessageKind.IMPROVEMENT, str(after.id))


def _lift_brake(tx: Tx, where: dict[str, str], *, by: str, at: datetime) -> list[int]:
    """Take the brake off a lost channel, where nobody can press its button; return what it held."""
    brake = tx.one(
        """UPDATE brake SET released_at = :at, released_by = :by, version = version + 1
           WHERE workspace_id = :workspace_id AND channel = :old AND released_at IS NULL RETURNING id""",
        workspace_id=where["workspace_id"],
        old=where["old"],
        by=by,
        at=stamp(at),
    )
    if brake is None:
        return []
    tx.run(
        "UPDATE message SET state = 'failed', error = '' WHERE kind = 'brake' AND subject = :id AND state = 'waiting'",
        id=str(brake["id"]),
    )
    rows = tx.all(
        f"""SELECT conversation.id FROM conversation WHERE conversation.brake_id = :id
              AND EXISTS ({CARD} AND card.state = 'held') ORDER BY conversation.id""",  # noqa: S608 - constants only
        id=brake["id"],
    )
    return [int(row["id"]) for row in rows]


def _move_cards(tx: Tx, where: dict[str, str], *, at: datetime) -> None:
    tx.run(
        f"""UPDATE message SET {POSTED_ELSEWHERE}
            WHERE workspace_id = :workspace_id AND channel = :old AND kind = 'card' AND subject IN (
              SELECT CAST(id AS TEXT) FROM conversation WHERE {GOES_ALONG})""",  # noqa: S608 - constants only
        at=stamp(at),
        **where,
    )
    # What waits for a thread goes where the thread's card goes.
    tx.run(
        """UPDATE message SET channel = :new, not_before = :at, error = ''
           WHERE workspace_id = :workspace_id AND channel = :old AND state = 'waiting' AND (parent_id = 0 OR EXISTS (
             SELECT 1 FROM message AS parent WHERE parent.id = message.parent_id AND parent.channel = :new))""",
        at=stamp(at),
        **where,
    )
    # Of what is settled nobody needs another note, least of all in a thread that cannot be written to.
    tx.run(
        """UPDATE message SET state = 'failed', error = ''
           WHERE workspace_id = :workspace_id AND channel = :old AND state = 'waiting'""",
        workspace_id=where["workspace_id"],
        old=where["old"],
    )
    tx.run(f"UPDATE conversation SET channel = :new WHERE {GOES_ALONG}", **where)  # noqa: S608 - constants only


def _tell_again(tx: Tx, where: dict[str, str]) -> None:
    """Have what was told, or asked, in the lost channel be told where it can be pressed, if it is not settled."""
    here = "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND channel = :new"
    tx.run(
        f"""UPDATE rollup_card SET rollup_id = 0
            WHERE posted_at IS NULL AND conversation_id IN ({here} AND is_open = 1) AND EXISTS (
              {TOLD_THERE} AND told.kind = 'rollup' AND told.subject = CAST(rollup_card.rollup_id AS TEXT))""",  # noqa: S608 - constants only
        **where,
    )
    tx.run(
        f"""UPDATE conversation SET unsure_list_id = 0
            WHERE unsure = 1 AND dismissed_by = '' AND id IN ({here}) AND EXISTS (
              {TOLD_THERE} AND told.kind = 'unsure' AND told.subject = CAST(conversation.unsure_list_id AS TEXT))""",  # noqa: S608 - constants only
        **where,
    )
