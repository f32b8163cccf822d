"""Improvements: rows, and the history that they can be made from again."""

from collections.abc import Callable, Collection
from datetime import datetime
from itertools import islice

from engagement.improvements.improvement import (
    Improvement,
    ImprovementAct,
    ImprovementKind,
    ImprovementPress,
    ImprovementState,
    Wanted,
    after_press,
    begin,
)
from engagement.records.lookup import Turn, Turns
from engagement.sending.outbox import MessageKind
from engagement.sending.webhook import EventType
from storage.batches import rows_where
from storage.database import Row, Tx, assigned, the_row
from storage.records.history import read_facts, write_history
from storage.records.pages import page_of_lines
from storage.sending.messages import queue_message
from storage.sending.webhook import About, queue_events
from storage.stamps import read_stamp, read_stamp_or_none, stamp, stamp_or_none

HISTORY = "SELECT * FROM history WHERE object = 'improvement' AND object_id = :id"
# Those that stand by themselves and are not done yet.
UNDECIDED = "improvement.merged_into = 0 AND improvement.state IN ('proposed', 'planned')"

Find = Callable[[Tx, int], Improvement | None]


def add_improvement(tx: Tx, workspace_id: str, wanted: Wanted, *, by: str, at: datetime) -> Improvement:
    """Propose an improvement."""
    press = ImprovementPress(act=ImprovementAct.CREATE, by=by, at=at, drawn=0, wanted=wanted)
    values = improvement_values(begin(0, workspace_id, press))
    columns = {"workspace_id": workspace_id, "created_by": by, "created_at": stamp(at), **values}
    names = ", ".join(columns)
    row = the_row(
        tx,
        f"INSERT INTO improvement ({names}) VALUES ({', '.join(f':{name}' for name in columns)}) RETURNING id",  # noqa: S608 - our own names
        **columns,
    )
    improvement = begin(row["id"], workspace_id, press)
    _note(tx, None, improvement, press)
    return improvement


def find_improvement(tx: Tx, improvement_id: int) -> Improvement | None:
    """Return one improvement, None when it is not there."""
    row = tx.one("SELECT * FROM improvement WHERE id = :id", id=improvement_id)
    return improvement_from(row) if row else None


def standing_improvement(tx: Tx, improvement_id: int, *, find: Find = find_improvement) -> Improvement | None:
    """Return the improvement, or the one that it went into; None when there is no such."""
    improvement = find(tx, improvement_id) if improvement_id else None
    while improvement is not None and improvement.merged_into:
        improvement = find(tx, improvement.merged_into)
    return improvement


def hold_improvement(tx: Tx, improvement_id: int) -> Improvement | None:
    """Return one improvement that nobody else changes until the transaction ends."""
    tx.run("UPDATE improvement SET version = version WHERE id = :id", id=improvement_id)
    return find_improvement(tx, improvement_id)


def save_press(tx: Tx, before: Improvement, press: ImprovementPress) -> Improvement | None:
    """Store what a press makes of the improvement, with a line of its history; None where it changes nothing."""
    after = after_press(before, press)
    if after is None:
        return None
    values = improvement_values(after)
    sql = f"UPDATE improvement SET {assigned(values)} WHERE id = :id AND version = :version - 1"  # noqa: S608 - our own names
    if not tx.run(sql, id=after.id, **values):
        return None
    _note(tx, before, after, press)
    return after


def post_improvement(tx: Tx, improvement: Improvement, *, at: datetime) -> None:
    """Have the improvement's card posted to its department, once for each channel that it comes to."""
    queue_message(
        tx,
        workspace_id=improvement.workspace_id,
        channel=improvement.wanted.channel,
        kind=MessageKind.IMPROVEMENT,
        subject=str(improvement.id),
        at=at,
    )


def latest_department(tx: Tx, workspace_id: str) -> str:
    """Return the channel of the improvement that was proposed last, empty where none was."""
    row = tx.one(
        "SELECT channel FROM improvement WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT 1",
        workspace_id=workspace_id,
    )
    return str(row["channel"]) if row else ""


def improvements_to_choose(tx: Tx, workspace_id: str, words: str = "", *, limit: int) -> list[Improvement]:
    """Return what a mention may be counted for, the undecided first, then by the latest decision.

    With `words` only those in whose titles these stand, one after the other.
    """
    sql = f"""SELECT * FROM improvement WHERE workspace_id = :workspace_id AND merged_into = 0 AND state <> 'declined'
      ORDER BY CASE WHEN {UNDECIDED} THEN 0 ELSE 1 END, decided_at DESC, id DESC"""  # noqa: S608 - our own words
    if not words:
        return [improvement_from(row) for row in tx.all(f"{sql} LIMIT :limit", workspace_id=workspace_id, limit=limit)]
    # Compared here: SQLite knows the capitals of English alone.
    every = tx.all(sql, workspace_id=workspace_id)
    found = (row for row in every if words.casefold() in row["title"].casefold())
    return [improvement_from(row) for row in islice(found, limit)]


def shipped_between(tx: Tx, workspace_id: str, *, starts_at: datetime, ends_at: datetime) -> list[Improvement]:
    """Return what shipped in [starts_at, ends_at), and is still said to have, in that order."""
    rows = tx.all(
        """SELECT * FROM improvement WHERE workspace_id = :workspace_id AND merged_into = 0 AND state = 'shipped'
             AND decided_at >= :starts_at AND decided_at < :ends_at ORDER BY decided_at, id""",
        workspace_id=workspace_id,
        starts_at=stamp(starts_at),
        ends_at=stamp(ends_at),
    )
    return [improvement_from(row) for row in rows]


def history_of(tx: Tx, improvement_id: int) -> list[ImprovementPress]:
    """Return all that was done to an improvement, oldest first."""
    return [_press_from(row, drawn) for drawn, row in enumerate(tx.all(f"{HISTORY} ORDER BY id", id=improvement_id))]


def presses_on(tx: Tx, improvement_id: int, turn: Turn | None = None) -> tuple[list[ImprovementPress], Turns]:
    """Return a page of what was done to an improvement, newest first, and where it can be turned."""
    lines = "FROM history WHERE history.object = 'improvement' AND history.object_id = :id"
    rows, turns = page_of_lines(tx, lines, turn, id=improvement_id)
    return [_press_from(row, read_facts(row["after_facts"])["version"] - 1) for row in rows], turns


def titles_of(tx: Tx, numbers: Collection[int]) -> dict[int, str]:
    """Return what improvements are called."""
    rows = rows_where(tx, "SELECT id, title FROM improvement WHERE id IN ({wanted})", sorted(numbers))
    return {row["id"]: row["title"] for row in rows}


def latest_press(tx: Tx, improvement_id: int) -> ImprovementPress | None:
    """Return what was done last, None where there is no such improvement."""
    row = tx.one(f"{HISTORY} ORDER BY id DESC LIMIT 1", id=improvement_id)
    return _press_from(row, read_facts(row["after_facts"])["version"] - 1) if row else None


def improvement_from(row: Row) -> Improvement:
    """Return a row of `improvement`."""
    return Improvement(
        id=row["id"],
        workspace_id=row["workspace_id"],
        wanted=_wanted_from(row),
        created_by=row["created_by"],
        created_at=read_stamp(row["created_at"]),
        decided_by=row["decided_by"],
        decided_at=read_stamp(row["decided_at"]),
        state=ImprovementState(row["state"]),
        note=row["note"],
        link=row["link"],
        merged_into=row["merged_into"],
        closed_at=read_stamp_or_none(row["closed_at"]),
        version=row["version"],
    )


def improvement_values(improvement: Improvement) -> dict[str, object]:
    """Return the columns that a press may change; also what the history keeps."""
    wanted = improvement.wanted
    return {
        "title": wanted.title,
        "kind": wanted.kind.value,
        "channel": wanted.channel,
        "owner": wanted.owner,
        "tracker_url": wanted.tracker_url,
        "state": improvement.state.value,
        "note": improvement.note,
        "link": improvement.link,
        "decided_by": improvement.decided_by,
        "decided_at": stamp(improvement.decided_at),
        "merged_into": improvement.merged_into,
        "closed_at": stamp_or_none(improvement.closed_at),
        "version": improvement.version,
    }


def _note(tx: Tx, before: Improvement | None, after: Improvement, press: ImprovementPress) -> None:
    line = write_history(
        tx,
        workspace_id=after.workspace_id,
        object_="improvement",
        object_id=after.id,
        act=press.act.value,
        actor=press.by,
        at=press.at,
        before=improvement_values(before) if before else {},
        after=improvement_values(after) | {"other": press.other},
    )
    about = About(workspace_id=after.workspace_id, object="improvement", number=after.id, line=line)
    queue_events(tx, about, [EventType.IMPROVEMENT], at=press.at)


def _press_from(row: Row, drawn: int) -> ImprovementPress:
    facts, before = read_facts(row["after_facts"]), read_facts(row["before_facts"])
    return ImprovementPress(
        act=ImprovementAct(row["act"]),
        by=row["actor"],
        at=read_stamp(row["at"]),
        drawn=drawn,
        wanted=_wanted_from(facts),
        instead_of=_wanted_from(before) if before else None,
        note=facts["note"],
        link=facts["link"],
        other=facts["other"],
    )


def _wanted_from(row: Row) -> Wanted:
    return Wanted(
        title=row["title"],
        kind=ImprovementKind(row["kind"]),
        channel=row["channel"],
        owner=row["owner"],
        tracker_url=row["tracker_url"],
    )
