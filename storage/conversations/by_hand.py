"""Mentions that a person brings: carded at once, past the brake, mutes and roll-ups, since somebody asked for it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from engagement.calm.brake import BrakeLimits
from engagement.conversations.conversation import Sighting
from engagement.conversations.decide import decide
from engagement.conversations.press import Act, Circumstances, Decided, Press
from engagement.conversations.stories import Telling
from engagement.dataclass import dataclass
from engagement.turns.target import deadline_on
from engagement.workspace import team_hours
from storage.conversations.conversations import (
    find_conversation,
    lock_by_thread,
    open_conversation,
    opens_now,
    save_conversation,
)
from storage.conversations.decided import write_decision
from storage.conversations.decisions import record_press
from storage.conversations.mentions import DECIDED_IN, add_mention, is_noticed
from storage.conversations.stories import note_story
from storage.database import Tx, the_row
from storage.listening.posts import keep_post
from storage.listening.sightings import notice
from storage.records.forgotten_keys import as_we_keep_them
from storage.sending.cards import queue_card
from storage.sending.redraws import redraw_conversation
from storage.workspaces import asking_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Where a mention stands that somebody brought; `is_new` is false for one that stood there before."""

    conversation_id: int
    channel: str
    is_new: bool


def bring(
    tx: Tx,
    sighting: Sighting,
    acts: Iterable[Act],
    *,
    by: str,
    at: datetime,
    due_at: datetime | None = None,
    telling: Telling | None = None,
) -> Brought:
    """Make a mention of a post that somebody brought, and decide about its conversation as they said.

    `due_at` is when a reply is due that is owed from now on, where they said so. With `telling`, it says what it may be
    the same story as, and has copies from now on. One that is a mention already changes
    nothing; but of one that was unsure, whoever brings it says that it is about us.
    """
    workspace_id = sighting.watch.workspace_id
    [kept] = as_we_keep_them(tx, [sighting.post])
    sighting = replace(sighting, post=kept)
    post_id = keep_post(tx, sighting.post, at=at)
    if is_noticed(tx, workspace_id, post_id):
        if not _is_ours_after_all(tx, workspace_id, post_id, by=by, at=at):
            return _standing(tx, workspace_id, post_id, is_new=False)
    elif lock_by_thread(tx, workspace_id, sighting.post.thread_key) is None:
        conversation = open_conversation(tx, sighting, at=at)
        add_mention(tx, sighting, post_id, conversation.id, at=at)
        queue_card(tx, conversation, held=False, at=at)
        if telling:
            note_story(tx, conversation, telling, at=at)
    else:
        workspace, post_ids = asking_workspace(tx, workspace_id), {sighting.post.keys: post_id}
        notice(tx, [sighting], post_ids, limits=BrakeLimits(), workspace=workspace, at=at)
    brought = _standing(tx, workspace_id, post_id, is_new=True)
    _note(tx, brought.conversation_id, by=by, at=at)
    for act in acts:
        _decide(tx, act, brought.conversation_id, workspace_id, by=by, due_at=due_at, at=at)
    return brought


def _is_ours_after_all(tx: Tx, workspace_id: str, post_id: int, *, by: str, at: datetime) -> bool:
    """Take the conversation of a mention for ours if it was unsure, with its card; return whether it was."""
    conversation = find_conversation(tx, _standing(tx, workspace_id, post_id, is_new=False).conversation_id)
    if conversation is None:
        return False
    press = Press(act=Act.US, conversation_id=conversation.id, by=by, drawn=conversation.version)
    result = record_press(tx, press, workspace_id=workspace_id, at=at)
    if not isinstance(result, Decided):
        return False
    opens_now(tx, conversation.id, at=at)
    queue_card(tx, result.conversation, held=False, at=at)
    return True


def redraw_posts(tx: Tx, post_ids: Iterable[int]) -> None:
    """Have everything redrawn that shows these posts: their words are known by now."""
    for post_id in post_ids:
        for row in tx.all("SELECT DISTINCT conversation_id FROM mention WHERE post_id = :id", id=post_id):
            redraw_conversation(tx, row["conversation_id"])


def _note(tx: Tx, conversation_id: int, *, by: str, at: datetime) -> None:
    """Have the conversation's history say who brought it, or more of it."""
    conversation = find_conversation(tx, conversation_id)
    if conversation is not None:
        write_decision(tx, conversation, conversation, act=Act.BRING, actor=by, at=at)


def _standing(tx: Tx, workspace_id: str, post_id: int, *, is_new: bool) -> Brought:
    row = the_row(
        tx,
        f"""SELECT conversation.id, conversation.channel FROM mention
           JOIN conversation ON {DECIDED_IN}
           WHERE mention.workspace_id = :workspace_id AND mention.post_id = :post_id""",  # noqa: S608 - a constant
        workspace_id=workspace_id,
        post_id=post_id,
    )
    return Brought(conversation_id=row["id"], channel=row["channel"], is_new=is_new)


def _decide(
    tx: Tx, act: Act, conversation_id: int, workspace_id: str, *, by: str, due_at: datetime | None, at: datetime
) -> None:
    """Decide as a press on the card would; what no longer fits changes nothing."""
    before = find_conversation(tx, conversation_id)
    if before is None:
        return
    press = Press(act=act, conversation_id=conversation_id, by=by, drawn=before.version)
    if due_at is None:
        record_press(tx, press, workspace_id=workspace_id, at=at)
        return
    owed = deadline_on(due_at, at=at, hours=team_hours(asking_workspace(tx, workspace_id)))
    after = decide(before, press, Circumstances(at=at, owed=owed, promised=owed, ours_to_answer=False))
    if after and save_conversation(tx, after):
        write_decision(tx, before, after, act=act, actor=by, at=at)
        redraw_conversation(tx, conversation_id)
