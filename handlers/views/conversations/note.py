"""A later mention of a conversation, or the same story told elsewhere, small, for the thread of its card."""

from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import Card, Mention
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import excerpt, heading, heading_link
from handlers.views.mrkdwn import NAME_LENGTH, in_lines, inline, link, quoted, separated, user, when
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


def draw_copy(copy: Card) -> Message:
    """Return the note about the same story told elsewhere, with the way to part the two; or that somebody did."""
    stored, conversation = copy.opening.stored, copy.conversation
    who = separated([inline(stored.post.author), when(stored.written_at)])
    also = f"Also on {inline(stored.post.community)}: {heading_link(stored.post)}"
    text = inline(f"Also on {stored.post.community}: {heading(stored.post)}", NOTIFICATION_LENGTH)
    value = f"{conversation.id}:{conversation.version}"
    if conversation.told_in:
        apart = blocks.button("Not the same", "story.apart", value)
        return Message(text=text, blocks=[blocks.section(in_lines(also, who), apart)])
    by = conversation.placed_by if conversation.apart_from else ""
    why = f"not the same story, says {user(by)}" if by else "somebody asks us there"
    undo = blocks.button("Undo", "story.together", value)
    may_undo = bool(by) and copy.earlier is not None and copy.earlier.may_be_joined
    line = in_lines(f"~{also}~", f"It has a card of its own: {why}")
    return Message(text=text, blocks=[blocks.section(line, undo if may_undo else None)])
