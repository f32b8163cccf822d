"""What waits for a roll-up: held until its hour, told together, or let out when its watch delivers at once again."""

from collections.abc import Sequence
from datetime import datetime

from engagement.calm.brake import BrakeLimits
from engagement.calm.rollup import told_up_to
from engagement.conversations.conversation import Conversation
from engagement.dataclass import dataclass
from engagement.sending.outbox import MessageKind
from engagement.watch import Delivery
from storage.calm.brakes import let_out
from storage.calm.rollups import TOLD
from storage.database import Tx, count
from storage.listening.watches import find_watch
from storage.sending.cards import queue_card
from storage.sending.messages import mark_stale, queue_message
from storage.stamps import read_stamp, stamp
from storage.workspaces import all_workspaces

# What no roll-up has told of; what somebody muted meanwhile waits until that is over.
WAITING = f"""{TOLD} JOIN watch ON watch.id = conversation.watch_id
  WHERE rollup_card.rollup_id = 0 AND conversation.mute_id = 0"""

# When something was written there last: what is new again waits from then on.
HEARD_AT = "(SELECT MAX(latest.noticed_at) FROM mention AS latest WHERE latest.conversation_id = conversation.id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What is to be told together: what waits in a channel for one kind of delivery, the oldest since `oldest_at`."""

    workspace_id: str
    channel: str
    delivery: Delivery
    oldest_at: datetime
    ends_at: datetime
    starts_at: datetime


def keep_for_rollups(tx: Tx, opened: Sequence[Conversation], *, at: datetime) -> list[Conversation]:
    """Hold the cards of those whose watch does not deliver at once, and return the others."""
    watches = [find_watch(tx, watch_id) for watch_id in sorted({each.watch_id for each in opened})]
    calm = {watch.id for watch in watches if watch and watch.delivery is not Delivery.NOW}
    for conversation in opened:
        if conversation.watch_id not in calm:
            continue
        tx.run("INSERT INTO rollup_card (conversation_id) VALUES (:id)", id=conversation.id)
        queue_card(tx, conversation, held=True, at=at)
    return [each for each in opened if each.watch_id not in calm]


def wait_again(tx: Tx, conversation_id: int) -> None:
    """Have the next roll-up tell of a conversation in which something more was written, if it is open and has no card.

    It stands in one roll-up, the latest: the one before is drawn without it.
    """
    row = tx.one(
        f"""SELECT rollup_card.rollup_id {TOLD} WHERE rollup_card.conversation_id = :id AND rollup_card.rollup_id > 0
             AND rollup_card.posted_at IS NULL AND conversation.is_open = 1""",
        id=conversation_id,
    )
    if row:
        tx.run("UPDATE rollup_card SET rollup_id = 0 WHERE conversation_id = :id", id=conversation_id)
        mark_stale(tx, MessageKind.ROLLUP, str(row["rollup_id"]))


def bundles_due(tx: Tx, *, now: datetime) -> list[Bundle]:
    """Return what is to be told now, also what was due while nobody ran.

    A watch may be told to deliver otherwise at any time: how it delivers now decides about all that waits.
    """
    rows = tx.all(
        f"""SELECT conversation.workspace_id, conversation.channel, watch.delivery,
             MIN({HEARD_AT}) AS oldest_at
           {WAITING}
           GROUP BY conversation.workspace_id, conversation.channel, watch.delivery
           ORDER BY conversation.workspace_id, conversation.channel, watch.delivery"""
    )
    schedules = {each.id: each.schedule for each in all_workspaces(tx)} if rows else {}
    due = []
    for row in rows:
        schedule, delivery = schedules[row["workspace_id"]], Delivery(row["delivery"])
        oldest_at, ends_at = read_stamp(row["oldest_at"]), told_up_to(delivery, schedule, now)
        bundle = Bundle(
            workspace_id=row["workspace_id"],
            channel=row["channel"],
            delivery=delivery,
            oldest_at=oldest_at,
            ends_at=ends_at,
            starts_at=told_up_to(delivery, schedule, oldest_at),
        )
        if delivery is Delivery.NOW or (oldest_at < ends_at and not _is_told(tx, bundle)):
            due.append(bundle)
    return due


def count_waiting_cards(tx: Tx, workspace_id: str) -> int:
    """Return how many cards of the workspace wait for a roll-up."""
    return count(
        tx,
        f"{WAITING} AND conversation.workspace_id = :workspace_id AND watch.delivery <> 'now'",
        workspace_id=workspace_id,
    )


def tell_rollups(tx: Tx, *, limits: BrakeLimits, now: datetime) -> None:
    """Tell what is due, one message each; what has not to wait any more goes out as cards, as far as the brake lets."""
    for bundle in bundles_due(tx, now=now):
        if bundle.delivery is Delivery.NOW:
            _go_out(tx, bundle, limits=limits, at=now)
        else:
            _tell(tx, bundle, at=now)


def _is_told(tx: Tx, bundle: Bundle) -> bool:
    sql = """SELECT 1 AS yes FROM rollup WHERE workspace_id = :workspace_id AND channel = :channel
               AND delivery = :delivery AND ends_at = :ends_at"""
    return tx.one(sql, **_named(bundle)) is not None


def _tell(tx: Tx, bundle: Bundle, *, at: datetime) -> None:
    row = tx.one(
        """INSERT INTO rollup (workspace_id, channel, delivery, starts_at, ends_at)
           VALUES (:workspace_id, :channel, :delivery, :starts_at, :ends_at)
           ON CONFLICT (workspace_id, channel, delivery, ends_at) DO NOTHING RETURNING id""",
        starts_at=stamp(bundle.starts_at),
        **_named(bundle),
    )
    if row is None:
        return
    tx.many(
        "UPDATE rollup_card SET rollup_id = :rollup_id WHERE conversation_id = :id",
        [{"rollup_id": row["id"], "id": each} for each in _waiting_in(tx, bundle)],
    )
    queue_message(
        tx,
        workspace_id=bundle.workspace_id,
        channel=bundle.channel,
        kind=MessageKind.ROLLUP,
        subject=str(row["id"]),
        at=at,
    )


def _go_out(tx: Tx, bundle: Bundle, *, limits: BrakeLimits, at: datetime) -> None:
    ids = _waiting_in(tx, bundle)
    # While they still wait: what stands in the channel is counted without them.
    let_out(tx, bundle.workspace_id, bundle.channel, ids, limits=limits, at=at)
    tx.many("DELETE FROM rollup_card WHERE conversation_id = :id", [{"id": each} for each in ids])


def _waiting_in(tx: Tx, bundle: Bundle) -> list[int]:
    """Return the conversations of a bundle that were new before its period ended, oldest first."""
    rows = tx.all(
        f"""SELECT conversation.id {WAITING} AND conversation.workspace_id = :workspace_id
             AND conversation.channel = :channel AND watch.delivery = :delivery AND {HEARD_AT} < :ends_at
           ORDER BY conversation.id""",
        **_named(bundle),
    )
    return [int(row["id"]) for row in rows]


def _named(bundle: Bundle) -> dict[str, str]:
    return {
        "workspace_id": bundle.workspace_id,
        "channel": bundle.channel,
        "delivery": bundle.delivery.value,
        "ends_at": stamp(bundle.ends_at),
    }
