"""Whoever asked for what shipped is owed a word: one in each conversation, and no more once that is taken back."""

from datetime import datetime

from engagement.conversations.press import Act, Decided, Press
from engagement.improvements.asked_for import Asked, whom_to_tell
from engagement.improvements.improvement import Improvement
from storage.conversations.conversations import find_conversation, waits_since
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.improvements.demands import demand_for, forget_telling, owe_telling, untold_in
from storage.voice.guide import find_guide


def tell_of(tx: Tx, improvement: Improvement, *, by: str, at: datetime) -> None:
    """Owe a word to everybody who asked for it and can be told, if it has shipped and they were not told yet."""
    if not improvement.is_shipped:
        return
    demand = demand_for(tx, improvement)
    by_conversation: dict[int, list[Asked]] = {}
    guide = find_guide(tx, improvement.workspace_id)
    for asked in whom_to_tell(demand.asked, telling=demand.telling, guide=guide, at=at):
        by_conversation.setdefault(asked.conversation_id, []).append(asked)
    for conversation_id, asked_here in by_conversation.items():
        if _owe(tx, conversation_id, asked_here[0].mention_id, improvement.workspace_id, by=by, at=at):
            owe_telling(tx, improvement.id, asked_here, at=at)


def _owe(tx: Tx, conversation_id: int, mention_id: int, workspace_id: str, *, by: str, at: datetime) -> bool:
    before = find_conversation(tx, conversation_id)
    if before is None:
        return False
    press = Press(act=Act.SHIPPED, conversation_id=conversation_id, by=by, drawn=before.version)
    if not isinstance(record_press(tx, press, workspace_id=workspace_id, at=at), Decided):
        return False
    if not before.reply.is_open:
        waits_since(tx, conversation_id, mention_id, at)
    return True


def stop_telling(tx: Tx, improvement: Improvement, *, by: str, at: datetime) -> None:
    """Owe nobody a word of what has not shipped after all; who was told, was told."""
    for conversation_id in untold_in(tx, improvement.id):
        stop_telling_in(tx, improvement.id, conversation_id, workspace_id=improvement.workspace_id, by=by, at=at)


def stop_telling_in(
    tx: Tx, improvement_id: int, conversation_id: int, *, workspace_id: str, by: str, at: datetime
) -> None:
    """Owe nobody in a conversation a word of an improvement any more."""
    if not forget_telling(tx, improvement_id, conversation_id):
        return
    now = find_conversation(tx, conversation_id)
    if now is not None:
        press = Press(act=Act.NOT_SHIPPED, conversation_id=conversation_id, by=by, drawn=now.version)
        record_press(tx, press, workspace_id=workspace_id, at=at)
