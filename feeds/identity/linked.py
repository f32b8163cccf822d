"""A post of which only the address is known: somebody pasted it."""

from engagement.post import Post
from feeds.identity.keys import bounded
from feeds.identity.spots import spot_of
from feeds.links import address
from feeds.text import TEXT_CHARACTERS, TITLE_CHARACTERS, clipped


def post_at(url: str, *, title: str, text: str) -> Post | None:
    """Return the post at `url` under the keys that a feed would give it; None for what is no web address.

    `title` and `text` are what whoever pasted it says of it. It is nobody's, unless the address names its author.
    """
    spot, link = spot_of(url), address(url)
    keys = [spot.post_key if spot.known else "", link.full_key, link.key]
    found = tuple(dict.fromkeys(bounded(key) for key in keys if key))
    if not found:
        return None
    return Post(
        keys=found,
        community=spot.community,
        url=spot.url,
        title=clipped(title, TITLE_CHARACTERS),
        text=clipped(text, TEXT_CHARACTERS),
        author=spot.author,
        thread_key=bounded(spot.thread_key),
        parent_key=bounded(spot.parent_key),
    )
