"""What one person is told of a channel that we cannot post to any more, and the form to post elsewhere."""

import json
from typing import Final

from engagement.product import PRODUCT
from engagement.prose import times
from engagement.sending.channels import Loss, LostChannel
from handlers.views import blocks
from handlers.views.blocks import Message, View
from handlers.views.mrkdwn import channel, inline, some, user, when

# The name under which the channel comes back (block_id and action_id alike).
CHANNEL: Final = "channel"
NAMES_AT_MOST: Final = 3


def draw_lost_channel(lost: LostChannel) -> Message:
    """Return what happened to the channel, what waits, and what to do; or how it was mended."""
    if lost.moved_to:
        line = (
            f"✅ What went to {channel(lost.channel)} goes to {channel(lost.moved_to)} now, says {user(lost.moved_by)}."
        )
        return Message(text="I post to another channel now", blocks=[blocks.section(line)])
    if lost.back_at:
        line = f"✅ I post to {channel(lost.channel)} again, since {when(lost.back_at)}. Nothing was lost."
        return Message(text="I can post to the channel again", blocks=[blocks.section(line)])
    names = some([f"*{inline(name)}*" for name in lost.watches], NAMES_AT_MOST)
    what = f"What I find for {names}" if names else "What goes there"
    waiting = f" ({times(lost.waiting, 'message')} so far)" if lost.waiting else ""
    return Message(
        text="I can no longer post to one of your channels",
        blocks=[
            blocks.section(f"⚠️ {_what_happened(lost)} {what} waits{waiting}; nothing is lost. {_what_to_do(lost)}"),
            blocks.actions(blocks.button("Post elsewhere…", "channel.move", str(lost.id))),
        ],
    )


def move_modal(lost: LostChannel) -> View:
    """Return the form that asks where to post instead; `private_metadata` is JSON: `{"lost"}`."""
    return blocks.form(
        "Post elsewhere",
        [
            blocks.section(f"Everything that goes to {channel(lost.channel)} goes to this channel from now on:"),
            blocks.field(
                CHANNEL,
                "Channel",
                blocks.channel_select(CHANNEL, "Choose a channel"),
                hint=f"Invite me there first: /invite @{PRODUCT}. What is still open gets a new card there.",
            ),
        ],
        submit="Post there",
        callback_id="channel.moved",
        private_metadata=json.dumps({"lost": str(lost.id)}),
    )


def _what_happened(lost: LostChannel) -> str:
    name, at = channel(lost.channel), when(lost.lost_at)
    match lost.loss:
        case Loss.ARCHIVED:
            return f"{name} was archived, {at}."
        case Loss.REMOVED:
            return f"I am not in {name} any more, since {at}."
        case Loss.GONE:
            return f"I cannot find {name} any more, since {at}: it was deleted, or made private."


def _what_to_do(lost: LostChannel) -> str:
    match lost.loss:
        case Loss.ARCHIVED:
            return "Unarchive it, or choose another channel."
        case Loss.REMOVED:
            return f"Type `/invite @{PRODUCT}` there, or choose another channel."
        case Loss.GONE:
            return "Please choose another channel."
