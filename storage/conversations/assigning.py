"""A reply that is given to somebody, who is told."""

from datetime import datetime

from engagement.calm.quiet import quiet_until
from engagement.conversations.press import Decided, Press, PressResult
from engagement.sending.outbox import MessageKind
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.sending.messages import queue_message
from storage.team.availability import zone_of_person
from storage.workspaces import asking_workspace


def assign(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Give the reply to `press.to`, and tell them once it is not quiet where they are; who takes it so knows."""
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    if isinstance(outcome, Decided) and press.to != press.by:
        zone = zone_of_person(tx, workspace_id, press.to)
        queue_message(
            tx,
            workspace_id=workspace_id,
            channel=press.to,
            kind=MessageKind.ASSIGNED,
            subject=str(press.conversation_id),
            part=outcome.conversation.version,
            not_before=quiet_until(asking_workspace(tx, workspace_id), at, zone=zone),
            at=at,
        )
    return outcome
