"""What a press on a button does to a conversation, and what happens to one without a press."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation, Reply, ReplyState
from engagement.conversations.press import Act, Change, Circumstances, Press, Tagging
from engagement.conversations.standing import back_from_snooze
from engagement.conversations.steps import STEPS, TAGS, owed_reply
from engagement.turns.target import Deadline

TAGGING = frozenset({*TAGS, Act.NOT_US})
NEW_REPLY = frozenset({Act.REOPEN, Act.ASKED_AGAIN, Act.SHIPPED})
# Any other decision ends a snooze, and the word on why the conversation is back: somebody has looked at it.
KEEP_SNOOZE = frozenset({Act.SNOOZE, Act.WAKE, Act.CORRECT, Act.IMPROVE, Act.NOT_SHIPPED})
# All that can be done to a conversation as long as nobody knows whether it is about us.
WHILE_UNSURE = frozenset({Act.US, Act.NOT_US, Act.UNDO, Act.UNMUTE})
# What makes somebody speak for the team, who has to be allowed to.
PROMISES = frozenset({Act.CLAIM, Act.ASSIGN})
# What was settled, or not ours, for a while: somebody may have answered, or asked, meanwhile.
BRINGS_BACK = frozenset({Act.UNDO, Act.US, Act.REOPEN, Act.NOT_SHIPPED})


def decide(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Return the conversation after `press`, or None when it was drawn from an older version or no longer fits."""
    step = STEPS.get(press.act)
    if step is None or press.drawn != conversation.version:
        return None
    if conversation.is_muted and press.act is not Act.UNMUTE:
        return None
    if conversation.unsure and press.act not in WHILE_UNSURE:
        return None
    if conversation.told_in and press.act is not Act.APART:
        return None
    after = step(conversation, press, now)
    if after is None:
        return None
    snooze = after.snooze if press.act in KEEP_SNOOZE else None
    return replace(after, snooze=snooze, version=conversation.version + 1)


def asked_again(conversation: Conversation, *, owed: Deadline, at: datetime) -> Conversation | None:
    """Return the conversation after somebody in it asked us something more, None when that changes nothing.

    An answer, or a tag that owes no reply, was about what had been said until then: now it is our turn again. Where
    others had answered before anybody decided, it waits for a decision, as it did at first. What was put aside is back
    at once.
    """
    if conversation.dismissed_by or conversation.is_muted:
        return None
    reply, tagged = conversation.reply, conversation.tag is not None
    if reply.is_answered or (tagged and not reply.is_open):
        undecided = not tagged and reply.state is ReplyState.ANSWERED_BY_OTHERS
        turn = Reply(warn_at=owed.warn_at) if undecided else owed_reply(owed)
        return replace(conversation, reply=turn, snooze=None, version=conversation.version + 1)
    back = back_from_snooze(conversation, at=at)
    return back and replace(back, version=conversation.version + 1)


def reply_before_shipping(history: Iterable[Change]) -> Reply | None:
    """Return what was owed before they were to be told of what shipped, None where that stands no more."""
    before: Reply | None = None
    for change in history:
        if change.act is Act.SHIPPED:
            before = change.before.reply
        elif change.act is Act.NOT_SHIPPED:
            before = None
    return before


def tag_to_undo(history: Iterable[Change]) -> Tagging | None:
    """Return the latest tag in `history` (oldest first) that still stands, None when there is none.

    An Undo takes the latest tag off the pile, so that a second Undo goes back to the tag before it. A reply that
    is owed because somebody asked again, or because an answer was reopened, is not owed because of a tag.
    """
    pile: list[Tagging] = []
    for change in history:
        if change.act is Act.UNDO:
            pile = pile[:-1]
        elif change.act in TAGGING or change.before.tag is not change.after.tag:
            owes = change.before.reply.state is ReplyState.NONE and change.after.reply.is_open
            pile.append(Tagging(before=change.before, owes=owes))
        elif change.act in NEW_REPLY:
            pile = [replace(tagging, owes=False) for tagging in pile]
    return pile[-1] if pile else None
