"""The steps of the escalator and of the reply: what each act does to a conversation that it fits."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from engagement.conversations.conversation import Conversation, Reply, ReplyState
from engagement.conversations.press import Act, Circumstances, Press
from engagement.conversations.snooze import Snooze, may_be_until
from engagement.conversations.standing import back_from_snooze, is_reacted, may_be_muted, may_be_put_off
from engagement.conversations.stories import may_be_put_together, put_into, taken_out
from engagement.turns.target import Deadline
from engagement.understanding.reading import Tag

TAGS = {Act.LISTEN: Tag.LISTEN, Act.INTERACT: Tag.INTERACT, Act.REACT: Tag.REACT}


def _apply_tag(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Set the tag. A reply that is owed stays owed: reacting to a complaint does not answer it."""
    tag = TAGS[press.act]
    if conversation.dismissed_by or conversation.tag is tag:
        return None
    owes = tag is Tag.INTERACT or (tag is Tag.REACT and now.ours_to_answer)
    reply = conversation.reply
    if owes and reply.state is ReplyState.NONE:
        reply = owed_reply(now.owed)
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
    """Take the latest tag back, never somebody's promise or an answer; what nobody here has promised is the team's."""
    if now.to_undo is None:
        return None
    before, reply = now.to_undo.before, conversation.reply
    if now.to_undo.owes and reply.state in (ReplyState.OWED, ReplyState.CANNOT_TELL):
        # Whoever asked us since the tag waits on, and nobody was going to be warned of them before.
        asked_since = now.ours_to_answer and before.tag is None and before.reply.warn_at is None
        reply = replace(before.reply, warn_at=reply.warn_at) if asked_since else before.reply
    elif now.owner_is_gone and reply.state is ReplyState.CLAIMED:
        # They left while it was not us, so nobody handed it over.
        reply = _given_back(reply)
    return replace(
        conversation,
        tag=before.tag,
        tagged_by=before.tagged_by,
        tagged_at=before.tagged_at,
        dismissed_by=before.dismissed_by,
        dismissed_at=before.dismissed_at,
        reply=reply,
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
    return replace(conversation, reply=_given_back(conversation.reply))


def _given_back(reply: Reply) -> Reply:
    return replace(reply, state=ReplyState.OWED, claimed_by="", claimed_at=None, assigned_by="")


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


def _reopen(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Owe a reply again; of what others answered before anybody decided, that is the decision to interact."""
    if conversation.dismissed_by or not conversation.reply.is_answered:
        return None
    reopened = replace(conversation, reply=owed_reply(now.owed))
    return reopened if conversation.tag else _with_interact(reopened, press, now)


def owed_reply(deadline: Deadline) -> Reply:
    """Return a reply that the team owes and nobody has promised."""
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


def _improve(conversation: Conversation, press: Press, _now: Circumstances) -> Conversation | None:
    """Have it counted for an improvement. What is owed stays as it is: to act on a complaint does not answer it."""
    if not is_reacted(conversation) or conversation.improvement_id == press.improvement_id:
        return None
    return replace(conversation, improvement_id=press.improvement_id)


def _shipped(conversation: Conversation, _press: Press, now: Circumstances) -> Conversation | None:
    """Owe them a word that it is there; who is waiting for an answer already gets both at once."""
    if not is_reacted(conversation) or not conversation.improvement_id:
        return None
    reply = conversation.reply
    return replace(conversation, reply=reply if reply.is_open else owed_reply(now.owed))


def _not_shipped(conversation: Conversation, _press: Press, now: Circumstances) -> Conversation | None:
    """Owe what was owed before; what somebody has told them meanwhile was said."""
    if now.before_shipping is None or not conversation.reply.is_open:
        return None
    reply = conversation.reply if now.before_shipping.is_open else now.before_shipping
    return replace(conversation, reply=reply)


def _together(conversation: Conversation, press: Press, now: Circumstances) -> Conversation | None:
    """Put it into the thread of the story that it tells as well."""
    if not press.into or not may_be_put_together(conversation, ours_to_answer=now.ours_to_answer):
        return None
    return put_into(conversation, press.into, by=press.by)


def _apart(conversation: Conversation, press: Press, _now: Circumstances) -> Conversation | None:
    """Say that it is another story, and take it out where it stands in that thread: the bot never places it again."""
    may_be_the_same = conversation.alike_to and not conversation.apart_from
    return taken_out(conversation, by=press.by) if conversation.told_in or may_be_the_same else None


def _perhaps(conversation: Conversation, _press: Press, _now: Circumstances) -> Conversation | None:
    """Take back that it is another story: it may be the same again, and nobody has said."""
    return replace(conversation, apart_from=0, placed_by="") if conversation.apart_from else None


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
    Act.IMPROVE: _improve,
    Act.SHIPPED: _shipped,
    Act.NOT_SHIPPED: _not_shipped,
    Act.TOGETHER: _together,
    Act.APART: _apart,
    Act.PERHAPS: _perhaps,
}
