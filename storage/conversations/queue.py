"""The team's queue, a page at a time: what one person promised, what nobody has, and everything.

A page begins behind the last row of the one before (or ends before its first), by the moment and the number the list
is ordered by: the thousandth page costs as much as the first, and nothing is shown twice because something came in.
"""

from collections.abc import Mapping, Sequence

from engagement.dataclass import dataclass
from engagement.home import ROWS_A_PAGE, UNTAGGED, Filters, Listed, Page, Queued, State, Step
from storage.conversations.asking import ASKED
from storage.conversations.cards import SNOOZED
from storage.conversations.waiting import SHOWN, WAITS, waiting_from
from storage.database import Row, Tx, count
from storage.improvements.demands import CARD_CHANNEL, CARD_TS, REACTED
from storage.improvements.improvements import UNDECIDED
from storage.records.search import FOUND, LATEST, sought_by
from storage.records.search import NEWEST as SEARCH_NEWEST
from storage.stamps import read_stamp, stamp
from storage.team.labels import CONVERSATION_CARRIES, PERSON_WROTE_IN, find_label, is_carried_by_much

ROW = f"{SHOWN}, {CARD_CHANNEL}, {CARD_TS}"

PROMISED = f"""conversation.is_open = 1 AND conversation.claimed_by = :slack_user AND conversation.dismissed_by = ''
  AND NOT {SNOOZED}"""
PUT_ASIDE = f"{SNOOZED} AND (conversation.snoozed_by = :slack_user OR conversation.claimed_by = :slack_user)"
UNOWNED = f"{WAITS} AND conversation.claimed_by = ''"
OF_STATE: Mapping[str, str] = {
    State.WAITING: WAITS,
    State.CLAIMED: "conversation.reply_state = 'claimed' AND conversation.dismissed_by = ''",
    State.ANSWERED: "conversation.reply_state IN ('answered', 'answered by others')",
    State.SNOOZED: SNOOZED,
    State.MUTED: "conversation.mute_id > 0",
    State.NOT_US: "conversation.dismissed_by <> ''",
    State.UNIMPROVED: f"conversation.improvement_id = 0 AND {REACTED}",
    State.IMPROVING: f"""{REACTED} AND conversation.improvement_id IN (
      SELECT improvement.id FROM improvement WHERE improvement.workspace_id = :workspace_id AND {UNDECIDED})""",  # noqa: S608 - constants only
}
OF_KIND = """SELECT read_as.conversation_id FROM mention AS read_as
  WHERE read_as.workspace_id = :workspace_id AND read_as.kind = :kind"""
ASIDE = """SELECT aside.id FROM conversation AS aside
  WHERE aside.workspace_id = :workspace_id AND aside.snoozed_until IS NOT NULL AND aside.back_at IS NULL"""
# Fewer are looked up one by one; of more, some stand near the beginning of every list.
FEW = 1_000
# Unless the list is narrowed by another filter, which may never meet the kind.
FEW_BESIDE_OTHERS = 60_000
SEARCHED_AT_MOST = 1_000
# More than these are not counted.
COUNTED_AT_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a list is ordered: by which moment, the earliest or the latest first."""

    by: str
    latest_first: bool = False


SOONEST_DUE = Order(by="COALESCE(conversation.due_at, conversation.asked_at)")
MOST_PRESSING = Order(by="conversation.pressing_since")
SOONEST_BACK = Order(by="conversation.snoozed_until")
NEWEST = Order(by="conversation.opened_at", latest_first=True)


def mine(tx: Tx, workspace_id: str, slack_user: str, page: Page) -> Listed:
    """Return what the person has promised to answer, the overdue first, then by when it is due."""
    return _page(tx, PROMISED, SOONEST_DUE, page, workspace_id=workspace_id, slack_user=slack_user)


def put_aside(tx: Tx, workspace_id: str, slack_user: str) -> Listed:
    """Return the first page of what the person has put aside, or promised and somebody has; the soonest back first."""
    return _page(tx, PUT_ASIDE, SOONEST_BACK, Page(), workspace_id=workspace_id, slack_user=slack_user)


def needs_someone(tx: Tx, workspace_id: str, page: Page) -> Listed:
    """Return what waits for us and nobody has, the most pressing first."""
    return _page(tx, UNOWNED, MOST_PRESSING, page, workspace_id=workspace_id)


def everything(tx: Tx, workspace_id: str, page: Page) -> Listed:
    """Return the conversations that pass the page's filters, the newest first.

    Words are sought in the newest SEARCHED_AT_MOST mentions that have them.
    """
    condition, values = _narrowed(page.filters)
    among: list[str] = []
    if page.filters.label:
        label = find_label(tx, workspace_id, page.filters.label)
        if label is None:
            return Listed()
        values |= {"label": label}
        if is_carried_by_much(tx, label):
            condition += f" AND {CONVERSATION_CARRIES}"
        else:
            among.append(PERSON_WROTE_IN)
    if page.filters.state == State.SNOOZED:
        among.append(ASIDE)
    beside_others = page.filters.state or page.filters.tag
    few = FEW_BESIDE_OTHERS if beside_others else FEW
    if page.filters.kind and _is_rare(tx, workspace_id, page.filters.kind, few=few):
        among.append(OF_KIND)
    if page.filters.words:
        values |= {"sought": sought_by(tx, page.filters.words), "before": SEARCH_NEWEST, "limit": SEARCHED_AT_MOST}
        if not values["sought"]:
            return Listed()
        among.append(f"SELECT found.conversation_id FROM ({FOUND[tx.engine]} {LATEST[tx.engine]}) AS found")  # noqa: S608 - our own words
    return _page(tx, condition, NEWEST, page, among=among, workspace_id=workspace_id, **values)


def count_mine(tx: Tx, workspace_id: str, slack_user: str) -> int:
    """Return how much the person has promised to answer, at most COUNTED_AT_MOST."""
    return _count(tx, PROMISED, workspace_id=workspace_id, slack_user=slack_user)


def count_unowned(tx: Tx, workspace_id: str) -> int:
    """Return how much waits for us and nobody has, at most COUNTED_AT_MOST."""
    return _count(tx, UNOWNED, workspace_id=workspace_id)


def communities_of(tx: Tx, workspace_id: str, *, limit: int) -> list[str]:
    """Return the communities we heard of us in, by name.

    Each is found in the index from the one before: a DISTINCT would read every conversation.
    """
    rows = tx.all(
        """WITH RECURSIVE known (community) AS (
             SELECT MIN(community) FROM conversation WHERE workspace_id = :workspace_id AND community > ''
             UNION ALL
             SELECT (SELECT MIN(community) FROM conversation
               WHERE workspace_id = :workspace_id AND community > known.community)
             FROM known WHERE known.community IS NOT NULL)
           SELECT community FROM known WHERE community IS NOT NULL LIMIT :limit""",
        workspace_id=workspace_id,
        limit=limit,
    )
    return [str(row["community"]) for row in rows]


def _is_rare(tx: Tx, workspace_id: str, kind: str, *, few: int) -> bool:
    found = count(tx, f"FROM ({OF_KIND} LIMIT :few) AS counted_rows", workspace_id=workspace_id, kind=kind, few=few)
    return found < few


def _narrowed(filters: Filters) -> tuple[str, dict[str, object]]:
    """Return the condition of the filters, and its values."""
    conditions = {
        "conversation.watch_id = :watch": filters.watch,
        "conversation.tag = :tag": filters.tag if filters.tag != UNTAGGED else "",
        "conversation.tag IS NULL": filters.tag == UNTAGGED,
        "conversation.community = :community": filters.community,
        "mention.kind = :kind": filters.kind,
        OF_STATE.get(filters.state, ""): filters.state,
    }
    # What is unsure stands in no list but the one that asks, and a copy on the card of the first that told it.
    wanted = [
        "conversation.unsure = 0",
        "conversation.told_in = 0",
        *(condition for condition, value in conditions.items() if value),
    ]
    values: dict[str, object] = {
        "watch": filters.watch,
        "tag": filters.tag,
        "community": filters.community,
        "kind": filters.kind,
    }
    used = {name: value for name, value in values.items() if any(f":{name}" in condition for condition in wanted)}
    return " AND ".join(wanted), used


def _page(tx: Tx, condition: str, order: Order, page: Page, *, among: Sequence[str] = (), **values: object) -> Listed:
    """Return the rows of the page, and whether there are others before and behind them.

    `among` are questions for a few conversations, each of which must name a row.
    """
    back = page.spot is not None and page.step is Step.BACK
    down = order.latest_first is not back
    beyond = f"AND ({order.by}, conversation.id) {'<' if down else '>'} (:at, :id)" if page.spot else ""
    spot = {"at": stamp(page.spot.at), "id": page.spot.id} if page.spot else {}
    way = "DESC" if down else "ASC"
    # SQLite does not know that they are few, and would go through the whole list in its order. With nothing to find by
    # an index but their numbers, it looks them up.
    workspace = "COALESCE(conversation.workspace_id, '')" if among else "conversation.workspace_id"
    few = "".join(f" AND conversation.id IN ({question})" for question in among)
    found = tx.all(
        f"""SELECT {ROW}, {order.by} AS sorted_by {ASKED}
            WHERE {workspace} = :workspace_id {few} AND {condition} {beyond}
            ORDER BY {order.by} {way}, conversation.id {way} LIMIT :rows""",
        rows=ROWS_A_PAGE + 1,
        **spot,
        **values,
    )
    rows = [queued_from(row) for row in found[:ROWS_A_PAGE]]
    more = len(found) > ROWS_A_PAGE
    is_first = not more if back else page.spot is None
    return Listed(
        rows=tuple(reversed(rows) if back else rows),
        first=1 if is_first else page.first,
        is_first=is_first,
        is_last=False if back else not more,
    )


def queued_from(row: Row) -> Queued:
    """Return a row of ROW, with `sorted_by`, as a line with its card."""
    return Queued(
        line=waiting_from(row),
        sorted_by=read_stamp(row["sorted_by"]),
        channel=row["card_channel"],
        card_ts=row["card_ts"],
    )


def _count(tx: Tx, condition: str, **values: object) -> int:
    rows = f"SELECT 1 FROM conversation WHERE conversation.workspace_id = :workspace_id AND {condition} LIMIT :limit"  # noqa: S608 - our own words
    return count(tx, f"FROM ({rows}) AS counted_rows", limit=COUNTED_AT_MOST, **values)
