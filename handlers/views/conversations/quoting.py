"""What a post says, short enough for a card."""

import re
from collections.abc import Sequence
from typing import Final

from engagement.post import Post
from engagement.prose import clip
from handlers.views.mrkdwn import TITLE_LENGTH, inline, link

# What a list calls a post that has none.
UNTITLED: Final = "A post without a title"
EXCERPT_LENGTH: Final = 280
HEADING_LENGTH: Final = 80
# Kept before and after a name that stands late, so that the sentence around it can be understood.
LEAD_LENGTH: Final = 100
TAIL_LENGTH: Final = 40
BOLD_AT_MOST: Final = 3
# Split by it, every second piece is an address.
_ADDRESSES: Final = re.compile(r"(\w+://\S+)")
PUNCTUATION: Final = " .,:;!?…|-\u2013\u2014"


def heading(post: Post) -> str:
    """Return what to call the post, unescaped: its title, else its first words in quotes."""
    if post.title.strip():
        return post.title
    first_words = clip(" ".join(post.text.split()), HEADING_LENGTH)
    return f"“{first_words}”" if first_words else "A post without words"


def heading_link(post: Post) -> str:
    """Return the post's heading as a link to it, at most 150 characters to the reader."""
    return link(post.url, heading(post), limit=TITLE_LENGTH)


def excerpt(post: Post, names: Sequence[str] = (), *, limit: int = EXCERPT_LENGTH) -> str:
    """Return what the post says beyond its title as one escaped line, at most `limit` characters to the reader.

    A name that stands late is brought into view; names are bold. Empty when the text says nothing beyond the title.
    """
    line = inline(_around(_beyond_title(post), names, limit), limit)
    escaped = [inline(name) for name in names if name.strip()]
    return _with_bold(line, escaped) if escaped else line


def _with_bold(line: str, escaped: Sequence[str]) -> str:
    """Return an escaped line with the first names bold, but for those in addresses: stars would lead elsewhere."""
    # Not after "&", so that a product called "amp" does not break an entity.
    name = _any_of(escaped, before=r"(?<![\w&])", after=r"(?!\w)")
    pieces = _ADDRESSES.split(line)
    left = BOLD_AT_MOST
    for number in range(0, len(pieces), 2):
        if left:
            pieces[number], made = name.subn(r"*\g<0>*", pieces[number], count=left)
            left -= made
    return "".join(pieces)


def _beyond_title(post: Post) -> str:
    """Return the text on one line, without the title that many feeds repeat at its start."""
    text, title = " ".join(post.text.split()), " ".join(post.title.split()).rstrip("…")
    # News feeds part headline and paper by a dash in the title, and by nothing in the text.
    if title and _letters(text) == _letters(title):
        return ""
    if not title or not text.casefold().startswith(title.casefold()):
        return text
    rest = text[len(title) :]
    return text if rest[:1].isalnum() else rest.lstrip(PUNCTUATION)


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))


def _around(text: str, names: Sequence[str], limit: int) -> str:
    words = [name for name in names if name.strip()]
    if not words or len(text) <= limit:
        return clip(text, limit)
    found = _any_of(words, before=r"(?<!\w)", after=r"(?!\w)").search(text) or _any_of(words).search(text)
    if found is None or found.end() <= limit - TAIL_LENGTH:
        return clip(text, limit)
    start = text.find(" ", max(0, found.start() - LEAD_LENGTH), found.start()) + 1 or found.start()
    return "… " + clip(text[start:], limit - 2)


def _any_of(names: Sequence[str], *, before: str = "", after: str = "") -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(f"{before}(?:{words}){after}", re.IGNORECASE)
