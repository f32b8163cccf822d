"""What people do with improvements, each in one transaction: count mentions for them, decide, merge, split."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.conversations.press import Act, Decided, Gone, Press, PressResult
from engagement.improvements.improvement import (
    Improvement,
    ImprovementAct,
    ImprovementDecided,
    ImprovementOutdated,
    ImprovementPress,
    ImprovementResult,
    Wanted,
    may_merge,
)
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.conversations import save_conversation
from storage.conversations.decided import write_decision
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.improvements.improvements import (
    add_improvement,
    find_improvement,
    hold_improvement,
    latest_press,
    post_improvement,
    save_press,
    standing_improvement,
)
from storage.improvements.shipping import stop_telling, stop_telling_in, tell_of
from storage.sending.redraws import redraw_conversation, redraw_improvement


def count_for(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Count a conversation for the improvement that `press` names, or for none.

    One that went into another meanwhile stands for that one. Where it has shipped, they are told.
    """
    improvement = standing_improvement(tx, press.improvement_id, find=hold_improvement)
    if press.improvement_id and (improvement is None or improvement.workspace_id != workspace_id):
        return Gone()
    row = tx.one("SELECT improvement_id FROM conversation WHERE id = :id", id=press.conversation_id)
    was = row["improvement_id"] if row else 0
    press = replace(press, improvement_id=improvement.id if improvement else 0)
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    if not isinstance(outcome, Decided):
        return outcome
    if was:
        stop_telling_in(tx, was, press.conversation_id, workspace_id=workspace_id, by=press.by, at=at)
        redraw_improvement(tx, was)
    if improvement is not None:
        tell_of(tx, improvement, by=press.by, at=at)
        redraw_improvement(tx, improvement.id)
    return outcome


def count_for_new(tx: Tx, press: Press, wanted: Wanted, *, workspace_id: str, at: datetime) -> PressResult:
    """Propose an improvement and count a conversation for it; a press that comes too late proposes nothing."""
    # Held until the transaction ends: nobody decides between the look and the press.
    held = tx.run(
        """UPDATE conversation SET version = version
           WHERE id = :id AND workspace_id = :workspace_id AND version = :drawn""",
        id=press.conversation_id,
        workspace_id=workspace_id,
        drawn=press.drawn,
    )
    if not held:
        return record_press(tx, press, workspace_id=workspace_id, at=at)
    improvement = propose(tx, workspace_id, wanted, by=press.by, at=at)
    return count_for(tx, replace(press, improvement_id=improvement.id), workspace_id=workspace_id, at=at)


def propose(tx: Tx, workspace_id: str, wanted: Wanted, *, by: str, at: datetime) -> Improvement:
    """Propose an improvement, and tell its department."""
    improvement = add_improvement(tx, workspace_id, wanted, by=by, at=at)
    post_improvement(tx, improvement, at=at)
    return improvement


def press_improvement(tx: Tx, improvement_id: int, press: ImprovementPress, *, workspace_id: str) -> ImprovementResult:
    """Apply a press on an improvement: what it was, and for shipping and its reverse, whoever is to be told."""
    before = find_improvement(tx, improvement_id)
    if before is None or before.workspace_id != workspace_id:
        return None
    after = save_press(tx, before, press)
    if after is None:
        return _outdated(tx, before)
    if press.act is ImprovementAct.SHIP:
        tell_of(tx, after, by=press.by, at=press.at)
    elif press.act is ImprovementAct.REOPEN:
        stop_telling(tx, after, by=press.by, at=press.at)
    if after.wanted.tracker_url != before.wanted.tracker_url:
        tx.run("UPDATE improvement SET issue_asked_at = '', issue_etag = '' WHERE id = :id", id=after.id)
    if after.wanted.channel != before.wanted.channel:
        post_improvement(tx, after, at=press.at)
    redraw_improvement(tx, after.id)
    return ImprovementDecided(improvement=after)


def merge(tx: Tx, improvement_id: int, press: ImprovementPress, *, workspace_id: str) -> ImprovementResult:
    """Have everybody who asked for one improvement counted for another, `press.other`."""
    before = hold_improvement(tx, improvement_id)
    into = standing_improvement(tx, press.other, find=hold_improvement)
    if before is None or into is None or before.workspace_id != workspace_id:
        return None
    merged = save_press(tx, before, replace(press, other=into.id)) if may_merge(before, into) else None
    if merged is None:
        return _outdated(tx, before)
    absorb = replace(press, act=ImprovementAct.ABSORB, drawn=into.version, other=merged.id)
    into = save_press(tx, into, absorb) or into
    _move(tx, _hold_conversations(tx, merged.id), into, press)
    tell_of(tx, into, by=press.by, at=press.at)
    redraw_improvement(tx, merged.id)
    redraw_improvement(tx, into.id)
    return ImprovementDecided(improvement=merged)


def split(
    tx: Tx,
    improvement_id: int,
    press: ImprovementPress,
    conversations: Collection[int],
    *,
    workspace_id: str,
) -> ImprovementResult:
    """Have some of those who asked for an improvement counted for a new one, which `press.wanted` describes."""
    before = hold_improvement(tx, improvement_id)
    if before is None or press.wanted is None or before.workspace_id != workspace_id:
        return None
    going = [each for each in _hold_conversations(tx, before.id) if each.id in conversations]
    if press.drawn != before.version or not going or not before.is_undecided:
        return _outdated(tx, before)
    new = propose(tx, workspace_id, press.wanted, by=press.by, at=press.at)
    after = save_press(tx, before, replace(press, other=new.id))
    if after is None:
        raise AssertionError("what was looked at in this transaction changed within it")
    _move(tx, going, new, press)
    redraw_improvement(tx, after.id)
    return ImprovementDecided(improvement=after)


def _move(tx: Tx, going: Sequence[Conversation], to: Improvement, press: ImprovementPress) -> None:
    """Count conversations for another improvement, also those that are taken out now: somebody may take that back."""
    for before in going:
        after = replace(before, improvement_id=to.id, version=before.version + 1)
        if save_conversation(tx, after):
            write_decision(tx, before, after, act=Act.IMPROVE, actor=press.by, at=press.at)
            redraw_conversation(tx, before.id)


def _hold_conversations(tx: Tx, improvement_id: int) -> list[Conversation]:
    """Return what is counted for an improvement, which nobody else decides about until the transaction ends."""
    rows = tx.all(
        """UPDATE conversation SET version = version WHERE improvement_id = :id AND improvement_id > 0
           RETURNING *""",
        id=improvement_id,
    )
    return [conversation_from(row) for row in sorted(rows, key=lambda row: int(row["id"]))]


def _outdated(tx: Tx, before: Improvement) -> ImprovementOutdated:
    standing = find_improvement(tx, before.id) or before
    return ImprovementOutdated(improvement=standing, first=latest_press(tx, before.id))
