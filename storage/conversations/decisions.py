"""A press on a button: load the row, ask engagement, store what it decided and who did it."""

from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.conversations.correct import correction_of_us, corrections
from engagement.conversations.decide import BRINGS_BACK, PROMISES, decide, reply_before_shipping, tag_to_undo
from engagement.conversations.press import Act, Circumstances, Decided, Gone, MayNotAnswer, Outdated, Press, PressResult
from engagement.turns.target import promised, target_of_watch
from engagement.understanding.reading import Reading
from engagement.voice.draft import Role
from engagement.workspace import owed_from, team_hours
from storage.conversations.conversations import find_conversation, save_conversation, settle_is_open
from storage.conversations.corrections import add_corrections
from storage.conversations.decided import changes_of, latest_decision, write_decision
from storage.conversations.mentions import asks_us, opening_mention, save_reading
from storage.database import Tx
from storage.improvements.demands import note_told
from storage.listening.watches import find_watch
from storage.sending.lost import keep_in_sight
from storage.sending.redraws import redraw_conversation
from storage.team.availability import availability_of
from storage.turns.answers import settle_conversation
from storage.understanding.beside import learn_from_verdict
from storage.understanding.learned import learn_from_mood
from storage.understanding.preferences import learn_from_tag
from storage.understanding.weights import weigh_conversation
from storage.voice.guide import find_roles
from storage.voice.said import keep_what_we_said
from storage.workspaces import find_workspace


def record_press(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """Apply a press in one transaction and have everything that shows the conversation redrawn.

    A press from another workspace than the conversation's finds nothing: payloads are checked, not trusted.
    """
    before = find_conversation(tx, press.conversation_id)
    if before is None or before.workspace_id != workspace_id:
        return Gone()
    if press.act in PROMISES and not (roles := find_roles(tx, workspace_id)).lets(press.to or press.by, Role.SPEAK):
        return MayNotAnswer(people=roles.speak)
    circumstances = circumstances_of(tx, before, owner=press.to or press.by, at=at)
    if circumstances is None:
        return Gone()
    if press.act is Act.UNDO:
        circumstances = replace(circumstances, to_undo=tag_to_undo(changes_of(tx, before)))
    elif press.act is Act.NOT_SHIPPED:
        circumstances = replace(circumstances, before_shipping=reply_before_shipping(changes_of(tx, before)))
    after = decide(before, press, circumstances)
    if after is None or not save_conversation(tx, after):
        # Read again: on PostgreSQL another process may have decided since.
        standing = find_conversation(tx, before.id) or before
        return Outdated(conversation=standing, first=latest_decision(tx, before.id))
    write_decision(tx, before, after, act=press.act, actor=press.by, at=at)
    note_told(tx, before, after, act=press.act)
    _label_us(tx, before, after, by=press.by, at=at)
    learn_from_tag(tx, before, after, at=at)
    learn_from_verdict(tx, before, after, act=press.act, by=press.by, at=at)
    keep_what_we_said(tx, before, after)
    redraw_conversation(tx, before.id)
    keep_in_sight(tx, before.id, at=at)
    # Whoever decides that a reply is owed may not know that one stands there already.
    owes_now = after.reply.is_open and not before.reply.is_open
    if (owes_now or press.act in BRINGS_BACK) and settle_conversation(tx, after.id, at=at):
        after = find_conversation(tx, after.id) or after
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
        if reading.mood is not opening.reading.mood:
            learn_from_mood(tx, workspace_id, opening, reading.mood, by=press.by, at=at)
        settle_is_open(tx, before.id)
        weigh_conversation(tx, before.id)
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
    claimed_by = conversation.reply.claimed_by
    return Circumstances(
        at=at,
        owed=owed_from(at, watch, workspace),
        promised=promised(
            conversation.reply.due_at,
            at=at,
            target_minutes=target_of_watch(watch),
            hours=availability_of(tx, workspace.id, owner).hours or team_hours(workspace),
        ),
        ours_to_answer=asks_us(tx, conversation.id),
        owner_is_gone=bool(claimed_by) and not availability_of(tx, workspace.id, claimed_by).is_here(at),
    )
