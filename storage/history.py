"""The append-only history: who changed what, when, from what to what."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from storage.database import Tx
from storage.stamps import stamp

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
) -> None:
    """Append one line. `actor` is a Slack user id, empty for the bot itself."""
    tx.run(
        """INSERT INTO history (workspace_id, object, object_id, act, actor, at, before_facts, after_facts)
           VALUES (:workspace_id, :object, :object_id, :act, :actor, :at, :before, :after)""",
        workspace_id=workspace_id,
        object=object_,
        object_id=object_id,
        act=act,
        actor=actor,
        at=stamp(at),
        before=json.dumps(before or {}, ensure_ascii=False),
        after=json.dumps(after, ensure_ascii=False),
    )


def read_facts(text: str) -> dict[str, Any]:
    """Return the facts that `write_history` wrote."""
    return cast("dict[str, Any]", json.loads(text))
