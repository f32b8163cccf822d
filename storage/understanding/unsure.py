"""What the bot is not sure about: which channels are to be asked, and what became of the answers."""

from dataclasses import replace
from datetime import datetime

from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind, OutMessage
from engagement.understanding.unsure import DOUBTS_A_PAGE, Doubt, DoubtList, NextResult, NextShown, NextShownBefore
from engagement.workspace import Workspace
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.mentions import opening_mention
from storage.database import Row, Tx, count, the_row
from storage.listening.watches import find_watch
from storage.sending.messages import find_message, mark_stale, queue_message
from storage.stamps import read_stamp, stamp
from storage.understanding.answers import answered_together, latest_answer, was_not_us_before

# Of a watch that is listened for no more, and of what is muted, nobody is asked.
TO_ASK = """FROM conversation WHERE conversation.workspace_id = :workspace_id AND conversation.unsure = 1
  AND conversation.unsure_list_id = 0 AND conversation.dismissed_by = '' AND conversation.opened_at < :until
  AND conversation.mute_id = 0
  AND EXISTS (SELECT 1 FROM watch WHERE watch.id = conversation.watch_id AND watch.stopped_at IS NULL)"""
IN_CHANNEL = f"{TO_ASK} AND conversation.channel = :channel"


def channels_to_ask(tx: Tx, workspace: Workspace, *, day: str, until: datetime) -> list[str]:
    """Return the channels with something unsure from before `until` that were not asked yet on this day."""
    rows = tx.all(
        f"""SELECT DISTINCT conversation.channel {TO_ASK} AND NOT EXISTS (
              SELECT 1 FROM unsure_list WHERE unsure_list.workspace_id = conversation.workspace_id
                AND unsure_list.channel = conversation.channel AND unsure_list.day = :day)
            ORDER BY conversation.channel""",  # noqa: S608 - a constant
        workspace_id=workspace.id,
        day=day,
        until=stamp(until),
    )
    return [row["channel"] for row in rows]


def ask_channel(tx: Tx, workspace: Workspace, channel: str, *, day: str, until: datetime, at: datetime) -> bool:
    """Put the day's question to a channel into the outbox, once; it is about what came before `until`."""
    return _ask(tx, workspace.id, channel, day=day, page=0, by="", until=until, at=at)


def show_next(tx: Tx, list_id: int, *, workspace_id: str, by: str, at: datetime) -> NextResult:
    """Ask about the next ones behind a list, in its thread, if nobody had them shown before."""
    row = tx.one("SELECT * FROM unsure_list WHERE id = :id AND workspace_id = :team", id=list_id, team=workspace_id)
    if row is None:
        return None
    if _ask(tx, workspace_id, row["channel"], day=row["day"], page=row["page"] + 1, by=by, until=at, at=at):
        mark_stale(tx, MessageKind.UNSURE, str(list_id))
        return NextShown()
    after = _page_after(tx, row)
    return NextShownBefore(by=after["asked_by"], at=read_stamp(after["created_at"])) if after else None


def _ask(
    tx: Tx, workspace_id: str, channel: str, *, day: str, page: int, by: str, until: datetime, at: datetime
) -> bool:
    where = {"workspace_id": workspace_id, "channel": channel}
    asked = [
        row["id"]
        for row in tx.all(
            f"SELECT conversation.id {IN_CHANNEL} ORDER BY conversation.opened_at, conversation.id LIMIT :limit",
            until=stamp(until),
            limit=DOUBTS_A_PAGE,
            **where,
        )
    ]
    made = asked and tx.one(
        """INSERT INTO unsure_list (workspace_id, channel, day, page, asked_by, created_at)
           VALUES (:workspace_id, :channel, :day, :page, :by, :at)
           ON CONFLICT (workspace_id, channel, day, page) DO NOTHING RETURNING id""",
        day=day,
        page=page,
        by=by,
        at=stamp(until),
        **where,
    )
    if not made:
        return False
    tx.many(
        "UPDATE conversation SET unsure_list_id = :list_id WHERE id = :id",
        [{"list_id": made["id"], "id": conversation_id} for conversation_id in asked],
    )
    first = _first_message(tx, workspace_id, channel, day=day) if page else None
    queue_message(
        tx,
        workspace_id=workspace_id,
        channel=channel,
        kind=MessageKind.UNSURE,
        subject=str(made["id"]),
        parent_id=first.id if first else 0,
        at=at,
    )
    return True


def _first_message(tx: Tx, workspace_id: str, channel: str, *, day: str) -> OutMessage | None:
    row = the_row(
        tx,
        """SELECT id FROM unsure_list
           WHERE workspace_id = :workspace_id AND channel = :channel AND day = :day AND page = 0""",
        workspace_id=workspace_id,
        channel=channel,
        day=day,
    )
    return find_message(tx, MessageKind.UNSURE, str(row["id"]))


def _page_after(tx: Tx, row: Row) -> Row | None:
    return tx.one(
        """SELECT * FROM unsure_list
           WHERE workspace_id = :workspace_id AND channel = :channel AND day = :day AND page = :page""",
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        day=row["day"],
        page=row["page"] + 1,
    )


def find_doubts(tx: Tx, list_id: int) -> DoubtList | None:
    """Return a list with its rows as they stand now, None when there is no such list."""
    row = tx.one("SELECT * FROM unsure_list WHERE id = :id", id=list_id)
    if row is None:
        return None
    rows = tx.all(
        "SELECT * FROM conversation WHERE conversation.unsure_list_id = :id ORDER BY conversation.id", id=list_id
    )
    more = 0
    if _page_after(tx, row) is None:
        more = count(
            tx,
            IN_CHANNEL,
            workspace_id=row["workspace_id"],
            channel=row["channel"],
            until=row["created_at"],
        )
    return DoubtList(
        id=list_id,
        workspace_id=row["workspace_id"],
        channel=row["channel"],
        page=row["page"],
        created_at=read_stamp(row["created_at"]),
        doubts=tuple(doubt for each in rows if (doubt := _doubt_from(tx, each))),
        more=more,
        asked_by=row["asked_by"],
    )


def _doubt_from(tx: Tx, row: Row) -> Doubt | None:
    opening, watch = opening_mention(tx, row["id"]), find_watch(tx, row["watch_id"])
    if opening is None:
        return None
    doubt = Doubt(conversation=conversation_from(row), opening=opening, names=watch.terms.names if watch else ())
    if doubt.is_open:
        return replace(doubt, not_us_before=was_not_us_before(tx, doubt.conversation))
    answer = latest_answer(tx, doubt.conversation)
    if answer is None:
        return doubt
    together = answered_together(tx, doubt.conversation, answer)
    return replace(doubt, us_by=answer.by if answer.act is Act.US else "", together=together)
