"""Assign…: the form, and the word to who is to reply."""

import json
from typing import Final

from engagement.conversations.conversation import Card, ReplyState
from handlers.views import blocks
from handlers.views.blocks import Message, View, only
from handlers.views.conversations.quoting import heading_link
from handlers.views.mrkdwn import TITLE_LENGTH, channel, inline, user, when

# The name under which the person comes back (block_id and action_id alike).
TO: Final = "to"
NOT_ME: Final = "I only listen. Please choose somebody who can answer."

LEFT: Final = "They have left the workspace. Please choose somebody who is here."


def assign_modal(title: str, value: str, *, channel_id: str) -> View:
    """Return the form that gives the reply to somebody; `value` is the pressed option's `id:version`."""
    return blocks.form(
        "Assign",
        [
            blocks.section(f"*{inline(title, TITLE_LENGTH)}*"),
            blocks.field(
                TO,
                "Who replies?",
                blocks.user_select(TO, "A teammate"),
                hint="I tell them. The card names them, and you as the one who asked. They can hand it back.",
            ),
        ],
        submit="Assign",
        callback_id="mention.assign_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id}),
    )


def draw_assigned(card: Card, *, to: str) -> Message:
    """Return the word to `to`, whom a reply was given to; when it is no longer theirs, it says so."""
    conversation, reply, post = card.conversation, card.conversation.reply, card.opening.stored.post
    is_theirs = reply.state is ReplyState.CLAIMED and reply.claimed_by == to
    if conversation.dismissed_by or not is_theirs:
        return only(f"~{heading_link(post)}~  Nothing is left for you to do here.")
    asked = f"{user(reply.assigned_by)} asks you to answer" if reply.assigned_by else "You answer"
    due = f", due {when(reply.due_at)}" if reply.due_at else ""
    where = f"{inline(post.community)}{due}"
    return only(
        f"{asked} *{heading_link(post)}*, {where}. The card is in {channel(conversation.channel)}; "
        "if it is not for you, hand it back there."
    )
