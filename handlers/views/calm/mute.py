"""Mute…: the form."""

import json
from collections.abc import Mapping
from typing import Final

from engagement.calm.mute import MuteFor, MuteScope
from engagement.post import Post
from engagement.sites import host_of
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.conversations.quoting import heading
from handlers.views.mrkdwn import TITLE_LENGTH, inline

# The names under which what was chosen comes back (block_id and action_id alike).
WHAT: Final = "what"
HOW_LONG: Final = "how_long"
FOR_WORDS: Final[Mapping[MuteFor, str]] = {
    MuteFor.DAY: "For a day",
    MuteFor.WEEK: "For a week",
    MuteFor.GOOD: "For good",
}


def mute_modal(post: Post, value: str, *, is_promised: bool, channel_id: str, command: str) -> View:
    """Return the form that mutes what a card is about; `value` is the pressed option's `id:version`.

    While a reply is promised, the conversation itself is not offered: its owner hands it back first.
    """
    site = host_of(post.url)
    words = {
        MuteScope.CONVERSATION: "This conversation",
        MuteScope.AUTHOR: f"Everything by {post.author} in {post.community}",
        MuteScope.COMMUNITY: f"Everything in {post.community}",
        MuteScope.SITE: f"Everything that stands on {site}",
    }
    offered = [
        scope
        for scope in words
        if not (scope is MuteScope.CONVERSATION and is_promised)
        and (scope is not MuteScope.AUTHOR or post.author)
        and (scope is not MuteScope.SITE or site)
    ]
    what = [blocks.option(words[scope], scope.value) for scope in offered]
    how_long = [blocks.option(label, choice.value) for choice, label in FOR_WORDS.items()]
    stays = "The reply here stays promised. " if is_promised else ""
    return blocks.form(
        "Mute",
        [
            blocks.section(f"*{inline(heading(post), TITLE_LENGTH)}*"),
            blocks.field(WHAT, "What?", blocks.static_select(WHAT, what, what[0])),
            blocks.field(HOW_LONG, "For how long?", blocks.static_select(HOW_LONG, how_long, how_long[1])),
            blocks.context(
                f"{stays}What is muted gets no card, and nobody waits because of it. I keep it all the same: you can "
                f"search it. `{command} mute` lists what is muted, and takes it back."
            ),
        ],
        submit="Mute",
        callback_id="mention.mute_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id}),
    )
