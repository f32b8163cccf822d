"""A later mention of a conversation, small, for the thread of its card."""

from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import Mention
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import excerpt, heading
from handlers.views.mrkdwn import NAME_LENGTH, inline, link, quoted, separated, when
from handlers.views.words import KIND_EMOJI, KIND_NAME

EXCERPT_LENGTH: Final = 200
NOTIFICATION_LENGTH: Final = 200


def draw_note(mention: Mention, *, names: Sequence[str] = ()) -> Message:
    """Return the note about a later mention; `names` are the watch's, bold in the excerpt."""
    post, kind = mention.stored.post, mention.reading.kind
    author = post.author.strip() or post.community
    first = separated(
        [
            f"{KIND_EMOJI[kind]} *{KIND_NAME[kind]}*",
            link(post.url, author, limit=NAME_LENGTH),
            inline(post.community) if author != post.community else "",
            when(mention.stored.written_at),
        ]
    )
    # A comment often carries the title of its thread, which the card shows already.
    words = excerpt(post, names, limit=EXCERPT_LENGTH) or inline(heading(post), EXCERPT_LENGTH)
    return Message(
        text=inline(f"{KIND_NAME[kind]} from {author}: {post.text.strip() or heading(post)}", NOTIFICATION_LENGTH),
        blocks=[blocks.section(f"{first}\n{quoted(words)}")],
    )
