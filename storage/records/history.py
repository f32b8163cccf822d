"""The append-only history: who changed what, when, from what to what."""

import json
from datetime import datetime
from typing import Any, cast

from pydantic_core import from_json

from engagement.records.history import Facts, Line
from storage.database import Row, Tx, the_row
from storage.stamps import load_list, read_stamp, stamp

# The columns of other tables that are lists.
LISTS = frozenset(
    {
        *("names", "excluded", "near", "handles"),
        *("banned", "disclosing", "hard"),
        *("speak", "approve", "configure", "approved"),
    }
)
# Whether a line is about what a team has set. The first condition is that of the index.
IS_OF_SETTINGS = """history.object <> 'conversation'
  AND history.object NOT IN ('brake', 'card', 'draft', 'improvement', 'rollup')"""
OF_SETTINGS = f"FROM history WHERE history.workspace_id = :workspace_id AND {IS_OF_SETTINGS}"


def write_history(
    tx: Tx,
    *,
    workspace_id: str,
    object_: str,
    object_id: int,
    act: str,
    actor: str,
    at: datetime,
    after: Facts,
    before: Facts | None = None,
) -> int:
    """Append one line, and return its number. `actor` is a Slack user id, empty for the bot itself."""
    row = the_row(
        tx,
        """INSERT INTO history (workspace_id, object, object_id, act, actor, at, before_facts, after_facts)
           VALUES (:workspace_id, :object, :object_id, :act, :actor, :at, :before, :after) RETURNING id""",
        workspace_id=workspace_id,
        object=object_,
        object_id=object_id,
        act=act,
        actor=actor,
        at=stamp(at),
        before=json.dumps(before or {}, ensure_ascii=False),
        after=json.dumps(after, ensure_ascii=False),
    )
    return int(row["id"])


def changes_of_settings(tx: Tx, workspace_id: str, *, limit: int) -> list[Line]:
    """Return the latest changes of settings, the newest first."""
    rows = tx.all(
        f"SELECT history.* {OF_SETTINGS} ORDER BY history.id DESC LIMIT :limit",
        workspace_id=workspace_id,
        limit=limit,
    )
    return [line_from(row) for row in rows]


def line_from(row: Row) -> Line:
    """Return a row of `history`. Lists are lists, also where a line has them as a column had them: as text."""
    return Line(
        id=row["id"],
        object=row["object"],
        number=row["object_id"],
        act=row["act"],
        by=row["actor"],
        at=read_stamp(row["at"]),
        before=_with_lists(read_facts(row["before_facts"])),
        after=_with_lists(read_facts(row["after_facts"])),
    )


def _with_lists(facts: Facts) -> Facts:
    return {
        name: list(load_list(fact)) if name in LISTS and isinstance(fact, str) else fact for name, fact in facts.items()
    }


def read_facts(text: str) -> dict[str, Any]:
    """Return the facts that `write_history` wrote."""
    # A digest of a busy week reads ten thousand; json takes four times as long.
    return cast("dict[str, Any]", from_json(text))
