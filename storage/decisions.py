"""A press on a button: load the row, ask engagement, store what it decided and who did it."""

from dataclasses import replace
from datetime import datetime

from engagement.conversation import Conversation
from engagement.correct import correction_of_us, corrections
from engagement.decide import decide, tag_to_undo
from engagement.outbox import MessageKind
from engagement.press import Act, Change, Circumstances, Decided, Gone, Outdated, Past, Press, PressResult
from engagement.reading import Reading
from engagement.target import deadline, promised, target_of_watch
from engagement.workspace import team_hours
from storage.availability import availability_of
from storage.conversations import (
    decision_values,
    find_conversation,
    save_conversation,
    settle_is_open,
    with_decision,
)
from storage.corrections import add_corrections
from storage.database import Tx
from storage.history import read_facts, write_history
from storage.labels import MENTION_CARRIES
from storage.mentions import asks_us, opening_mention, save_reading
from storage.messages import mark_stale
from storage.reminders import redraw_reminders
from storage.rollups import redraw_rollup_of
from storage.stamps import read_stamp
from storage.watches import find_watch
from storage.workspaces import find_workspace

# Slack lets a channel's messages be changed about once a second; what is older nobody looks at any more.
REDRAWN_AT_MOST = 10
HISTORY = "SELECT * FROM history WHERE object = 'conversation' AND object_id = :id"
# What lines of the history do not say that were written before there was such a thing.
UNSAID = {
    "warn_at": None,
    "assigned_by": "",
    "snoozed_until": None,
    "snoozed_by": "",
    "snooze_reason": "",
    "back_at": None,
    "mute_id": 0,
    "answer_seen": 0,
}


def record_press(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Apply a press in one transaction and have everything that shows the conversation redrawn.

    A press from another workspace than the conversation's finds nothing: payloads are checked, not trusted.
    """
    before = find_conversation(tx, press.conversation_id)
    if before is None or before.workspace_id != workspace_id:
        return Gone()
    circumstances = circumstances_of(tx, before, owner=press.to or press.by, at=at)
    if circumstances is None:
        return Gone()
    if press.act is Act.UNDO:
        circumstances = replace(circumstances, to_undo=tag_to_undo(_changes(tx, before)))
    after = decide(before, press, circumstances)
    if after is None or not save_conversation(tx, after):
        # Read again: on PostgreSQL another process may have decided since.
        standing = find_conversation(tx, before.id) or before
        return Outdated(conversation=standing, first=latest_decision(tx, before.id))
    write_decision(tx, before, after, act=press.act, actor=press.by, at=at)
    _label_us(tx, before, after, by=press.by, at=at)
    redraw_conversation(tx, before.id)
    return Decided(conversation=after)


def correct(tx: Tx, press: Press, reading: Reading, *, workspace_id: str, at: datetime) -> PressResult:
    """Have the mention that opens the conversation read as `reading` from now on, and keep what differs as labels.

    Nothing differs: nothing is written. `press` says who, and from which version they saw it.
    """
    before = find_conversation(tx, press.conversation_id)
    opening = opening_mention(tx, press.conversation_id)
    if before is None or opening is None or before.workspace_id != workspace_id:
        return Gone()
    differs = corrections(opening.reading, reading)
    if not differs and press.drawn == before.version:
        return Decided(conversation=before)
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    if isinstance(outcome, Decided):
        save_reading(tx, opening.id, reading)
        add_corrections(tx, before, opening.id, differs, by=press.by, at=at)
        settle_is_open(tx, before.id)
    return outcome


def _label_us(tx: Tx, before: Conversation, after: Conversation, *, by: str, at: datetime) -> None:
    """Keep *Us*, *Not us*, and its Undo, as a label of what opened the conversation."""
    labels = correction_of_us(before, after)
    opening = opening_mention(tx, before.id) if labels else None
    if opening is not None:
        add_corrections(tx, before, opening.id, labels, by=by, at=at)


def circumstances_of(tx: Tx, conversation: Conversation, *, owner: str, at: datetime) -> Circumstances | None:
    """Return what a decision about the conversation needs to know; `owner` is who would have the reply.

    None without a watch or a workspace, which never were.
    """
    workspace, watch = find_workspace(tx, conversation.workspace_id), find_watch(tx, conversation.watch_id)
    if workspace is None or watch is None:
        return None
    target, hours = target_of_watch(watch), team_hours(workspace)
    return Circumstances(
        at=at,
        owed=deadline(at, target, hours),
        promised=promised(
            conversation.reply.due_at,
            at=at,
            target_minutes=target,
            hours=availability_of(tx, workspace.id, owner).hours or hours,
        ),
        ours_to_answer=asks_us(tx, conversation.id),
    )


def redraw_conversation(tx: Tx, conversation_id: int) -> None:
    """Have the card, and the digests, the roll-up and the list that name the conversation, redrawn from the rows."""
    mark_stale(tx, MessageKind.CARD, str(conversation_id))
    mark_stale(tx, MessageKind.ASSIGNED, str(conversation_id))
    redraw_rollup_of(tx, conversation_id)
    redraw_reminders(tx, conversation_id)
    for row in tx.all("SELECT unsure_list_id AS id FROM conversation WHERE id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.UNSURE, str(row["id"]))
    for row in tx.all("SELECT departure_id FROM departure_row WHERE conversation_id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.DEPARTURE, str(row["departure_id"]))
    for row in tx.all("SELECT digest_id FROM digest_row WHERE conversation_id = :id", id=conversation_id):
        mark_stale(tx, MessageKind.DIGEST, str(row["digest_id"]))


def redraw_person(tx: Tx, workspace_id: str, *, community: str, author: str) -> None:
    """Have the cards of what somebody wrote redrawn, the latest of them."""
    rows = tx.all(
        """SELECT DISTINCT mention.conversation_id FROM post JOIN mention ON mention.post_id = post.id
           WHERE post.community = :community AND post.author = :author AND mention.workspace_id = :workspace_id
           ORDER BY mention.conversation_id DESC LIMIT :limit""",
        workspace_id=workspace_id,
        community=community,
        author=author,
        limit=REDRAWN_AT_MOST,
    )
    for row in rows:
        redraw_conversation(tx, row["conversation_id"])


def redraw_labelled(tx: Tx, workspace_id: str, label_id: int) -> None:
    """Have the cards that show a label of the workspace redrawn, the latest of them."""
    rows = tx.all(
        f"""SELECT mention.conversation_id FROM mention
            WHERE mention.workspace_id = :workspace_id AND {MENTION_CARRIES}
            ORDER BY mention.post_id DESC LIMIT :limit""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        label=label_id,
        limit=REDRAWN_AT_MOST,
    )
    for conversation_id in {row["conversation_id"]: None for row in rows}:
        redraw_conversation(tx, conversation_id)


def write_decision(tx: Tx, before: Conversation, after: Conversation, *, act: Act, actor: str, at: datetime) -> None:
    """Append a decision to the conversation's history."""
    write_history(
        tx,
        workspace_id=before.workspace_id,
        object_="conversation",
        object_id=before.id,
        act=act.value,
        actor=actor,
        at=at,
        before=decision_values(before),
        after=decision_values(after),
    )


def latest_decision(tx: Tx, conversation_id: int) -> Past | None:
    """Return who decided last, None when nobody has."""
    row = tx.one(f"{HISTORY} ORDER BY id DESC LIMIT 1", id=conversation_id)
    return Past(act=Act(row["act"]), by=row["actor"], at=read_stamp(row["at"])) if row else None


def latest_line(tx: Tx, conversation_id: int) -> int:
    """Return the number of the latest line of a conversation's history, 0 for none."""
    row = tx.one(f"{HISTORY} ORDER BY id DESC LIMIT 1", id=conversation_id)
    return int(row["id"]) if row else 0


def _changes(tx: Tx, conversation: Conversation) -> list[Change]:
    """Return everything that was decided about the conversation, oldest first."""
    return [
        Change(
            act=Act(line["act"]),
            before=with_decision(conversation, UNSAID | read_facts(line["before_facts"])),
            after=with_decision(conversation, UNSAID | read_facts(line["after_facts"])),
        )
        for line in tx.all(f"{HISTORY} ORDER BY id", id=conversation.id)
    ]
