"""The outbox of events: what other programs are to be told, while somebody wants to be told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, assert_never

from engagement.dataclass import dataclass
from engagement.sending.outbox import MessageKind
from engagement.sending.webhook import Arrived, Event, EventState, EventType, Outcome, Unwanted, key_of
from storage.database import Row, Tx
from storage.records.history import write_history
from storage.sending.messages import queue_message
from storage.stamps import load_list, read_stamp, stamp

SWITCHED_OFF = "the webhook was switched off"
UNWANTED = "the receiver wants no more (410)"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an event is about: an object by its number, and the line of the history that tells what became of it."""

    workspace_id: str
    object: str
    number: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How the webhook gets on: how many events wait and how many were given up, and since when it wants none."""

    waiting: int = 0
    failed: int = 0
    reason: str = ""
    gone_at: datetime | None = None


NO_BACKLOG: Final = Backlog()


def listen_for_events(tx: Tx, workspace_id: str, *, at: datetime, wanted: bool) -> None:
    """Have events queued from now on, or none any more; called at each start, as the settings say.

    So a receiver that wanted no more is asked again after a restart. What waited when it was switched off is given up.
    """
    before = tx.one("SELECT gone_at FROM webhook WHERE workspace_id = :workspace_id", workspace_id=workspace_id)
    if wanted:
        tx.run(
            """INSERT INTO webhook (workspace_id, since) VALUES (:workspace_id, :at)
               ON CONFLICT (workspace_id) DO UPDATE SET gone_at = NULL""",
            workspace_id=workspace_id,
            at=stamp(at),
        )
        if before is None or before["gone_at"]:
            _note(tx, workspace_id, "webhook on", at=at)
    elif tx.run("DELETE FROM webhook WHERE workspace_id = :workspace_id", workspace_id=workspace_id):
        _give_up_all(tx, workspace_id, reason=SWITCHED_OFF)
        _note(tx, workspace_id, "webhook off", at=at)


def queue_events(tx: Tx, about: About, types: Sequence[EventType], *, at: datetime) -> None:
    """Have the receiver told of what just happened; nothing, where there is none, or none that wants to hear."""
    for kind in types:
        tx.run(
            """INSERT INTO webhook_event
                 (workspace_id, event_key, type, object, object_id, line, not_before, created_at)
               SELECT :workspace_id, :event_key, :type, :object, :object_id, :line, :at, :at FROM webhook
               WHERE webhook.workspace_id = :workspace_id AND webhook.gone_at IS NULL""",
            workspace_id=about.workspace_id,
            event_key=key_of(about.workspace_id, kind, about.line, at),
            type=kind.value,
            object=about.object,
            object_id=about.number,
            line=about.line,
            at=stamp(at),
        )


def events_due(tx: Tx, workspace_id: str, *, now: datetime, limit: int) -> list[Event]:
    """Return what can be told now: of each object the oldest event alone, so that they arrive in order."""
    rows = tx.all(
        """SELECT * FROM webhook_event WHERE id IN (
             SELECT MIN(id) FROM webhook_event WHERE state = 'waiting' GROUP BY object, object_id)
             AND workspace_id = :workspace_id AND not_before <= :now ORDER BY id LIMIT :limit""",
        workspace_id=workspace_id,
        now=stamp(now),
        limit=limit,
    )
    return [_event_from(row) for row in rows]


def begin_event(tx: Tx, event: Event) -> bool:
    """Commit that a call is about to be made; False where another process makes it."""
    return bool(
        tx.run(
            """UPDATE webhook_event SET attempts = :attempts, not_before = :not_before
               WHERE id = :id AND state = 'waiting' AND attempts = :attempts - 1""",
            id=event.id,
            attempts=event.attempts,
            not_before=stamp(event.not_before),
        )
    )


def settle_event(tx: Tx, event: Event, outcome: Outcome, *, at: datetime) -> None:
    """Store what became of a call."""
    match outcome:
        case Arrived():
            tx.run("DELETE FROM webhook_event WHERE id = :id", id=event.id)
        case Unwanted():
            _stop(tx, event.workspace_id, at=at)
        case Event():
            tx.run(
                """UPDATE webhook_event SET state = :state, not_before = :not_before, error = :error
                   WHERE id = :id AND state = 'waiting'""",
                id=outcome.id,
                state=outcome.state.value,
                not_before=stamp(outcome.not_before),
                error=outcome.error,
            )
        case _:
            assert_never(outcome)


def backlog_of(tx: Tx) -> Backlog:
    """Return how the webhook gets on, of all workspaces together."""
    rows = tx.all("SELECT state, error, COUNT(*) AS many, MAX(id) AS latest FROM webhook_event GROUP BY state, error")
    gone = tx.one("SELECT MAX(gone_at) AS gone_at FROM webhook")
    counted = {state: sum(row["many"] for row in rows if row["state"] == state.value) for state in EventState}
    told = sorted((row for row in rows if row["error"]), key=lambda row: int(row["latest"]))
    return Backlog(
        waiting=counted[EventState.WAITING],
        failed=counted[EventState.FAILED],
        reason=told[-1]["error"] if told else "",
        gone_at=read_stamp(gone["gone_at"]) if gone and gone["gone_at"] else None,
    )


def _stop(tx: Tx, workspace_id: str, *, at: datetime) -> None:
    """Queue no more events, give up those that wait, and tell whoever configures the bot, once."""
    stopped = tx.run(
        "UPDATE webhook SET gone_at = :at WHERE workspace_id = :workspace_id AND gone_at IS NULL",
        workspace_id=workspace_id,
        at=stamp(at),
    )
    _give_up_all(tx, workspace_id, reason=UNWANTED)
    if not stopped:
        return
    _note(tx, workspace_id, "webhook unwanted", at=at)
    for person in _whom_to_tell(tx, workspace_id):
        queue_message(
            tx, workspace_id=workspace_id, channel=person, kind=MessageKind.UNWANTED, subject=stamp(at), at=at
        )


def _note(tx: Tx, workspace_id: str, act: str, *, at: datetime) -> None:
    """Note in the history that the webhook was switched, by nobody in Slack: by the operator, or by its receiver."""
    write_history(tx, workspace_id=workspace_id, object_="workspace", object_id=0, act=act, actor="", at=at, after={})


def _give_up_all(tx: Tx, workspace_id: str, *, reason: str) -> None:
    tx.run(
        """UPDATE webhook_event SET state = 'failed', error = :reason
           WHERE workspace_id = :workspace_id AND state = 'waiting'""",
        workspace_id=workspace_id,
        reason=reason,
    )


def _whom_to_tell(tx: Tx, workspace_id: str) -> list[str]:
    """Return who may configure the bot, where that is said; else who made its watches, each once."""
    roles = tx.one("SELECT configure FROM voice_roles WHERE workspace_id = :id", id=workspace_id)
    if roles and (named := load_list(roles["configure"])):
        return list(named)
    rows = tx.all(
        """SELECT created_by, MIN(id) AS first FROM watch WHERE workspace_id = :id AND created_by <> ''
           GROUP BY created_by ORDER BY first""",
        id=workspace_id,
    )
    return [row["created_by"] for row in rows]


def _event_from(row: Row) -> Event:
    return Event(
        id=row["id"],
        workspace_id=row["workspace_id"],
        key=row["event_key"],
        type=EventType(row["type"]),
        line=row["line"],
        state=EventState(row["state"]),
        attempts=row["attempts"],
        not_before=read_stamp(row["not_before"]),
        created_at=read_stamp(row["created_at"]),
        error=row["error"],
    )
