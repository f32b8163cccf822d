"""What was heard in the last weeks where a watch listens, with what the team said of it."""

from datetime import datetime
from typing import Final

from engagement.understanding.replay import Judged, Verdict
from engagement.watch import Watch
from storage.batches import rows_where
from storage.conversations.mentions import DECIDED_IN
from storage.database import Row, Tx
from storage.listening.posts import stored_post_from
from storage.stamps import stamp

# A place with more is looked at from its newest post back.
OF_A_PLACE: Final = 1_000


def heard_lately(tx: Tx, watch: Watch, *, since: datetime, limit: int) -> list[Judged]:
    """Return the newest posts, at most `limit`, of the places where `watch` listens, as they were seen `since`."""
    places = tx.all("SELECT source_id FROM watch_source WHERE watch_id = :id ORDER BY source_id", id=watch.id)
    newest = {
        row["post_id"]
        for place in places
        for row in tx.all(
            "SELECT post_id FROM source_post WHERE source_id = :id ORDER BY post_id DESC LIMIT :limit",
            id=place["source_id"],
            limit=OF_A_PLACE,
        )
    }
    rows = rows_where(
        tx,
        f"""SELECT post.*, post.id AS post_id, conversation.dismissed_at, conversation.tag, us_verdict.is_us
           FROM post
           LEFT JOIN mention ON mention.post_id = post.id AND mention.workspace_id = :workspace_id
           LEFT JOIN conversation ON {DECIDED_IN}
           LEFT JOIN us_verdict ON us_verdict.mention_id = (
             SELECT MIN(first.id) FROM mention AS first WHERE first.conversation_id = conversation.id)
           WHERE post.id IN ({{wanted}}) AND post.seen_at >= :since""",  # noqa: S608 - a constant
        sorted(newest, reverse=True)[:limit],
        workspace_id=watch.workspace_id,
        since=stamp(since),
    )
    return [Judged(stored=stored_post_from(row), verdict=_verdict(row)) for row in rows]


def _verdict(row: Row) -> Verdict:
    if row["dismissed_at"]:
        return Verdict.NOT_US
    return Verdict.US if row["tag"] or row["is_us"] else Verdict.NONE
