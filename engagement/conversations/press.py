"""What people press, and what comes of it: the acts, what one needs to know, and the answers."""

from datetime import datetime
from enum import StrEnum

from engagement.conversations.conversation import Conversation, Reply
from engagement.dataclass import dataclass
from engagement.turns.target import Deadline


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
    IMPROVE = "improve"  # what it was reacted to is counted for an improvement, or for none any more
    ASKED_AGAIN = "asked again"  # the bot saw it; no button
    ANSWERED_THERE = "answered at the source"  # as above
    SOLVED_THERE = "answered by others"  # as above
    LOST_SIGHT = "cannot tell"  # as above: due, where the bot cannot see whether somebody answered
    SHIPPED = "shipped"  # what they asked for is there, and they are to be told; a press on the improvement
    NOT_SHIPPED = "not shipped"  # somebody took that back
    TOGETHER = "together"  # put into the thread of the story it is told in; by nobody where it is surely the same
    APART = "apart"  # taken out of that thread, or not what it may be; by nobody where somebody asks us in it
    PERHAPS = "perhaps"  # that it is not what it may be the same story as was taken back
    BRING = "bring"  # somebody brought a mention of it; decides nothing
    FORGET = "forget"  # who wrote there asked to be forgotten; decides nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Somebody pressed a button that was drawn from version `drawn`.

    Some acts say more. `link` is the evidence of an answer, `to` the Slack user a reply is assigned to, `until` and
    `reason` are of a snooze, `mute_id` is the mute that silences the conversation,
    `improvement_id` what it is counted for (0: nothing), `into` the conversation in whose thread it is put.
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
    improvement_id: int = 0
    into: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a decision needs to know besides the conversation.

    `ours_to_answer`: a user's question, help, bug, complaint or wish is in it. `owed`: when a reply owed from now on
    would be due. `promised`: when the reply would be due for who is to have it. `owner_is_gone`: whoever promised the
    reply is away, or has left. `to_undo`: the latest tag that still stands (see `tag_to_undo`), for Undo alone.
    `before_shipping`: what was owed before they were to be told of what shipped, for taking that back alone.
    """

    at: datetime
    owed: Deadline
    promised: Deadline
    ours_to_answer: bool
    owner_is_gone: bool = False
    to_undo: "Tagging | None" = None
    before_shipping: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One decision of the past: what was done, when (aware UTC), and the conversation before and after it."""

    act: Act
    at: datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MayNotAnswer:
    """Nothing changed: whoever would have the reply is none of `people` (Slack user ids), who answer for the team."""

    people: tuple[str, ...]


PressResult = Decided | Outdated | MayNotAnswer | Gone
