"""A post's words without what is not the person's own prose: code, quotes, the headings of a form, addresses."""

import re
from typing import Final

from engagement.post import Post

READ_AT_MOST = 1500
"""Characters of a text that triage reads: who wants something says so early, and a long article costs no more."""

_BEGINNING: Final = 600
"""Characters by which it is told what a post is by its form: profiles, meetings and lists say it at once."""

_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
_FENCED = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL)
_INLINE_CODE = re.compile(r"`[^`\n]*`")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*(?:#{1,6}[ \t].*|\*\*[^*\n]*\*\*[ \t]*)$", re.MULTILINE)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?\uff1f\u061f])\s+|\n+")


def prose_of(text: str) -> str:
    """Return the person's own words in `text`, at most READ_AT_MOST characters, with straight quotes."""
    text = text[: 2 * READ_AT_MOST].translate(_STRAIGHT)
    for pattern in (_FENCED, _INLINE_CODE, _QUOTED_LINE, _HEADING, _ADDRESS):
        text = pattern.sub(" ", text)
    return text[:READ_AT_MOST].strip()


def parts_of(post: Post) -> tuple[str, str]:
    """Return the prose of the title and of the text; a text that only repeats the title is left out.

    A comment stands under somebody else's title: that is left out as well, unless the comment has no words.
    """
    title, text = prose_of(post.title), prose_of(post.text)
    if post.parent_key and text:
        return "", text
    return title, "" if text == title else text


def words_said_in(post: Post) -> str:
    """Return all prose of a post, the title on a line of its own."""
    return "\n".join(filter(None, parts_of(post)))


def opening_of(post: Post) -> str:
    """Return the beginning of the title, or else of the text, as it was written."""
    return (post.title or post.text)[:_BEGINNING]


def beginning_of(post: Post) -> str:
    """Return the beginning of the title, and of the text on a line below, as they were written."""
    return f"{post.title[:_BEGINNING]}\n{post.text[:_BEGINNING]}"


def sentences_of(prose: str) -> list[str]:
    """Return the sentences of a prose, each with its closing mark, none empty."""
    return [sentence for part in _SENTENCE_END.split(prose) if (sentence := part.strip())]
