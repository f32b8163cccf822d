"""Conversations where only people can see replies: which those are, and what becomes of a reply that is due there."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engagement.conversations.press import Act
from engagement.dataclass import dataclass
from engagement.turns.unseen import Unseen, lost_sight
from storage.batches import rows_where
from storage.conversations.asking import ASKED
from storage.conversations.cards import SNOOZED
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.conversations import save_conversation
from storage.conversations.decided import write_decision
from storage.conversations.waiting import OPENING, of_label
from storage.database import Tx
from storage.sending.redraws import redraw_conversation
from storage.stamps import stamp
from storage.workspaces import all_workspaces

# In one transaction; a click waits for no more.
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A conversation of which nobody knows yet whether replies can be seen there; `post_url` is of a post in it."""

    conversation_id: int
    community: str
    thread_key: str
    post_url: str


def unjudged(tx: Tx) -> list[Unjudged]:
    """Return conversations of which it is to be asked."""
    rows = tx.all(
        f"""SELECT conversation.id, conversation.community, conversation.thread_key, post.url FROM conversation
            {OPENING} JOIN post ON post.id = mention.post_id WHERE conversation.unseen IS NULL
              AND conversation.workspace_id IN (SELECT id FROM workspace)
            ORDER BY conversation.id DESC LIMIT :limit""",  # noqa: S608 - constants only
        limit=AT_ONCE,
    )
    return [
        Unjudged(
            conversation_id=row["id"], community=row["community"], thread_key=row["thread_key"], post_url=row["url"]
        )
        for row in rows
    ]


def judge(tx: Tx, unseen: Mapping[int, bool]) -> None:
    """Note of conversations, by their numbers, whether replies cannot be seen there."""
    for number, is_unseen in sorted(unseen.items()):
        tx.run("UPDATE conversation SET unseen = :unseen WHERE id = :id", id=number, unseen=int(is_unseen))
        if is_unseen:
            redraw_conversation(tx, number)


def lose_sight(tx: Tx, *, now: datetime) -> int:
    """Have nobody wait where a reply was due by `now` and cannot be seen; return in how many conversations."""
    lost = 0
    for workspace in all_workspaces(tx):
        rows = tx.all(
            f"""SELECT * FROM conversation WHERE workspace_id = :workspace_id AND is_open = 1 AND due_at <= :now
                  AND unseen = 1 AND reply_state = 'owed' AND NOT {SNOOZED} ORDER BY due_at LIMIT :limit""",  # noqa: S608 - constants only
            workspace_id=workspace.id,
            now=stamp(now),
            limit=AT_ONCE,
        )
        for before in map(conversation_from, rows):
            after = lost_sight(before, at=now)
            if after is not None and save_conversation(tx, after):
                write_decision(tx, before, after, act=Act.LOST_SIGHT, actor="", at=now)
                redraw_conversation(tx, before.id)
                lost += 1
    return lost


def is_any_lost(tx: Tx, *, now: datetime) -> bool:
    """Return whether a reply is due where nobody can see it, and still counts as owed."""
    sql = f"""SELECT 1 AS yes FROM conversation WHERE workspace_id = :workspace_id AND is_open = 1 AND due_at <= :now
                AND unseen = 1 AND reply_state = 'owed' AND NOT {SNOOZED} LIMIT 1"""  # noqa: S608 - constants only
    return any(tx.one(sql, workspace_id=each.id, now=stamp(now)) for each in all_workspaces(tx))


def to_be_looked_at(tx: Tx, workspace_id: str, *, label: int | None = None) -> tuple[Unseen, ...]:
    """Return where somebody has to look whether we have answered, most of a community first."""
    condition, values = of_label(label)
    rows = tx.all(
        f"""SELECT conversation.id, conversation.community FROM conversation
            WHERE conversation.workspace_id = :workspace_id AND conversation.is_open = 1
              AND conversation.reply_state = 'cannot tell' AND conversation.dismissed_by = '' AND NOT {SNOOZED}
              {condition} ORDER BY conversation.asked_at, conversation.id""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        **values,
    )
    counts = Counter(row["community"] for row in rows)
    longest_waiting = {row["community"]: row["id"] for row in reversed(rows)}
    # There may be thousands, of which one of each community is shown.
    shown = rows_where(
        tx, f"SELECT conversation.id, post.url {ASKED} WHERE conversation.id IN ({{wanted}})", longest_waiting.values()
    )
    urls = {row["id"]: row["url"] for row in shown}
    return tuple(
        Unseen(community=name, count=number, url=urls[longest_waiting[name]]) for name, number in counts.most_common()
    )
