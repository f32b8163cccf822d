"""The team and their handles; the feeds of their posts are polled like every other source."""

from datetime import datetime

from engagement.listening.source import NewSource
from engagement.team.team import Handle, Teammate, without_names_of
from storage.database import Row, Tx, the_row
from storage.listening.sources import add_source
from storage.records.history import write_history

HANDLES = """SELECT teammate.id, teammate.slack_user, teammate.name, teammate_handle.community,
    teammate_handle.handle, source.url, source.name AS source_name, source.community AS source_community
  FROM teammate LEFT JOIN teammate_handle ON teammate_handle.teammate_id = teammate.id
  LEFT JOIN source ON source.id = teammate_handle.source_id
  WHERE teammate.workspace_id = :workspace_id ORDER BY teammate.id, teammate_handle.community, teammate_handle.handle"""


def save_teammate(
    tx: Tx, workspace_id: str, teammate: Teammate, *, by: str, interval_seconds: int, at: datetime
) -> None:
    """Add a teammate, or change the one of that Slack user; the handles given replace the ones before.

    A handle belongs to one teammate: given to another, it moves.
    """
    team = teammates_of(tx, workspace_id)
    before = next((each for each in team if each.slack_user == teammate.slack_user), None)
    if before == teammate:
        return
    row = the_row(
        tx,
        """INSERT INTO teammate (workspace_id, slack_user, name) VALUES (:workspace_id, :slack_user, :name)
           ON CONFLICT (workspace_id, slack_user) DO UPDATE SET name = excluded.name RETURNING id""",
        workspace_id=workspace_id,
        slack_user=teammate.slack_user,
        name=teammate.name,
    )
    tx.run("DELETE FROM teammate_handle WHERE teammate_id = :id", id=row["id"])
    for handle in teammate.handles:
        tx.run(
            """INSERT INTO teammate_handle (workspace_id, community, handle, teammate_id, source_id)
               VALUES (:workspace_id, :community, :handle, :teammate_id, :source_id)
               ON CONFLICT (workspace_id, community, handle)
               DO UPDATE SET teammate_id = excluded.teammate_id, source_id = excluded.source_id""",
            workspace_id=workspace_id,
            community=handle.community,
            handle=handle.name,
            teammate_id=row["id"],
            source_id=add_source(tx, handle.feed, interval_seconds=interval_seconds, at=at) if handle.feed else None,
        )
    _note(tx, workspace_id, before, teammate, by=by, at=at)
    for mate in team:
        after = without_names_of(mate, teammate)
        if mate.slack_user != teammate.slack_user and after != mate:
            _note(tx, workspace_id, mate, after, by=by, at=at)


def teammates_of(tx: Tx, workspace_id: str) -> list[Teammate]:
    """Return the team with their handles, in the order they were added."""
    people: dict[int, list[Row]] = {}
    for row in tx.all(HANDLES, workspace_id=workspace_id):
        people.setdefault(row["id"], []).append(row)
    return [
        Teammate(
            slack_user=rows[0]["slack_user"],
            name=rows[0]["name"],
            handles=tuple(_handle_from(row) for row in rows if row["handle"] is not None),
        )
        for rows in people.values()
    ]


def _handle_from(row: Row) -> Handle:
    feed = (
        NewSource(url=row["url"], name=row["source_name"], community=row["source_community"])
        if row["url"] is not None
        else None
    )
    return Handle(community=row["community"], name=row["handle"], feed=feed)


def _note(tx: Tx, workspace_id: str, before: Teammate | None, after: Teammate, *, by: str, at: datetime) -> None:
    row = the_row(
        tx,
        "SELECT id FROM teammate WHERE workspace_id = :workspace_id AND slack_user = :slack_user",
        workspace_id=workspace_id,
        slack_user=after.slack_user,
    )
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="teammate",
        object_id=row["id"],
        act="save",
        actor=by,
        at=at,
        before=_facts(before) if before else None,
        after=_facts(after),
    )


def _facts(teammate: Teammate) -> dict[str, object]:
    """Return what people decide about."""
    handles = [f"{handle.community}: {handle.name}" for handle in teammate.handles]
    return {"slack_user": teammate.slack_user, "name": teammate.name, "handles": handles}
