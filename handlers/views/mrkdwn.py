"""Slack's text format, and the gate that every string from outside passes through."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from engagement.prose import clip, join

SEPARATOR: Final = "  ·  "
TITLE_LENGTH: Final = 150
NAME_LENGTH: Final = 40
# Search results of Google News come close to 1,000 characters; a section holds 3,000, a context 2,000.
URL_LENGTH: Final = 1_500

_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Slack has no escape for *, ` and ~: twins keep a title from ending our bold, an excerpt from opening a code block.
_TWIN_OF_BACKTICK: Final = str.maketrans({"`": "\u02cb"})
_TWINS: Final = _TWIN_OF_BACKTICK | str.maketrans({"*": "\u2217", "~": "\u223c"})
# Controls but tab and newline, half surrogates, and marks of direction, which reorder what we say around them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_NOT_IN_ADDRESSES: Final = re.compile(r'[\s<>|^"\\`{}\u0080-\U0010ffff]')
_USER_ID: Final = re.compile(r"[A-Z0-9]+\Z")
_DATE_TOKEN: Final = re.compile(r"\{date\w*\}")


def seen(text: str) -> str:
    """Return text without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def escape(text: str) -> str:
    """Return outside text for any text object: no `<` or `>` is left, so no link, ping or date can be in it.

    Lines stay lines; characters that nobody sees are dropped.
    """
    return seen(text).translate(_ENTITIES)


def code(text: str, limit: int = NAME_LENGTH) -> str:
    """Return outside text as one line of code, at most as long as `inline` makes it.

    Nothing has a meaning in code, so its signs stay as they are and can be typed again; but for the backtick.
    """
    return f"`{_one_line(text, limit, _TWIN_OF_BACKTICK)}`"


def inline(text: str, limit: int = NAME_LENGTH) -> str:
    """Return outside text as one escaped line without formatting, at most `limit` characters to the reader.

    At most `2 * limit + 2` characters to Slack, which counts `&lt;` as four: text full of `<` is clipped earlier,
    never inside an entity. Right-to-left text is isolated, so that it does not reorder the line around it.
    """
    return _one_line(text, limit, _TWINS)


def _one_line(text: str, limit: int, twins: dict[int, str]) -> str:
    plain = " ".join(seen(text).split()).translate(twins)
    size = limit
    while len(line := clip(plain, size).translate(_ENTITIES)) > 2 * limit:
        size -= 1 + (len(line) - 2 * limit) // len("&amp;")
    is_mixed = any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line)
    return f"{_ISOLATE}{line}{_END_ISOLATE}" if is_mixed else line


def web_address(url: str, *, longest: int = URL_LENGTH) -> str:
    """Return `url` as it may stand inside `<...>`; empty unless it is http(s) with a host, at most `longest` long."""
    address = _NOT_IN_ADDRESSES.sub(_encoded, seen(url).strip()).replace("&", "&amp;")
    try:
        parts = urlsplit(address)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if fits and len(address) <= longest else ""


def link(url: str, label: str, *, limit: int = TITLE_LENGTH, longest: int = URL_LENGTH) -> str:
    """Return a link that reads `label`, clipped to `limit`; the label alone where `url` cannot be sent."""
    words = inline(label, limit).replace("|", "\u00a6")
    address = web_address(url, longest=longest)
    return f"<{address}|{words or address.split('/')[2]}>" if address else words


def when(at: datetime, pattern: str = "{date_short_pretty} {time}", url: str = "") -> str:
    """Return an aware time in every reader's own zone; `pattern` is ours and uses Slack's date tokens.

    With `url` it is a link. Where tokens are not understood, people read UTC.
    """
    at = at.astimezone(UTC)
    fallback = _DATE_TOKEN.sub(f"{at.day} {at:%b %Y}", pattern).replace("{time}", f"{at:%H:%M} UTC")
    address = web_address(url)
    return f"<!date^{int(at.timestamp())}^{pattern}{'^' + address if address else ''}|{fallback}>"


def user(user_id: str) -> str:
    """Return the name of a Slack user; whatever is no id is shown as the text it is."""
    return f"<@{user_id}>" if _USER_ID.match(user_id) else inline(user_id)


def doer(user_id: str, *, reader: str = "") -> str:
    """Return who did something, as the beginning of a sentence to `reader`; what nobody of the team did, I did."""
    if not user_id:
        return "I"
    return "You" if user_id == reader else user(user_id)


def channel(channel_id: str) -> str:
    """Return the name of a Slack channel; whatever is no id is shown as the text it is."""
    return f"<#{channel_id}>" if _USER_ID.match(channel_id) else inline(channel_id)


def quoted(text: str) -> str:
    """Return escaped text as a quotation."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def some(names: Sequence[str], at_most: int, *, word: str = "and") -> str:
    """Return escaped names as "a, b and c", or another `word`; of more than `at_most` the last part counts the rest."""
    shown = names if len(names) <= at_most else names[:at_most]
    rest = len(names) - len(shown)
    return join([*shown, *([f"{rest:,} more"] if rest else [])], word=word)


def separated(parts: Sequence[str]) -> str:
    """Return the parts that say something, with dots between them."""
    return SEPARATOR.join(part for part in parts if part)


def in_lines(*parts: str) -> str:
    """Return the parts that say something, each on a line of its own."""
    return "\n".join(part for part in parts if part)


def _encoded(found: re.Match[str]) -> str:
    return percent_encode(found[0])
