"""What a team chooses for a kind of post in a community: noted as it decides, counted over the latest choices."""

from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.understanding.learned import CHOICES_COUNTED, Preference, preferred_of
from engagement.understanding.reading import Kind, Tag
from storage.conversations.mentions import opening_mention
from storage.database import Tx
from storage.records.history import write_history
from storage.stamps import stamp

PREFERENCES_AT_MOST = 200


def preferences_of(tx: Tx, workspace_id: str) -> tuple[Preference, ...]:
    """Return what the workspace prefers, the latest first."""
    rows = tx.all(
        "SELECT * FROM preference WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT :limit",
        workspace_id=workspace_id,
        limit=PREFERENCES_AT_MOST,
    )
    return tuple(
        Preference(
            id=row["id"],
            community=row["community"],
            kind=Kind(row["kind"]),
            tag=Tag(row["tag"]),
            choices=row["choices"],
        )
        for row in rows
    )


def learn_from_tag(tx: Tx, before: Conversation, after: Conversation, *, at: datetime) -> None:
    """Note which tag a conversation has since somebody decided, or that it has none any more."""
    if before.tag is after.tag:
        return
    noted = tx.one("SELECT community, kind FROM tag_choice WHERE conversation_id = :id", id=after.id)
    opening = opening_mention(tx, after.id) if noted is None else None
    if after.tag is None:
        tx.run("DELETE FROM tag_choice WHERE conversation_id = :id", id=after.id)
    elif noted is not None:
        tx.run(
            "UPDATE tag_choice SET tag = :tag, chosen_at = :at WHERE conversation_id = :id",
            tag=after.tag.value,
            at=stamp(at),
            id=after.id,
        )
    elif opening is not None:
        tx.run(
            """INSERT INTO tag_choice (conversation_id, workspace_id, community, kind, tag, chosen_at)
               VALUES (:id, :workspace_id, :community, :kind, :tag, :at)""",
            id=after.id,
            workspace_id=after.workspace_id,
            community=opening.stored.post.community,
            kind=opening.reading.kind.value,
            tag=after.tag.value,
            at=stamp(at),
        )
    if noted is not None:
        _settle(tx, after.workspace_id, noted["community"], Kind(noted["kind"]))
    elif opening is not None:
        _settle(tx, after.workspace_id, opening.stored.post.community, opening.reading.kind)


def _settle(tx: Tx, workspace_id: str, community: str, kind: Kind) -> None:
    """Say anew what the latest choices for a kind in a community have in common."""
    where = {"workspace_id": workspace_id, "community": community, "kind": kind.value}
    rows = tx.all(
        """SELECT tag FROM tag_choice WHERE workspace_id = :workspace_id AND community = :community AND kind = :kind
           ORDER BY chosen_at DESC, conversation_id DESC LIMIT :limit""",
        limit=CHOICES_COUNTED,
        **where,
    )
    preferred = preferred_of([Tag(row["tag"]) for row in rows])
    if preferred is None:
        tx.run(
            """DELETE FROM preference
               WHERE workspace_id = :workspace_id AND community = :community AND kind = :kind""",
            **where,
        )
        return
    tx.run(
        """INSERT INTO preference (workspace_id, community, kind, tag, choices)
           VALUES (:workspace_id, :community, :kind, :tag, :choices)
           ON CONFLICT (workspace_id, community, kind) DO UPDATE SET tag = excluded.tag, choices = excluded.choices""",
        tag=preferred[0].value,
        choices=preferred[1],
        **where,
    )


def forget_preference(tx: Tx, workspace_id: str, preference_id: int, *, by: str, at: datetime) -> bool:
    """Forget a preference, and the choices it comes from; return whether it was there."""
    row = tx.one(
        "DELETE FROM preference WHERE id = :id AND workspace_id = :workspace_id RETURNING community, kind",
        id=preference_id,
        workspace_id=workspace_id,
    )
    if row is None:
        return False
    tx.run(
        "DELETE FROM tag_choice WHERE workspace_id = :workspace_id AND community = :community AND kind = :kind",
        workspace_id=workspace_id,
        **row,
    )
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="preference",
        object_id=preference_id,
        act="forget",
        actor=by,
        at=at,
        after={"name": f"{row['kind']}, {row['community']}"},
    )
    return True
