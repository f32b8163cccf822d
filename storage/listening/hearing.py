"""How well we hear: the places of a workspace and their health."""

from datetime import datetime

from engagement.listening.health import is_heard
from engagement.listening.places import Hearing, Place, PlaceTried, Sick, Sources
from engagement.listening.source import Source
from storage.database import Row, Tx, count
from storage.listening.sources import source_from
from storage.listening.troubles import troubles_of_sources
from storage.team.teammates import teammates_of

PLACES = """SELECT source.*, MIN(watch.name) AS watch FROM source
  JOIN watch_source ON watch_source.source_id = source.id JOIN watch ON watch.id = watch_source.watch_id
  WHERE watch.workspace_id = :workspace_id GROUP BY source.id ORDER BY source.id"""


def how_we_hear(tx: Tx, workspace_id: str, *, now: datetime) -> Hearing:
    """Return how many of the workspace's places are heard, and why the sick ones are not."""
    sources = [source_from(row) for row in tx.all(PLACES, workspace_id=workspace_id)]
    return Hearing(
        places=len(sources),
        heard=sum(is_heard(source, now=now) for source in sources),
        sick=tuple(_sick_from(source) for source in sources if source.is_sick),
    )


def _sick_from(source: Source) -> Sick:
    return Sick(
        name=source.name,
        reason=source.last_error,
        since=source.failing_since,
        next_try_at=source.asked_next_at,
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
    return [_place_from(tx, row) for row in tx.all(PLACES, workspace_id=workspace_id)]


def _place_from(tx: Tx, row: Row) -> Place:
    source = source_from(row)
    return Place(
        source_id=source.id,
        name=source.name,
        url=source.url,
        watch=row["watch"],
        last_heard_at=source.last_heard_at,
        next_poll_at=source.asked_next_at,
        last_error=source.last_error,
        failures=source.failures,
        posts=count(tx, "FROM source_post WHERE source_id = :id", id=source.id),
    )


def next_poll_of(tx: Tx, workspace_id: str) -> datetime | None:
    """Return when the next of the workspace's places is looked at, None when none is."""
    sources = [source_from(row) for row in tx.all(PLACES, workspace_id=workspace_id)]
    return min((source.asked_next_at for source in sources if source.asked_next_at), default=None)


def tried_places(tx: Tx, watch_id: int) -> list[PlaceTried]:
    """Return the places of one watch as they answered last."""
    rows = tx.all(
        """SELECT source.* FROM source JOIN watch_source ON watch_source.source_id = source.id
           WHERE watch_source.watch_id = :watch_id ORDER BY source.id""",
        watch_id=watch_id,
    )
    return [
        PlaceTried(name=source.name, ok=not source.is_sick, detail=source.last_error)
        for source in map(source_from, rows)
    ]
