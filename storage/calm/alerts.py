"""Alerts: a surge, or a post that a great many people like. Each is found once, told once, and drawn from the rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from engagement.calm.quiet import is_quiet
from engagement.calm.surge import (
    LEADING,
    LEARNS_FOR,
    LIKED_WITHIN,
    PEOPLE,
    REMEMBERED,
    WINDOW,
    WRITTEN_WITHIN,
    Alert,
    Lead,
    Liked,
    Pulse,
    Surge,
    is_over,
    is_surge,
    usual_hour,
)
from engagement.sending.outbox import MessageKind
from storage.batches import rows_where
from storage.conversations.mentions import DECIDED_IN, MENTION, find_mention, mention_from
from storage.database import Row, Tx, the_row
from storage.listening.watches import find_watch
from storage.sending.messages import mark_stale, queue_message
from storage.stamps import read_stamp, read_stamp_or_none, stamp
from storage.understanding.weights import weigh_conversation
from storage.workspaces import all_workspaces

A_DAY = timedelta(days=1)
# Nobody's posts are of nobody: where a place names no authors, nobody knows how many people wrote.
PERSON = "CASE WHEN post.author <> '' THEN post.community || ' ' || post.author END"
# What counts of what was written about a watch: nothing from before it, nothing muted, nothing that may not be us.
COUNTED = f"""FROM mention JOIN post ON post.id = mention.post_id
  JOIN conversation ON {DECIDED_IN}
  WHERE mention.watch_id = :watch_id AND mention.before_start = 0 AND conversation.dismissed_by = ''
    AND conversation.mute_id = 0 AND conversation.unsure = 0"""


def look_for_surges(tx: Tx, watch_ids: Iterable[int], *, at: datetime) -> None:
    """Note a surge of these watches, which have just got mentions; one that goes on says what it has come to."""
    for watch_id in sorted(set(watch_ids)):
        surge = tx.one(
            "SELECT id FROM alert WHERE watch_id = :watch_id AND post_id = 0 AND ended_at IS NULL", watch_id=watch_id
        )
        if surge:
            mark_stale(tx, MessageKind.ALERT, str(surge["id"]))
        else:
            _look(tx, watch_id, at=at)


def _look(tx: Tx, watch_id: int, *, at: datetime) -> None:
    hour = _last_hour(tx, watch_id, at=at)
    # Nearly always it ends here: four weeks are counted only where many people write.
    if hour["people"] < PEOPLE:
        return
    usual = _usual(tx, watch_id, at=at)
    if usual is None or not is_surge(_pulse(hour, usual)):
        return
    tx.run(
        """INSERT INTO alert (workspace_id, watch_id, began_at, usual)
           SELECT workspace_id, id, :began_at, :usual FROM watch WHERE id = :watch_id ON CONFLICT DO NOTHING""",
        watch_id=watch_id,
        began_at=hour["first_at"],
        usual=usual,
    )


def look_for_liked(tx: Tx, scores: Mapping[int, int], *, at: datetime) -> None:
    """Note how many people like posts by now, and those that are more than the workspace calls urgent.

    `scores` by the number of the post.
    """
    rows = rows_where(
        tx,
        f"""SELECT mention.workspace_id, mention.watch_id, mention.post_id, mention.conversation_id,
             workspace.urgent_score, COALESCE(post.score, 0) AS known,
             COALESCE(post.published_at, post.seen_at) AS written_at
           FROM mention JOIN post ON post.id = mention.post_id
           JOIN conversation ON {DECIDED_IN}
           JOIN workspace ON workspace.id = mention.workspace_id
           WHERE mention.before_start = 0 AND conversation.dismissed_by = '' AND conversation.mute_id = 0
             AND conversation.unsure = 0 AND mention.post_id IN ({{wanted}})""",  # noqa: S608 - constants only
        sorted(scores),
    )
    since = stamp(at - LIKED_WITHIN)
    for row in rows:
        score = scores[row["post_id"]]
        if score > row["known"]:
            tx.run(
                "UPDATE post SET score = :score WHERE id = :id AND COALESCE(score, 0) < :score",
                score=score,
                id=row["post_id"],
            )
            weigh_conversation(tx, row["conversation_id"])
        if score < row["urgent_score"] or row["written_at"] < since:
            continue
        tx.run(
            """INSERT INTO alert (workspace_id, watch_id, post_id, began_at, ended_at)
               VALUES (:workspace_id, :watch_id, :post_id, :at, :at) ON CONFLICT DO NOTHING""",
            workspace_id=row["workspace_id"],
            watch_id=row["watch_id"],
            post_id=row["post_id"],
            at=stamp(at),
        )


def surges_over(tx: Tx, *, now: datetime) -> list[tuple[int, datetime]]:
    """Return the surges that go on no more, each with when it was over: an hour after the last of it at the latest."""
    over = []
    for row in tx.all("SELECT id, watch_id, usual FROM alert WHERE ended_at IS NULL ORDER BY id"):
        hour = _last_hour(tx, row["watch_id"], at=now)
        usual = max(row["usual"], _usual(tx, row["watch_id"], at=now) or 0)
        if is_over(_pulse(hour, usual)):
            over.append((int(row["id"]), min(now, _latest(tx, row["watch_id"]) + WINDOW)))
    return over


def end_surges(tx: Tx, *, now: datetime) -> None:
    """Note which surges are over, and have their alerts say so."""
    for alert_id, ended_at in surges_over(tx, now=now):
        tx.run("UPDATE alert SET ended_at = :at WHERE id = :id AND ended_at IS NULL", id=alert_id, at=stamp(ended_at))
        mark_stale(tx, MessageKind.ALERT, str(alert_id))


def alerts_to_tell(tx: Tx, *, now: datetime) -> list[Row]:
    """Return what is to be told now: what nobody was told of, where it is not quiet."""
    untold = tx.all(
        """SELECT alert.id, alert.workspace_id, workspace.urgent_channel, watch.channel FROM alert
           JOIN workspace ON workspace.id = alert.workspace_id JOIN watch ON watch.id = alert.watch_id
           WHERE alert.told_at IS NULL ORDER BY alert.id"""
    )
    quiet = {each.id for each in all_workspaces(tx) if is_quiet(each, now)} if untold else set()
    return [row for row in untold if row["workspace_id"] not in quiet]


def tell_alerts(tx: Tx, *, now: datetime) -> None:
    """Put what is to be told into the outbox: into the urgent channel, or that of the watch."""
    for row in alerts_to_tell(tx, now=now):
        tx.run("UPDATE alert SET told_at = :at WHERE id = :id", id=row["id"], at=stamp(now))
        queue_message(
            tx,
            workspace_id=row["workspace_id"],
            channel=row["urgent_channel"] or row["channel"],
            kind=MessageKind.ALERT,
            subject=str(row["id"]),
            at=now,
        )


def find_alert(tx: Tx, alert_id: int) -> Alert | None:
    """Return an alert as it stands now, None when what it is about is gone."""
    row = tx.one("SELECT * FROM alert WHERE id = :id", id=alert_id)
    watch = find_watch(tx, row["watch_id"]) if row else None
    if row is None or watch is None:
        return None
    if row["post_id"]:
        return _liked(tx, row, watch.name)
    bounds = {
        "watch_id": row["watch_id"],
        "since": row["began_at"],
        # What is noticed later is no part of it.
        "until": row["ended_at"] or "9999",
    }
    within = f"{COUNTED} AND mention.noticed_at >= :since AND mention.noticed_at <= :until"
    told = the_row(tx, f"SELECT COUNT(*) AS mentions, COUNT(DISTINCT {PERSON}) AS people {within}", **bounds)
    leading = tx.all(
        f"""SELECT MIN(mention.id) AS first, COUNT(*) AS mentions, MAX(COALESCE(post.score, 0)) AS score {within}
            GROUP BY mention.conversation_id ORDER BY score DESC, mentions DESC, first LIMIT :limit""",
        limit=LEADING,
        **bounds,
    )
    leads = [(find_mention(tx, each["first"]), int(each["mentions"])) for each in leading]
    return Surge(
        watch=watch.name,
        began_at=read_stamp(row["began_at"]),
        usual=row["usual"],
        mentions=told["mentions"],
        people=told["people"],
        leading=tuple(
            Lead(post=mention.stored.post, kind=mention.reading.kind, mentions=number)
            for mention, number in leads
            if mention
        ),
        ended_at=read_stamp_or_none(row["ended_at"]),
    )


def _liked(tx: Tx, row: Row, watch: str) -> Liked | None:
    found = tx.one(
        f"{MENTION} WHERE mention.workspace_id = :workspace_id AND mention.post_id = :post_id",
        workspace_id=row["workspace_id"],
        post_id=row["post_id"],
    )
    if found is None:
        return None
    mention = mention_from(found)
    return Liked(watch=watch, lead=Lead(post=mention.stored.post, kind=mention.reading.kind))


def _last_hour(tx: Tx, watch_id: int, *, at: datetime) -> Row:
    return the_row(
        tx,
        f"""SELECT COUNT(*) AS mentions, COUNT(DISTINCT {PERSON}) AS people, MIN(mention.noticed_at) AS first_at
            {COUNTED} AND mention.noticed_at > :since AND COALESCE(post.published_at, post.seen_at) > :written_since""",
        watch_id=watch_id,
        since=stamp(at - WINDOW),
        written_since=stamp(at - WRITTEN_WITHIN),
    )


def _latest(tx: Tx, watch_id: int) -> datetime:
    row = the_row(
        tx,
        """SELECT noticed_at FROM mention WHERE watch_id = :watch_id AND before_start = 0
           ORDER BY noticed_at DESC LIMIT 1""",
        watch_id=watch_id,
    )
    return read_stamp(row["noticed_at"])


def _usual(tx: Tx, watch_id: int, *, at: datetime) -> float | None:
    """Return what an hour of the watch usually has at this time of the day; None while nobody knows."""
    watched = tx.one("SELECT created_at FROM watch WHERE id = :id", id=watch_id)
    until = at - WINDOW
    since = max(until - REMEMBERED, read_stamp(watched["created_at"])) if watched else until
    if until - since < LEARNS_FOR:
        return None
    rows = tx.all(
        """SELECT SUBSTR(noticed_at, 12, 2) AS hour, COUNT(*) AS mentions FROM mention
           WHERE watch_id = :watch_id AND noticed_at > :since AND noticed_at <= :until AND before_start = 0
           GROUP BY SUBSTR(noticed_at, 12, 2)""",
        watch_id=watch_id,
        since=stamp(since),
        until=stamp(until),
    )
    by_hour = {int(row["hour"]): int(row["mentions"]) for row in rows}
    return usual_hour(by_hour, days=(until - since) / A_DAY, now=at)


def _pulse(hour: Row, usual: float) -> Pulse:
    return Pulse(mentions=hour["mentions"], people=hour["people"], usual=usual)
