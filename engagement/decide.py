"""What a press on a button does to a conversation: the escalator, and the reply beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from engagement.conversation import Conversation, Reply, ReplyState
from engagement.reading import Tag


class Act(StrEnum):
    """What a person can do to a conversation."""

    LISTEN = "listen"
    INTERACT = "interact"
    REACT = "react"
    NOT_US = "not us"
    UNDO = "undo"
    CLAIM = "claim"
    HAND_BACK = "hand back"
    ANSWERED = "answered"
    REOPEN = "reopen"
    ASKED_AGAIN = "asked again"  # the bot saw it; no button


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Somebody pressed a button that was drawn from version `drawn`; `link` is the evidence of an answer."""

    act: Act
    conversation_id: int
    by: str
    drawn: int
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a decision needs to know besides the conversation.

    `ours_to_answer`: a user's question, help, bug, complaint or wish is in it. `due_at`: when a reply owed from
    now on would be due. `to_undo`: the latest tag that still stands (see `tag_to_undo`), for Undo alone.
    """

    at: datetime
    due_at: datetime
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


def decide(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Return the conversation after `press`, or None when it was drawn from an older version or no longer fits."""
    step = STEPS.get(press.act)
    if step is None or press.drawn != conversation.version:
        return None
    after = step(conversation, press, now)
    return after and replace(after, version=conversation.version + 1)


def is_open(conversation: Conversation, *, ours_to_answer: bool) -> bool:
    """Return whether something is left to decide or to answer."""
    if conversation.dismissed_by:
        return False
    return waits_for_us(conversation, ours_to_answer=ours_to_answer) or conversation.is_untouched


class Standing(Protocol):
    """How a conversation stands: said by itself, or by a line about it."""

    @property
    def dismissed_by(self) -> str:
        """Who took it out, empty while it is in."""

    @property
    def reply(self) -> Reply:
        """What we owe."""

    @property
    def tag(self) -> Tag | None:
        """What the team decided, None for nothing yet."""


def waits_for_us(conversation: Standing, *, ours_to_answer: bool) -> bool:
    """Return whether a person waits for our answer: a reply is owed or claimed, or nobody has decided yet."""
    if conversation.dismissed_by or conversation.reply.is_answered:
        return False
    return conversation.reply.is_open or (conversation.tag is None and ours_to_answer)


def asked_again(conversation: Conversation, *, due_at: datetime) -> Conversation | None:
    """Return the conversation after somebody in it asked us something more, None when that changes nothing.

    An answer, or a tag that owes no reply, was about what had been said until then: now it is our turn again.
    """
    tagged = conversation.tag is not None and not conversation.reply.is_open
    if conversation.dismissed_by or not (tagged or conversation.reply.is_answered):
        return None
    reply = Reply(state=ReplyState.OWED, due_at=due_at)
    return replace(conversation, reply=reply, version=conversation.version + 1)


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
        reply = Reply(state=ReplyState.OWED, due_at=now.due_at)
    return replace(conversation, tag=tag, tagged_by=press.by, tagged_at=now.at, reply=reply)


def _dismiss(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    if conversation.dismissed_by:
        return None
    return replace(conversation, dismissed_by=press.by, dismissed_at=now.at)


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
        due_at=reply.due_at or now.due_at,
        claimed_by=press.by,
        claimed_at=now.at,
    )
    return replace(_with_interact(conversation, press, now), reply=promised)


def _hand_back(conversation: Conversation, _press: Press, _now: Circumstances) -> Conversation | None:
    if conversation.dismissed_by or conversation.reply.state is not ReplyState.CLAIMED:
        return None
    return replace(
        conversation, reply=replace(conversation.reply, state=ReplyState.OWED, claimed_by="", claimed_at=None)
    )


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
    return replace(conversation, reply=Reply(state=ReplyState.OWED, due_at=now.due_at))


def _with_interact(conversation: Conversation, press: Press, now: Circumstances) -> Conversation:
    if conversation.tag in (Tag.INTERACT, Tag.REACT):
        return conversation
    return replace(conversation, tag=Tag.INTERACT, tagged_by=press.by, tagged_at=now.at)


Step = Callable[[Conversation, Press, Circumstances], Conversation | None]
STEPS: Mapping[Act, Step] = {
    **dict.fromkeys(TAGS, _apply_tag),
    Act.NOT_US: _dismiss,
    Act.UNDO: _undo,
    Act.CLAIM: _claim,
    Act.HAND_BACK: _hand_back,
    Act.ANSWERED: _answer,
    Act.REOPEN: _reopen,
}
