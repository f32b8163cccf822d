"""What a press on a button does to a conversation: the escalator, and the reply beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from engagement.conversation import Conversation, Reply, ReplyState
from engagement.reading import Tag
from engagement.snooze import Snooze, may_be_until
from engagement.standing import back_from_snooze, may_be_muted, may_be_put_off
from engagement.target import Deadline


class Act(StrEnum):
    """What a person can do to a conversation."""

    LISTEN = "listen"
    INTERACT = "interact"
    REACT = "react"
    NOT_US = "not us"
    US = "us"  # of a conversation that was unsure; by nobody where a later mention of it was sure
    UNDO = "undo"
    CLAIM = "claim"
    HAND_BACK = "hand back"
    ANSWERED = "answered"
    REOPEN = "reopen"
    ASSIGN = "assign"
    SNOOZE = "snooze"
    WAKE = "wake"
    CORRECT = "correct"
    MUTE = "mute"
    UNMUTE = "unmute"
    ASKED_AGAIN = "asked again"  # the bot saw it; no button
    ANSWERED_THERE = "answered at the source"  # as above


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Somebody pressed a button that was drawn from version `drawn`.

    Some acts say more. `link` is the evidence of an answer, `to` the Slack user a reply is assigned to, `until` and
    `reason` are of a snooze, `mute_id` is the mute that silences the conversation.
    """

    act: Act
    conversation_id: int
    by: str
    drawn: int
    link: str = ""
    to: str = ""
    until: datetime | None = None
    reason: str = ""
    mute_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a decision needs to know besides the conversation.

    `ours_to_answer`: a user's question, help, bug, complaint or wish is in it. `owed`: when a reply owed from now on
    would be due. `promised`: when the reply would be due for who is to have it. `to_undo`: the latest tag that still
    stands (see `tag_to_undo`), for Undo alone.
    """

    at: datetime
    owed: Deadline
    promised: Deadline
    ours_to_answer: bool
    to_undo: "Tagging | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One decision of the past: what was done, and the conversation before and after it."""

    act: Act
    before: Conversation
    after: Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """A tag (or Not us) that still stands: the conversation `before` it, and whether a reply is owed because of it."""

    before: Conversation
    owes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One line of a conversation's history: who did what, when (aware UTC)."""

    act: Act
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The press counted; the conversation as it stands now."""

    conversation: Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """Somebody was first: nothing changed. `first` is the latest decision, None if the history is silent."""

    conversation: Conversation
    first: Past | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The conversation is not there (any more)."""


PressResult = Decided | Outdated | Gone

TAGS = {Act.LISTEN: Tag.LISTEN, Act.INTERACT: Tag.INTERACT, Act.REACT: Tag.REACT}
TAGGING = frozenset({*TAGS, Act.NOT_US})
NEW_REPLY = frozenset({Act.REOPEN, Act.ASKED_AGAIN})
# Any other decision ends a snooze, and the word on why the conversation is back: somebody has looked at it.
KEEP_SNOOZE = frozenset({Act.SNOOZE, Act.WAKE, Act.CORRECT})
# All that can be done to a conversation as long as nobody knows whether it is about us.
WHILE_UNSURE = frozenset({Act.US, Act.NOT_US, Act.UNDO, Act.UNMUTE})


def decide(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Return the conversation after `press`, or None when it was drawn from an older version or no longer fits."""
    step = STEPS.get(press.act)
    if step is None or press.drawn != conversation.version:
        return None
    if conversation.is_muted and press.act is not Act.UNMUTE:
        return None
    if conversation.unsure and press.act not in WHILE_UNSURE:
        return None
    after = step(conversation, press, now)
    if after is None:
        return None
    snooze = after.snooze if press.act in KEEP_SNOOZE else None
    return replace(after, snooze=snooze, version=conversation.version + 1)


def asked_again(conversation: Conversation, *, owed: Deadline, at: datetime) -> Conversation | None:
    """Return the conversation after somebody in it asked us something more, None when that changes nothing.

    An answer, or a tag that owes no reply, was about what had been said until then: now it is our turn again. What
    was put aside is back at once.
    """
    if conversation.dismissed_by or conversation.is_muted:
        return None
    tagged = conversation.tag is not None and not conversation.reply.is_open
    if tagged or conversation.reply.is_answered:
        return replace(conversation, reply=_owed(owed), snooze=None, version=conversation.version + 1)
    back = back_from_snooze(conversation, at=at)
    return back and replace(back, version=conversation.version + 1)


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


def _apply_tag(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Set the tag. A reply that is owed stays owed: reacting to a complaint does not answer it."""
    tag = TAGS[press.act]
    if conversation.dismissed_by or conversation.tag is tag:
        return None
    owes = tag is Tag.INTERACT or (tag is Tag.REACT and now.ours_to_answer)
    reply = conversation.reply
    if owes and reply.state is ReplyState.NONE:
        reply = _owed(now.owed)
    return replace(conversation, tag=tag, tagged_by=press.by, tagged_at=now.at, reply=reply)


def _dismiss(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    if conversation.dismissed_by:
        return None
    return replace(conversation, dismissed_by=press.by, dismissed_at=now.at)


def _accept(conversation: Conversation, _press: Press, _now: Circumstances) -> Conversation | None:
    """Say that it is about us after all: from now on it is a conversation like any other."""
    if conversation.dismissed_by or not conversation.unsure:
        return None
    return replace(conversation, unsure=False)


def _undo(conversation: Conversation, _press: Press, now: Circumstances) -> Conversation | None:
    """Take the latest tag back, never somebody's promise or an answer."""
    if now.to_undo is None:
        return None
    before = now.to_undo.before
    taken_back = now.to_undo.owes and conversation.reply.state is ReplyState.OWED
    return replace(
        conversation,
        tag=before.tag,
        tagged_by=before.tagged_by,
        tagged_at=before.tagged_at,
        dismissed_by=before.dismissed_by,
        dismissed_at=before.dismissed_at,
        reply=before.reply if taken_back else conversation.reply,
    )


def _claim(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Promise a reply; a promise for an untagged conversation is also the decision to interact."""
    reply = conversation.reply
    if conversation.dismissed_by or reply.is_answered or reply.state is ReplyState.CLAIMED:
        return None
    promised = replace(
        reply,
        state=ReplyState.CLAIMED,
        due_at=now.promised.due_at,
        warn_at=now.promised.warn_at,
        claimed_by=press.by,
        claimed_at=now.at,
        assigned_by="",
    )
    return replace(_with_interact(conversation, press, now), reply=promised)


def _assign(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Give the reply to somebody, also what another has promised: the team knows best who has time."""
    reply = conversation.reply
    if conversation.dismissed_by or reply.is_answered or not press.to or reply.claimed_by == press.to:
        return None
    given = replace(
        reply,
        state=ReplyState.CLAIMED,
        due_at=now.promised.due_at,
        warn_at=now.promised.warn_at,
        claimed_by=press.to,
        claimed_at=now.at,
        assigned_by="" if press.to == press.by else press.by,
    )
    return replace(_with_interact(conversation, press, now), reply=given)


def _hand_back(conversation: Conversation, _press: Press, _now: Circumstances) -> Conversation | None:
    if conversation.dismissed_by or conversation.reply.state is not ReplyState.CLAIMED:
        return None
    owed = replace(conversation.reply, state=ReplyState.OWED, claimed_by="", claimed_at=None, assigned_by="")
    return replace(conversation, reply=owed)


def _answer(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Record that we answered; the link, if any, is the evidence."""
    if conversation.dismissed_by or conversation.reply.is_answered:
        return None
    answered = replace(
        conversation.reply,
        state=ReplyState.ANSWERED,
        answered_by=press.by,
        answered_at=now.at,
        answer_url=press.link,
    )
    return replace(_with_interact(conversation, press, now), reply=answered)


def _reopen(conversation: Conversation, _press: Press, now: Circumstances) -> Conversation | None:
    if conversation.dismissed_by or not conversation.reply.is_answered:
        return None
    return replace(conversation, reply=_owed(now.owed))


def _owed(deadline: Deadline) -> Reply:
    return Reply(state=ReplyState.OWED, due_at=deadline.due_at, warn_at=deadline.warn_at)


def _snooze(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Put it aside. When the reply is due stays: whoever waits at the source does not know that we sleep on it."""
    if press.until is None or not may_be_until(press.until, now=now.at):
        return None
    if not may_be_put_off(conversation, by=press.by, ours_to_answer=now.ours_to_answer):
        return None
    return replace(conversation, snooze=Snooze(until=press.until, by=press.by, reason=press.reason))


def _wake(conversation: Conversation, _press: Press, now: Circumstances) -> Conversation | None:
    return back_from_snooze(conversation, at=now.at)


def _correct(conversation: Conversation, _press: Press, _now: Circumstances) -> Conversation | None:
    """Count a correction as a decision: what the card says of the mention changes."""
    return None if conversation.dismissed_by else conversation


def _mute(conversation: Conversation, press: Press, _now: Circumstances) -> Conversation | None:
    return replace(conversation, mute_id=press.mute_id) if press.mute_id and may_be_muted(conversation) else None


def _unmute(conversation: Conversation, _press: Press, _now: Circumstances) -> Conversation | None:
    return replace(conversation, mute_id=0) if conversation.is_muted else None


def _with_interact(conversation: Conversation, press: Press, now: Circumstances) -> Conversation:
    if conversation.tag in (Tag.INTERACT, Tag.REACT):
        return conversation
    return replace(conversation, tag=Tag.INTERACT, tagged_by=press.by, tagged_at=now.at)


Step = Callable[[Conversation, Press, Circumstances], Conversation | None]
STEPS: Mapping[Act, Step] = {
    **dict.fromkeys(TAGS, _apply_tag),
    Act.NOT_US: _dismiss,
    Act.US: _accept,
    Act.UNDO: _undo,
    Act.CLAIM: _claim,
    Act.HAND_BACK: _hand_back,
    Act.ANSWERED: _answer,
    Act.REOPEN: _reopen,
    Act.ASSIGN: _assign,
    Act.SNOOZE: _snooze,
    Act.WAKE: _wake,
    Act.CORRECT: _correct,
    Act.MUTE: _mute,
    Act.UNMUTE: _unmute,
}
