"""A press on a button: load the row, ask engagement, store what it decided and who did it."""

from datetime import datetime

from engagement.calendar import one_working_day_after
from engagement.conversation import Conversation
from engagement.decide import TAGGING, Act, Circumstances, Decided, Gone, Outcome, Outdated, Past, Press, decide
from engagement.outbox import MessageKind
from storage.conversations import asks_us, find_conversation, save_conversation
from storage.database import Row, Tx
from storage.history import read_facts, write_history
from storage.messages import mark_stale
from storage.rows import conversation_from, decision_values
from storage.stamps import read_stamp
from storage.workspaces import find_workspace


def record_press(tx: Tx, press: Press, *, at: datetime) -> Outcome:
    """Apply a press in one transaction and have everything that shows the conversation redrawn."""
    before = find_conversation(tx, press.conversation_id)
    if before is None:
        return Gone()
    workspace = find_workspace(tx, before.workspace_id)
    if workspace is None:
        return Gone()
    circumstances = Circumstances(
        at=at,
        due_at=one_working_day_after(at, workspace.schedule.zone),
        ours_to_answer=asks_us(tx, before.id),
        before_tag=_before_latest_tag(tx, before) if press.act is Act.UNDO else None,
    )
    after = decide(before, press, circumstances)
    if after is None or not save_conversation(tx, after):
        return Outdated(conversation=before, first=latest_decision(tx, before.id))
    write_decision(tx, before, after, act=press.act, actor=press.by, at=at)
    redraw_conversation(tx, before.id)
    return Decided(conversation=after)


def redraw_conversation(tx: Tx, conversation_id: int) -> None:
    """Have the card, and the digests that list the conversation, redrawn from the rows."""
    mark_stale(tx, MessageKind.CARD, str(conversation_id))
    for row in tx.all("SELECT digest_id FROM digest_row WHERE conversation_id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.DIGEST, str(row["digest_id"]))


def write_decision(tx: Tx, before: Conversation, after: Conversation, *, act: Act, actor: str, at: datetime) -> None:
    """Append a decision to the conversation's history."""
    write_history(
        tx,
        workspace_id=before.workspace_id,
        object_="conversation",
        object_id=before.id,
        act=act.value,
        actor=actor,
        at=at,
        before=decision_values(before),
        after=decision_values(after),
    )


def latest_decision(tx: Tx, conversation_id: int) -> Past | None:
    """Return who decided last, None when nobody has."""
    lines = _history(tx, conversation_id)
    if not lines:
        return None
    return Past(act=Act(lines[-1]["act"]), by=lines[-1]["actor"], at=read_stamp(lines[-1]["at"]))


def _before_latest_tag(tx: Tx, conversation: Conversation) -> Conversation | None:
    """Return the conversation as it stood before the latest tag that still stands.

    An Undo takes the tag before it off the pile, so that pressing Undo twice goes back two tags.
    """
    pile: list[Row] = []
    for line in _history(tx, conversation.id):
        act = Act(line["act"])
        if act is Act.UNDO and pile:
            pile.pop()
        elif act in TAGGING or read_facts(line["before_facts"])["tag"] != read_facts(line["after_facts"])["tag"]:
            pile.append(line)
    if not pile:
        return None
    row = tx.one("SELECT * FROM conversation WHERE id = :id", id=conversation.id)
    return conversation_from({**(row or {}), **read_facts(pile[-1]["before_facts"])})


def _history(tx: Tx, conversation_id: int) -> list[Row]:
    return list(
        tx.all(
            "SELECT * FROM history WHERE object = 'conversation' AND object_id = :id ORDER BY id", id=conversation_id
        )
    )
