"""Where only people can see replies: what becomes of one that is due there, and what the digest says of it."""

from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Conversations of a community that somebody has to look at: how many, and the address of the longest waiting."""

    community: str
    count: int
    url: str


def lost_sight(conversation: Conversation, *, at: datetime) -> Conversation | None:
    """Return the conversation once nobody can tell from here whether it was answered; None while that changes nothing.

    Until a reply is due it is owed like any other. What somebody promised stays promised: that was said here, and so
    will be that it is done.
    """
    reply = conversation.reply
    is_due = reply.state is ReplyState.OWED and reply.due_at is not None and reply.due_at <= at
    if not is_due or not conversation.unseen or conversation.dismissed_by or conversation.is_set_aside:
        return None
    unknown = replace(reply, state=ReplyState.CANNOT_TELL)
    return replace(conversation, reply=unknown, version=conversation.version + 1)
