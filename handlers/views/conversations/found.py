"""What a search found, one line a mention."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.listing import Found
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import heading
from handlers.views.mrkdwn import in_lines, inline, link, separated, user, when
from handlers.views.words import KIND_EMOJI, TAG_NAME

# With a line above and one below, ten lines.
FOUND_AT_MOST: Final = 8
HALF: Final = FOUND_AT_MOST // 2
MORE: Final = "search.more"
TITLE_LENGTH: Final = 80
URL_LENGTH: Final = 300
SOUGHT_LENGTH: Final = 60
COMMUNITY_LENGTH: Final = 25


def draw_found(typed: str, found: Sequence[Found], *, unread: int = 0, is_first: bool = True) -> Message:
    """Return a page of what was found; one mention more than FOUND_AT_MOST says that there is another page.

    `unread` is how many older mentions are not searched yet.
    """
    sought = f"“{inline(typed, SOUGHT_LENGTH)}”"
    reading = f"I am still reading {times(unread, 'older mention')}: ask again in a minute." if unread else ""
    if not found:
        nothing = f"Nothing says {sought}." if is_first else f"That was all that says {sought}."
        hint = "" if reading or not is_first else "All the words must stand in it; a * at the end finds beginnings."
        return blocks.only(" ".join(filter(None, [nothing, hint, reading])))
    head = f"The newest that say {sought}" if is_first else f"Before that said {sought}"
    page = found[:FOUND_AT_MOST]
    more = blocks.button("Show more", MORE, json.dumps([typed, page[-1].post_id], ensure_ascii=False))
    # What one look at a place brought has no order of its own.
    listed = sorted(page, key=lambda each: each.mention.stored.written_at, reverse=True)
    return Message(
        text=head,
        blocks=[
            # Two sections: eight lines of the longest addresses do not fit into one.
            blocks.section(in_lines(f"*{head}*", *map(_line, listed[:HALF]))),
            *([blocks.section(in_lines(*map(_line, listed[HALF:])))] if listed[HALF:] else []),
            *([blocks.context(reading)] if reading else []),
            *([blocks.actions(more)] if len(found) > FOUND_AT_MOST else []),
        ],
    )


def _line(found: Found) -> str:
    stored = found.mention.stored
    title = link(stored.post.url, heading(stored.post), limit=TITLE_LENGTH, longest=URL_LENGTH)
    facts = [
        f"• {KIND_EMOJI[found.mention.reading.kind]} {title}",
        inline(stored.post.community, COMMUNITY_LENGTH),
        when(stored.written_at, "{date_short}"),
        "same story as another" if found.is_copy else "",
        _standing(found.conversation),
    ]
    return separated(facts)


def _standing(conversation: Conversation) -> str:
    """Return in a word or two how it stands."""
    reply = conversation.reply
    if conversation.dismissed_by:
        return "Not us"
    if conversation.unsure:
        return "Us?"
    if reply.is_answered:
        return "✅"
    if reply.state is ReplyState.CLAIMED:
        return f"{user(reply.claimed_by)} has it"
    return TAG_NAME[conversation.tag] if conversation.tag else ""
