"""People whom the digest does not name or quote, by the wish of the team; of one workspace."""

from datetime import datetime

from engagement.voices import Person
from storage.database import Tx
from storage.history import write_history
from storage.stamps import stamp


def unlisted_of(tx: Tx, workspace_id: str) -> frozenset[Person]:
    """Return everybody whom the workspace does not want to see named."""
    rows = tx.all(
        "SELECT community, author FROM unlisted_person WHERE workspace_id = :workspace_id", workspace_id=workspace_id
    )
    return frozenset(Person(row["community"], row["author"]) for row in rows)


def is_unlisted(tx: Tx, workspace_id: str, person: Person) -> bool:
    """Return whether somebody is not to be named."""
    row = tx.one(
        """SELECT 1 AS yes FROM unlisted_person
           WHERE workspace_id = :workspace_id AND community = :community AND author = :author""",
        workspace_id=workspace_id,
        **person._asdict(),
    )
    return row is not None


def unlist(tx: Tx, workspace_id: str, person: Person, *, by: str, at: datetime) -> None:
    """Have somebody named no more; who is not named already stays as they are."""
    changed = tx.run(
        """INSERT INTO unlisted_person (workspace_id, community, author, unlisted_by, unlisted_at)
           VALUES (:workspace_id, :community, :author, :by, :at)
           ON CONFLICT (workspace_id, community, author) DO NOTHING""",
        workspace_id=workspace_id,
        by=by,
        at=stamp(at),
        **person._asdict(),
    )
    if changed:
        _note(tx, workspace_id, "unlist", person, by=by, at=at)


def list_again(tx: Tx, workspace_id: str, person: Person, *, by: str, at: datetime) -> None:
    """Have somebody named as everybody is."""
    changed = tx.run(
        """DELETE FROM unlisted_person
           WHERE workspace_id = :workspace_id AND community = :community AND author = :author""",
        workspace_id=workspace_id,
        **person._asdict(),
    )
    if changed:
        _note(tx, workspace_id, "list again", person, by=by, at=at)


def _note(tx: Tx, workspace_id: str, act: str, person: Person, *, by: str, at: datetime) -> None:
    about = person._asdict()
    write_history(tx, workspace_id=workspace_id, object_="person", object_id=0, act=act, actor=by, at=at, after=about)
