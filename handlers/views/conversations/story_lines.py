"""What a card says of its story: where else it is told, in whose thread it stands, what it may be the same as."""

from typing import Final

from engagement.conversations.conversation import Card
from engagement.conversations.copies import Copies
from engagement.prose import join
from handlers.views.conversations.quoting import heading
from handlers.views.mrkdwn import NAME_LENGTH, inline, link, separated, user

NAMED_AT_MOST: Final = 2
URL_LENGTH: Final = 300


def also_on(copies: Copies) -> str:
    """Return where else the story is told, empty where nowhere."""
    places: dict[str, str] = {}
    for copy in copies.first:
        places.setdefault(copy.community, link(copy.url, copy.community, limit=NAME_LENGTH, longest=URL_LENGTH))
    named = list(places.values())[:NAMED_AT_MOST]
    more = copies.count - len(named)
    return f"also on {join([*named, *([f'{more:,} more'] if more else [])])}" if named else ""


def in_whose_thread(card: Card) -> str:
    """Return in whose thread it stands, and who put it there."""
    earlier = card.earlier
    of = link(earlier.post.url, heading(earlier.post), longest=URL_LENGTH) if earlier else "another"
    by = f"put there by {user(card.conversation.placed_by)}" if card.conversation.placed_by else ""
    return separated([f"The same story, in the thread of {of}", by])


def perhaps_the_same(card: Card) -> str:
    """Return what it may be the same story as, or that somebody said it is not; empty where nothing is like it.

    Not who said so: a name on a card that is posted rings.
    """
    conversation, earlier = card.conversation, card.earlier
    if earlier is None:
        return ""
    named = f"{link(earlier.post.url, heading(earlier.post), longest=URL_LENGTH)} ({inline(earlier.post.community)})"
    if conversation.apart_from:
        return f"Not the same story as {named}"
    return f"Possibly the same story as {named}"
