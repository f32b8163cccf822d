"""How a conversation stands: whether anything is left to do in it, who waits, and what may be put aside."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from engagement.conversations.conversation import Conversation, Reply, ReplyState
from engagement.improvements.improvement import Improvement
from engagement.understanding.reading import Tag


def is_open(conversation: Conversation, *, ours_to_answer: bool) -> bool:
    """Return whether something is left to decide or to answer; what is snoozed is, although it waits for nobody now.

    So is what nobody can tell from here: somebody has to look. What is unsure is asked about once, and not left; what
    stands in the thread of another card is decided there, unless a reply came to be owed in it all the same.
    """
    if conversation.dismissed_by or conversation.is_muted or conversation.unsure:
        return False
    if conversation.told_in and not conversation.reply.is_open:
        return False
    return (
        conversation.is_snoozed
        or conversation.is_untouched
        or conversation.reply.state is ReplyState.CANNOT_TELL
        or waits_for_us(conversation, ours_to_answer=ours_to_answer)
    )


def is_reacted(conversation: Conversation) -> bool:
    """Return whether the team wants to change something because of it; not where it is not us, or nobody hears it."""
    taken_out = conversation.dismissed_by or conversation.is_muted or conversation.unsure or conversation.told_in
    return conversation.tag is Tag.REACT and not taken_out


def may_be_counted(conversation: Conversation) -> bool:
    """Return whether it may be counted for what a theme of it has led to: it is ours to hear, and for nothing yet."""
    taken_out = conversation.dismissed_by or conversation.is_muted or conversation.unsure
    return not taken_out and not conversation.improvement_id


def awaits_change(conversation: Conversation, improvement: Improvement | None) -> bool:
    """Return whether whoever wrote waits for us to change something: reacted, and that neither shipped nor declined.

    Together with `is_open` this is all that is open. It is asked by itself, because it asks nothing of anybody today: a
    change takes weeks, and a list of it would hide who waits for an answer.
    """
    return is_reacted(conversation) and (improvement is None or improvement.is_undecided)


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

    @property
    def is_set_aside(self) -> bool:
        """Whether it is snoozed or muted."""


def waits_for_us(conversation: Standing, *, ours_to_answer: bool) -> bool:
    """Return whether a person waits for our answer: a reply is owed or claimed, or nobody has decided yet.

    What is snoozed waits for nobody until it is back; what is muted, for nobody at all.
    """
    if conversation.dismissed_by or conversation.is_set_aside or conversation.reply.is_answered:
        return False
    return conversation.reply.is_open or (conversation.tag is None and ours_to_answer)


def may_be_put_off(conversation: Conversation, *, by: str, ours_to_answer: bool) -> bool:
    """Return whether `by` may snooze the conversation: something is left to do in it, and nobody else promised that.

    A promise is a person's. Whoever else could put it off would hide it from its owner, also when it is overdue: they
    ask the owner, or have it assigned to somebody who has time.
    """
    reply = conversation.reply
    promised_by_another = reply.state is ReplyState.CLAIMED and reply.claimed_by != by
    can_be = is_open(conversation, ours_to_answer=ours_to_answer) and not conversation.is_snoozed
    return can_be and not promised_by_another


def may_be_muted(conversation: Conversation) -> bool:
    """Return whether a mute silences the conversation itself: what is promised or settled stays as it is."""
    reply = conversation.reply
    return not (conversation.dismissed_by or reply.is_answered or reply.state is ReplyState.CLAIMED)


def back_from_snooze(conversation: Conversation, *, at: datetime) -> Conversation | None:
    """Return what was put aside as it comes back at `at`, None where nothing was; the version is the caller's."""
    if conversation.snooze is None or not conversation.snooze.lasts:
        return None
    return replace(conversation, snooze=replace(conversation.snooze, back_at=at))
