"""People whom the digest does not name or quote, by the wish of the team; of one workspace."""

from datetime import datetime

from engagement.digest.voices import Person, Unlisted
from storage.database import Tx
from storage.records.history import write_history
from storage.stamps import stamp


def unlisted_of(tx: Tx, workspace_id: str) -> frozenset[Person]:
    """Return everybody whom the workspace does not want to see named."""
    rows = tx.all(
        "SELECT community, author FROM unlisted_person WHERE workspace_id = :workspace_id", workspace_id=workspace_id
    )
    return frozenset(Person(row["community"], row["author"]) for row in rows)


def unlisted_people(tx: Tx, workspace_id: str) -> list[Unlisted]:
    """Return everybody who is not to be named, the latest first, with who said so."""
    rows = tx.all(
        "SELECT * FROM unlisted_person WHERE workspace_id = :workspace_id ORDER BY id DESC", workspace_id=workspace_id
    )
    return [
        Unlisted(id=row["id"], person=Person(row["community"], row["author"]), by=row["unlisted_by"]) for row in rows
    ]


def take_back(tx: Tx, workspace_id: str, unlisted_id: int, *, by: str, at: datetime) -> None:
    """Have somebody named again, by the number of their row; where it is gone, somebody was first."""
    row = tx.one(
        "SELECT community, author FROM unlisted_person WHERE id = :id AND workspace_id = :workspace_id",
        id=unlisted_id,
        workspace_id=workspace_id,
    )
    if row is not None:
        list_again(tx, workspace_id, Person(row["community"], row["author"]), by=by, at=at)


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
