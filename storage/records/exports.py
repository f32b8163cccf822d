"""The mentions of a range of days, a few at a time, so that an export of years holds up nobody and fits into memory."""

from datetime import datetime

from engagement.dataclass import dataclass
from engagement.post import StoredPost
from engagement.records.exported import Exported
from engagement.span import Span
from storage.batches import rows_where
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.mentions import MENTION, mention_from
from storage.database import Tx, count
from storage.stamps import read_stamp, stamp
from storage.team.labels import labels_here

IN_SPAN = """mention.workspace_id = :workspace_id AND mention.noticed_at >= :starts_at
  AND mention.noticed_at < :ends_at"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far an export has come: the moment and the number of its last mention."""

    at: datetime
    id: int


def exported_mentions(
    tx: Tx, workspace_id: str, span: Span, *, limit: int, after: Mark | None = None
) -> tuple[list[Exported], Mark | None]:
    """Return the next `limit` mentions that came in these days, oldest first, and where to go on; None at the end.

    All mentions: also those that were not us, and those from before the watch began.
    """
    since = after or Mark(at=span.starts_at, id=0)
    rows = tx.all(
        f"""SELECT mention.id, COALESCE(mention.card_id, mention.conversation_id) AS decided_in,
              mention.noticed_at, mention.term, watch.name AS watch
            FROM mention JOIN watch ON watch.id = mention.watch_id
            WHERE {IN_SPAN} AND (mention.noticed_at, mention.id) > (:starts_at, :id)
            ORDER BY mention.noticed_at, mention.id LIMIT :limit""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        starts_at=stamp(since.at),
        ends_at=stamp(span.ends_at),
        id=since.id,
        limit=limit,
    )
    mentions = {
        row["mention_id"]: mention_from(row)
        for row in rows_where(tx, f"{MENTION} WHERE mention.id IN ({{wanted}})", [row["id"] for row in rows])
    }
    conversations = {
        row["id"]: conversation_from(row)
        for row in rows_where(
            tx, "SELECT * FROM conversation WHERE id IN ({wanted})", {row["decided_in"]: None for row in rows}
        )
    }
    found = [
        Exported(
            mention=mentions[row["id"]],
            conversation=conversations[row["decided_in"]],
            watch=row["watch"],
            term=row["term"],
            noticed_at=read_stamp(row["noticed_at"]),
            labels=_labels(tx, workspace_id, mentions[row["id"]].stored),
        )
        for row in rows
    ]
    mark = Mark(at=found[-1].noticed_at, id=found[-1].mention.id) if len(found) == limit else None
    return found, mark


def _labels(tx: Tx, workspace_id: str, stored: StoredPost) -> tuple[str, ...]:
    here = labels_here(tx, workspace_id, stored)
    return tuple(dict.fromkeys([*here.person, *here.place]))


def count_exported(tx: Tx, workspace_id: str, span: Span) -> int:
    """Return how many mentions came in these days."""
    values = {"workspace_id": workspace_id, "starts_at": stamp(span.starts_at), "ends_at": stamp(span.ends_at)}
    return count(tx, f"FROM mention WHERE {IN_SPAN}", **values)


def names_of_team(tx: Tx, workspace_id: str) -> dict[str, str]:
    """Return the teammates' names by their Slack ids."""
    rows = tx.all("SELECT slack_user, name FROM teammate WHERE workspace_id = :id", id=workspace_id)
    return {row["slack_user"]: row["name"] for row in rows if row["name"]}
