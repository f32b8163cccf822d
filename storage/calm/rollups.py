"""Roll-ups: one message that tells of the cards of an hour or a day, and has them shown when somebody asks."""

from collections.abc import Sequence
from datetime import datetime

from engagement.calm.rollup import ROLLUP_ROWS, RolledUp, Rollup, RollupShown, RollupShownBefore, ShowRollupResult
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from engagement.watch import Delivery
from storage.conversations.asking import ASKED
from storage.conversations.waiting import SHOWN, waiting_from
from storage.database import Row, Tx
from storage.records.history import write_history
from storage.sending.messages import mark_stale
from storage.stamps import read_stamp, read_stamp_or_none, stamp

KINDS = list(Kind)
TOLD = "FROM rollup_card JOIN conversation ON conversation.id = rollup_card.conversation_id"


def find_rollup(tx: Tx, rollup_id: int) -> Rollup | None:
    """Return a roll-up with its conversations as they stand now, None when there is none."""
    row = tx.one("SELECT * FROM rollup WHERE id = :id", id=rollup_id)
    return _rollup_from(tx, row) if row else None


def post_card(tx: Tx, conversation_id: int, *, workspace_id: str, at: datetime) -> bool:
    """Have the conversation's card posted that a roll-up tells of; False where there is none that waits."""
    row = tx.one(
        f"""SELECT rollup_card.rollup_id {TOLD} WHERE rollup_card.conversation_id = :id
             AND conversation.workspace_id = :workspace_id AND rollup_card.posted_at IS NULL""",
        id=conversation_id,
        workspace_id=workspace_id,
    )
    if row is None:
        return False
    _post(tx, [conversation_id], at=at)
    mark_stale(tx, MessageKind.ROLLUP, str(row["rollup_id"]))
    return True


def show_rollup(tx: Tx, rollup_id: int, *, workspace_id: str, drawn: int, by: str, at: datetime) -> ShowRollupResult:
    """Have all cards posted that nobody has settled, if nobody did so before; None for a roll-up of somebody else."""
    shown = tx.run(
        """UPDATE rollup SET shown_at = :at, shown_by = :by, version = version + 1
           WHERE id = :id AND workspace_id = :workspace_id AND shown_at IS NULL AND version = :drawn""",
        id=rollup_id,
        workspace_id=workspace_id,
        at=stamp(at),
        by=by,
        drawn=drawn,
    )
    rollup = find_rollup(tx, rollup_id)
    if rollup is None or rollup.workspace_id != workspace_id:
        return None
    if not shown:
        return RollupShownBefore(rollup=rollup)
    rows = tx.all(
        f"""SELECT conversation.id {TOLD} WHERE rollup_card.rollup_id = :id AND rollup_card.posted_at IS NULL
             AND conversation.is_open = 1 ORDER BY conversation.id""",
        id=rollup_id,
    )
    _post(tx, [row["id"] for row in rows], at=at)
    mark_stale(tx, MessageKind.ROLLUP, str(rollup_id))
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="rollup",
        object_id=rollup_id,
        act="show all",
        actor=by,
        at=at,
        after={"shown": len(rows)},
    )
    return RollupShown(rollup=rollup)


def redraw_rollup_of(tx: Tx, conversation_id: int) -> None:
    """Have the roll-up that tells of the conversation say how it stands."""
    row = tx.one("SELECT rollup_id FROM rollup_card WHERE conversation_id = :id AND rollup_id > 0", id=conversation_id)
    if row:
        mark_stale(tx, MessageKind.ROLLUP, str(row["rollup_id"]))


def _post(tx: Tx, conversation_ids: Sequence[int], *, at: datetime) -> None:
    moment = stamp(at)
    tx.many(
        "UPDATE rollup_card SET posted_at = :at WHERE conversation_id = :id",
        [{"id": each, "at": moment} for each in conversation_ids],
    )
    tx.many(
        """UPDATE message SET state = 'waiting', not_before = :at
           WHERE kind = 'card' AND subject = :subject AND state = 'held'""",
        [{"subject": str(each), "at": moment} for each in conversation_ids],
    )


def _rollup_from(tx: Tx, row: Row) -> Rollup:
    told = f"""{ASKED} JOIN rollup_card ON rollup_card.conversation_id = conversation.id
               WHERE rollup_card.rollup_id = :id"""
    kinds = tx.all(f"SELECT mention.kind, COUNT(*) AS number {told} GROUP BY mention.kind", id=row["id"])
    rows = tx.all(
        f"""SELECT {SHOWN}, rollup_card.posted_at, (
              SELECT COUNT(*) FROM mention AS later WHERE later.conversation_id = conversation.id) + (
              SELECT COUNT(*) FROM conversation AS later WHERE later.told_in = conversation.id AND later.told_in > 0
            ) AS mentions {told}
            ORDER BY mention.waits_for_us DESC, conversation.id LIMIT :limit""",  # noqa: S608 - constants only
        id=row["id"],
        limit=ROLLUP_ROWS,
    )
    names = tx.all(
        f"""SELECT watch.name, COUNT(*) AS number,
              SUM(CASE WHEN rollup_card.posted_at IS NULL AND conversation.is_open = 1 THEN 1 ELSE 0 END) AS waiting,
              SUM(CASE WHEN rollup_card.posted_at IS NULL THEN 0 ELSE 1 END) AS posted
            {TOLD} JOIN watch ON watch.id = conversation.watch_id WHERE rollup_card.rollup_id = :id
            GROUP BY watch.name ORDER BY number DESC, watch.name""",
        id=row["id"],
    )
    counted = [(Kind(each["kind"]), int(each["number"])) for each in kinds]
    return Rollup(
        id=row["id"],
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        delivery=Delivery(row["delivery"]),
        starts_at=read_stamp(row["starts_at"]),
        ends_at=read_stamp(row["ends_at"]),
        kinds=tuple(sorted(counted, key=lambda each: KINDS.index(each[0]))),
        watches=tuple(each["name"] for each in names),
        rows=tuple(
            RolledUp(waiting=waiting_from(each), is_posted=each["posted_at"] is not None, more=each["mentions"] - 1)
            for each in rows
        ),
        waiting=sum(each["waiting"] for each in names),
        posted=sum(each["posted"] for each in names),
        shown_by=row["shown_by"],
        shown_at=read_stamp_or_none(row["shown_at"]),
        version=row["version"],
    )
