"""How well we hear: the places of a workspace and their health."""

from datetime import datetime, timedelta

from engagement.listing import Hearing, Place, PlaceTried, Sick, Sources
from storage.database import Row, Tx, count
from storage.stamps import read_stamp, read_stamp_or_none
from storage.teammates import teammates_of
from storage.troubles import troubles_of_sources

HEARD_WITHIN = timedelta(hours=1)
# A place that is looked at less than hourly is heard if it answered at its latest look.
INTERVALS = 2

PLACES = """SELECT source.*, MIN(watch.name) AS watch FROM source
  JOIN watch_source ON watch_source.source_id = source.id JOIN watch ON watch.id = watch_source.watch_id
  WHERE watch.workspace_id = :workspace_id GROUP BY source.id ORDER BY source.id"""


def how_we_hear(tx: Tx, workspace_id: str, *, now: datetime) -> Hearing:
    """Return how many of the workspace's places answered within the hour, and why the sick ones did not."""
    rows = tx.all(PLACES, workspace_id=workspace_id)
    sick = tuple(_sick_from(row) for row in rows if row["failures"])
    heard = sum(1 for row in rows if _heard(row, now))
    return Hearing(places=len(rows), heard=heard, sick=sick)


def _heard(row: Row, now: datetime) -> bool:
    heard_at = read_stamp_or_none(row["last_heard_at"])
    within = max(HEARD_WITHIN, INTERVALS * timedelta(seconds=row["interval_seconds"]))
    return heard_at is not None and now - heard_at <= within


def _sick_from(row: Row) -> Sick:
    return Sick(
        name=row["name"],
        reason=row["last_error"],
        since=read_stamp_or_none(row["failing_since"]),
        next_try_at=read_stamp(row["next_poll_at"]),
    )


def how_sources_stand(tx: Tx, workspace_id: str) -> Sources:
    """Return every place of the workspace, what is wrong with some, and how many feeds of the team are read."""
    return Sources(
        places=tuple(places_of(tx, workspace_id)),
        ailments=tuple(troubles_of_sources(tx, workspace_id)),
        team_feeds=sum(1 for mate in teammates_of(tx, workspace_id) for handle in mate.handles if handle.feed),
    )


def places_of(tx: Tx, workspace_id: str) -> list[Place]:
    """Return every place of the workspace."""
    return [
        Place(
            source_id=row["id"],
            name=row["name"],
            url=row["url"],
            watch=row["watch"],
            last_heard_at=read_stamp_or_none(row["last_heard_at"]),
            next_poll_at=read_stamp(row["next_poll_at"]),
            last_error=row["last_error"],
            failures=row["failures"],
            posts=count(tx, "FROM source_post WHERE source_id = :id", id=row["id"]),
        )
        for row in tx.all(PLACES, workspace_id=workspace_id)
    ]


def next_poll_of(tx: Tx, workspace_id: str) -> datetime | None:
    """Return when the next of the workspace's places is looked at, None when there is none."""
    return min((read_stamp(row["next_poll_at"]) for row in tx.all(PLACES, workspace_id=workspace_id)), default=None)


def tried_places(tx: Tx, watch_id: int) -> list[PlaceTried]:
    """Return the places of one watch as they answered last."""
    rows = tx.all(
        """SELECT source.* FROM source JOIN watch_source ON watch_source.source_id = source.id
           WHERE watch_source.watch_id = :watch_id ORDER BY source.id""",
        watch_id=watch_id,
    )
    return [
        PlaceTried(name=row["name"], url=row["url"], ok=row["failures"] == 0, detail=row["last_error"]) for row in rows
    ]
