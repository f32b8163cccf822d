"""Labels on people and on places, of one workspace."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.post import StoredPost
from engagement.team.labels import Labelled, LabelledPlace, LabelsHere, as_label
from storage.database import Row, Tx, count, the_row
from storage.records.history import write_history

PERSON = """FROM person_label JOIN label ON label.id = person_label.label_id
  WHERE label.workspace_id = :workspace_id AND person_label.community = :community AND person_label.author = :author"""
ON_SOURCE = """SELECT label.name FROM source_label JOIN label ON label.id = source_label.label_id
  WHERE label.workspace_id = :workspace_id AND source_label.source_id = :source_id"""
# Of the places that carry a post, those that the workspace listens to.
PLACE = """FROM source_label JOIN label ON label.id = source_label.label_id
  WHERE label.workspace_id = :workspace_id AND source_label.source_id IN (
    SELECT source_id FROM source_post WHERE post_id = :post_id)"""
# Who wrote a mention, or a place that carries it, has the label :label; {mention} is what the query calls the mention.
CARRIES = """(EXISTS (
    SELECT 1 FROM post AS labelled_post JOIN person_label ON person_label.label_id = :label
      AND person_label.community = labelled_post.community AND person_label.author = labelled_post.author
    WHERE labelled_post.id = {mention}.post_id)
  OR EXISTS (
    SELECT 1 FROM source_post AS carried JOIN source_label ON source_label.source_id = carried.source_id
      AND source_label.label_id = :label
    WHERE carried.post_id = {mention}.post_id))"""
MENTION_CARRIES = CARRIES.format(mention="mention")
# Some mention of the conversation does.
CONVERSATION_CARRIES = f"""EXISTS (SELECT 1 FROM mention AS labelled
  WHERE labelled.conversation_id = conversation.id AND {CARRIES.format(mention="labelled")})"""  # noqa: S608 - constants only

THEIR_POSTS = """person_label JOIN post AS labelled_post ON labelled_post.community = person_label.community
    AND labelled_post.author = person_label.author"""
# More are not looked up one by one.
FEW_POSTS = 3_000
# The same where the label stands on people only and their posts are few: looked up one by one. Without COALESCE, SQLite
# would begin with every mention of the workspace.
PERSON_WROTE_IN = f"""SELECT labelled.conversation_id FROM {THEIR_POSTS}
  JOIN mention AS labelled ON labelled.post_id = labelled_post.id
    AND COALESCE(labelled.workspace_id, '') = :workspace_id
  WHERE person_label.label_id = :label"""  # noqa: S608 - constants only


def is_carried_by_much(tx: Tx, label_id: int) -> bool:
    """Return whether some place carries the label, or people who wrote a lot.

    That is soon met in any list, and slowly listed whole.
    """
    if tx.one("SELECT 1 AS yes FROM source_label WHERE label_id = :label LIMIT 1", label=label_id) is not None:
        return True
    posts = f"SELECT 1 FROM {THEIR_POSTS} WHERE person_label.label_id = :label LIMIT :few"  # noqa: S608 - constants only
    return count(tx, f"FROM ({posts}) AS counted_rows", label=label_id, few=FEW_POSTS) == FEW_POSTS


def find_label(tx: Tx, workspace_id: str, name: str) -> int | None:
    """Return the number of the workspace's label of that name, None where it has none."""
    row = tx.one(
        "SELECT id FROM label WHERE workspace_id = :workspace_id AND folded = :folded",
        workspace_id=workspace_id,
        folded=as_label(name).casefold(),
    )
    return int(row["id"]) if row else None


def labels_of(tx: Tx, workspace_id: str) -> list[Labelled]:
    """Return the workspace's labels in alphabetical order."""
    rows = tx.all(
        """SELECT label.id, label.name,
             (SELECT COUNT(*) FROM person_label WHERE person_label.label_id = label.id) AS people,
             (SELECT COUNT(*) FROM source_label WHERE source_label.label_id = label.id) AS places
           FROM label WHERE label.workspace_id = :workspace_id ORDER BY label.folded""",
        workspace_id=workspace_id,
    )
    return [Labelled(id=row["id"], name=row["name"], people=row["people"], places=row["places"]) for row in rows]


def labels_here(tx: Tx, workspace_id: str, stored: StoredPost) -> LabelsHere:
    """Return the labels of who wrote a post, and of the places that carry it."""
    post = stored.post
    person = tx.all(
        f"SELECT label.name {PERSON} ORDER BY label.folded",
        workspace_id=workspace_id,
        community=post.community,
        author=post.author,
    )
    place = tx.all(
        f"SELECT DISTINCT label.name, label.folded {PLACE} ORDER BY label.folded",
        workspace_id=workspace_id,
        post_id=stored.id,
    )
    return LabelsHere(person=_names(person) if post.author else (), place=_names(place))


def place_of(tx: Tx, workspace_id: str, post_id: int) -> LabelledPlace | None:
    """Return the place that a post was heard in first, of those the workspace listens to; None where it left them."""
    row = tx.one(
        """SELECT source.id, source.name FROM source_post JOIN source ON source.id = source_post.source_id
           WHERE source_post.post_id = :post_id AND EXISTS (
             SELECT 1 FROM watch_source JOIN watch ON watch.id = watch_source.watch_id
             WHERE watch_source.source_id = source.id AND watch.workspace_id = :workspace_id)
           ORDER BY source_post.seen_at, source.id LIMIT 1""",
        workspace_id=workspace_id,
        post_id=post_id,
    )
    if row is None:
        return None
    labels = tx.all(f"{ON_SOURCE} ORDER BY label.folded", workspace_id=workspace_id, source_id=row["id"])
    return LabelledPlace(source_id=row["id"], name=row["name"], labels=_names(labels))


def label_person(
    tx: Tx, workspace_id: str, names: Iterable[str], *, community: str, author: str, by: str, at: datetime
) -> None:
    """Have somebody carry these labels and no others."""
    who = {"workspace_id": workspace_id, "community": community, "author": author}
    before = _names(tx.all(f"SELECT label.name {PERSON} ORDER BY label.folded", **who))
    tx.run(
        """DELETE FROM person_label WHERE community = :community AND author = :author
             AND label_id IN (SELECT id FROM label WHERE workspace_id = :workspace_id)""",
        **who,
    )
    ids = _ids(tx, workspace_id, names)
    tx.many(
        "INSERT INTO person_label (label_id, community, author) VALUES (:label_id, :community, :author)",
        [{"label_id": label_id, "community": community, "author": author} for label_id in ids.values()],
    )
    about = {"community": community, "author": author}
    _note(tx, workspace_id, "person", 0, before, tuple(ids), about=about, by=by, at=at)


def label_source(tx: Tx, workspace_id: str, names: Iterable[str], *, source_id: int, by: str, at: datetime) -> None:
    """Have a place carry these labels and no others."""
    before = tx.all(f"{ON_SOURCE} ORDER BY label.folded", workspace_id=workspace_id, source_id=source_id)
    tx.run(
        """DELETE FROM source_label WHERE source_id = :source_id
             AND label_id IN (SELECT id FROM label WHERE workspace_id = :workspace_id)""",
        workspace_id=workspace_id,
        source_id=source_id,
    )
    ids = _ids(tx, workspace_id, names)
    tx.many(
        "INSERT INTO source_label (label_id, source_id) VALUES (:label_id, :source_id)",
        [{"label_id": label_id, "source_id": source_id} for label_id in ids.values()],
    )
    place = the_row(tx, "SELECT name FROM source WHERE id = :id", id=source_id)
    about = {"place": str(place["name"])}
    _note(tx, workspace_id, "source", source_id, _names(before), tuple(ids), about=about, by=by, at=at)


def drop_label(tx: Tx, workspace_id: str, label_id: int, *, by: str, at: datetime) -> bool:
    """Take a label from everybody and everything; False where the workspace has none of that number."""
    row = tx.one(
        "SELECT name FROM label WHERE id = :id AND workspace_id = :workspace_id", id=label_id, workspace_id=workspace_id
    )
    if row is None:
        return False
    for table in ("person_label", "source_label"):
        tx.run(f"DELETE FROM {table} WHERE label_id = :id", id=label_id)  # noqa: S608 - one of two constants
    tx.run("DELETE FROM label WHERE id = :id", id=label_id)
    _note(tx, workspace_id, "label", label_id, (row["name"],), (), about={}, by=by, at=at)
    return True


def _ids(tx: Tx, workspace_id: str, names: Iterable[str]) -> dict[str, int]:
    """Return the labels' numbers by their names; those that are new are made. Names that can be none are left out."""
    found: dict[str, int] = {}
    for name in dict.fromkeys(filter(None, map(as_label, names))):
        row = the_row(
            tx,
            """INSERT INTO label (workspace_id, name, folded) VALUES (:workspace_id, :name, :folded)
               ON CONFLICT (workspace_id, folded) DO UPDATE SET folded = excluded.folded RETURNING id, name""",
            workspace_id=workspace_id,
            name=name,
            folded=name.casefold(),
        )
        found[row["name"]] = row["id"]
    return found


def _note(
    tx: Tx,
    workspace_id: str,
    object_: str,
    object_id: int,
    before: Sequence[str],
    after: Sequence[str],
    *,
    about: dict[str, str],
    by: str,
    at: datetime,
) -> None:
    if sorted(before) == sorted(after):
        return
    write_history(
        tx,
        workspace_id=workspace_id,
        object_=object_,
        object_id=object_id,
        act="label",
        actor=by,
        at=at,
        before={**about, "labels": list(before)},
        after={**about, "labels": list(after)},
    )


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row["name"] for row in rows)
