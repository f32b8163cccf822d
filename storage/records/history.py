"""The append-only history: who changed what, when, from what to what."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from pydantic_core import from_json

from engagement.records.history import SettingChange
from storage.database import Tx, the_row
from storage.stamps import read_stamp, stamp

Facts = Mapping[str, object]


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


def changes_of_settings(tx: Tx, workspace_id: str, *, limit: int) -> list[SettingChange]:
    """Return the latest changes of settings, the newest first."""
    rows = tx.all(
        """SELECT * FROM history WHERE workspace_id = :workspace_id AND object <> 'conversation'
             AND object NOT IN ('brake', 'card', 'draft', 'improvement', 'rollup')
           ORDER BY id DESC LIMIT :limit""",
        workspace_id=workspace_id,
        limit=limit,
    )
    return [
        SettingChange(
            object=row["object"],
            act=row["act"],
            by=row["actor"],
            at=read_stamp(row["at"]),
            name=_name_in(read_facts(row["after_facts"]) or read_facts(row["before_facts"])),
        )
        for row in rows
    ]


def _name_in(facts: Facts) -> str:
    """Return what was changed, as its facts call it; empty where they do not."""
    named = facts.get("name") or facts.get("place") or facts.get("places") or ""
    return ", ".join(map(str, named)) if isinstance(named, list) else str(named)


def read_facts(text: str) -> dict[str, Any]:
    """Return the facts that `write_history` wrote."""
    # A digest of a busy week reads ten thousand; json takes four times as long.
    return cast("dict[str, Any]", from_json(text))
