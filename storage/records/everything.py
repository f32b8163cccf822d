"""Everything that is kept about one conversation, improvement, watch, theme or person, row by row, with its history."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.digest.voices import Person
from storage.batches import rows_where
from storage.database import Row, Tx
from storage.records.history import OF_SETTINGS, line_from

# By table or by what they are: rows as they stand.
Everything = dict[str, list[dict[str, object]]]

# Of a conversation; each names it as `conversation_id`.
OF_CONVERSATION: Final = ("mention", "draft", "said_in_public", "correction", "telling")
# Of a person; each names them as `author` of a `community`. The labels are beside.
OF_PERSON: Final = ("mute", "unlisted_person")


def everything_about_conversation(tx: Tx, workspace_id: str, conversation_id: int) -> Everything | None:
    """Return all that is kept of a conversation, None where the workspace has none of that number."""
    return _of_conversations(tx, workspace_id, [conversation_id])


def everything_about_improvement(tx: Tx, workspace_id: str, improvement_id: int) -> Everything | None:
    """Return all that is kept of an improvement, with the conversations that are counted for it."""
    rows = tx.all(
        "SELECT * FROM improvement WHERE id = :id AND workspace_id = :workspace_id",
        id=improvement_id,
        workspace_id=workspace_id,
    )
    if not rows:
        return None
    counted = tx.all(
        "SELECT id FROM conversation WHERE improvement_id = :id AND improvement_id > 0 ORDER BY id", id=improvement_id
    )
    telling = tx.all("SELECT * FROM telling WHERE improvement_id = :id ORDER BY mention_id", id=improvement_id)
    history = tx.all(
        "SELECT * FROM history WHERE object = 'improvement' AND object_id = :id ORDER BY id", id=improvement_id
    )
    theirs = _of_conversations(tx, workspace_id, [row["id"] for row in counted]) or {}
    own = {"improvement": _plain(rows), "telling": _plain(telling), "history": _lines(history)}
    return own | {f"counted_{name}": rows for name, rows in theirs.items() if name != "telling"}


def everything_about_watch(tx: Tx, workspace_id: str, name: str) -> Everything | None:
    """Return all that is kept of the watch of that name, of its places the names; None where the workspace has none."""
    rows = _called(tx, "watch", workspace_id, name)
    if not rows:
        return None
    ids = [row["id"] for row in rows]
    # Not the addresses: some carry a secret.
    places = """SELECT watch_source.watch_id, source.name, source.community, watch_source.added_at FROM watch_source
      JOIN source ON source.id = watch_source.source_id WHERE watch_source.watch_id IN ({wanted}) ORDER BY source.id"""
    mutes = "SELECT * FROM mute WHERE watch_id IN ({wanted}) ORDER BY id"
    return {
        "watch": _plain(rows),
        "place": _plain(rows_where(tx, places, ids)),
        "mute": _plain(rows_where(tx, mutes, ids)),
        "history": _history(tx, "watch", ids),
    }


def everything_about_theme(tx: Tx, workspace_id: str, name: str) -> Everything | None:
    """Return all that is kept of the themes of that name, ended ones too, None where the workspace has none."""
    rows = _called(tx, "theme", workspace_id, name)
    if not rows:
        return None
    ids = [row["id"] for row in rows]
    said = """SELECT mention_theme.*, mention.conversation_id FROM mention_theme
      JOIN mention ON mention.id = mention_theme.mention_id WHERE mention_theme.theme_id IN ({wanted})
      ORDER BY mention_theme.mention_id"""
    return {
        "theme": _plain(rows),
        "mention": _plain(rows_where(tx, said, ids)),
        "history": _history(tx, "theme", ids),
    }


def _called(tx: Tx, table: str, workspace_id: str, name: str) -> list[Row]:
    rows = tx.all(f"SELECT * FROM {table} WHERE workspace_id = :id ORDER BY id", id=workspace_id)  # noqa: S608 - our own tables
    return [row for row in rows if row["name"].casefold() == " ".join(name.split()).casefold()]


def _history(tx: Tx, object_: str, ids: Sequence[int]) -> list[dict[str, object]]:
    lines = "SELECT * FROM history WHERE object = :object AND object_id IN ({wanted}) ORDER BY id"
    return _lines(rows_where(tx, lines, ids, object=object_))


def everything_about_person(tx: Tx, workspace_id: str, person: Person) -> Everything | None:
    """Return all that is kept of somebody, None where there is nothing: what they wrote, and where they stand."""
    who = person._asdict()
    posts = tx.all("SELECT * FROM post WHERE community = :community AND author = :author ORDER BY id", **who)
    if not posts or not person.author:
        return None
    mentions = rows_where(
        tx,
        """SELECT conversation_id FROM mention WHERE post_id IN ({wanted}) AND workspace_id = :workspace_id
           ORDER BY conversation_id""",
        [row["id"] for row in posts],
        workspace_id=workspace_id,
    )
    numbers = sorted({int(row["conversation_id"]) for row in mentions})
    labels = tx.all(
        """SELECT label.name FROM person_label JOIN label ON label.id = person_label.label_id
           WHERE person_label.community = :community AND person_label.author = :author
             AND label.workspace_id = :workspace_id ORDER BY label.name""",
        workspace_id=workspace_id,
        **who,
    )
    found: Everything = {"post": _plain(posts), "label": _plain(labels)}
    for table in OF_PERSON:
        sql = f"""SELECT * FROM {table} WHERE workspace_id = :workspace_id AND community = :community
                    AND author = :author"""  # noqa: S608 - our own names
        found[table] = _plain(tx.all(sql, workspace_id=workspace_id, **who))
    stood = _of_conversations(tx, workspace_id, numbers) or {}
    settings = _lines_about(tx, workspace_id, person)
    return found | {
        **{name: rows for name, rows in stood.items() if name != "post"},
        "history": [*settings, *stood.get("history", [])],
    }


def _lines_about(tx: Tx, workspace_id: str, person: Person) -> list[dict[str, object]]:
    """Return who labelled or muted somebody, or had them named no more."""
    rows = tx.all(
        f"SELECT history.* {OF_SETTINGS} AND history.object IN ('person', 'mute') ORDER BY history.id",
        workspace_id=workspace_id,
    )
    kept = []
    for row, line in ((row, line_from(row)) for row in rows):
        facts = {**line.before, **line.after}
        if (facts.get("community"), facts.get("author")) == person:
            kept.append(row)
    return _lines(kept)


def _of_conversations(tx: Tx, workspace_id: str, numbers: Sequence[int]) -> Everything | None:
    rows = rows_where(
        tx,
        "SELECT * FROM conversation WHERE id IN ({wanted}) AND workspace_id = :workspace_id ORDER BY id",
        numbers,
        workspace_id=workspace_id,
    )
    ids = [row["id"] for row in rows]
    if not ids:
        return None
    found: Everything = {"conversation": _plain(rows)}
    for table in OF_CONVERSATION:
        found[table] = _plain(rows_where(tx, f"SELECT * FROM {table} WHERE conversation_id IN ({{wanted}})", ids))  # noqa: S608 - our own names
    posts = "SELECT * FROM post WHERE id IN ({wanted}) ORDER BY id"
    found["post"] = _plain(rows_where(tx, posts, sorted({int(str(row["post_id"])) for row in found["mention"]})))
    history = """SELECT * FROM history WHERE object IN ('conversation', 'draft', 'card') AND object_id IN ({wanted})
      ORDER BY id"""
    found["history"] = _lines(rows_where(tx, history, ids))
    return found


def _plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [dict(row) for row in rows]


def _lines(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return lines of the history with their facts as facts."""
    return [
        {
            **dict(row),
            "before_facts": json.loads(row["before_facts"]),
            "after_facts": json.loads(row["after_facts"]),
        }
        for row in rows
    ]
