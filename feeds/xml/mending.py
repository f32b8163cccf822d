"""Character references as feeds write them instead of as XML has them: the commonest flaws, mended beforehand."""

import re
from html.entities import html5
from typing import Final

PREDEFINED: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})

# References to surrogates are no characters, so no parser takes them; an emoji written as two of them is common.
# Spelled from its first two characters on, which are then looked for fast.
_HALF = rb"(?:5[5-7]\d{3}|[xX][dD][89a-fA-F][0-9a-fA-F]{2});"
_SURROGATES = re.compile(rb"&#" + _HALF + rb"(?:&#" + _HALF + rb"){0,63}")
# CDATA sections are matched first, and kept: an ampersand is an ordinary character there.
_AMPERSAND = re.compile(
    rb"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#\d+;|#[xX][0-9a-fA-F]+;)(?:([a-zA-Z][a-zA-Z0-9]{0,31});)?", re.DOTALL
)


def with_whole_characters(body: bytes) -> bytes:
    """Return `body` with references to halves of characters joined, U+FFFD for those left over."""
    # A single character is found at a fiftieth of the cost, and more than a third of feeds have none.
    return _SURROGATES.sub(_joined, body) if b"#" in body else body


def with_references(body: bytes) -> bytes:
    """Return `body` with HTML's named references as numbers, and no ampersand that begins no reference.

    Names that only the document itself can explain stay where it has a DTD.
    """
    return _AMPERSAND.sub(_kept if b"<!DOCTYPE" in body else _explained, body)


def _joined(found: re.Match[bytes]) -> bytes:
    numbers = [number.removeprefix("&#") for number in found.group().decode("ascii").split(";") if number]
    halves = [int(number[1:], 16) if number[0] in "xX" else int(number) for number in numbers]
    units = b"".join(half.to_bytes(2, "little") for half in halves)
    return units.decode("utf-16-le", "replace").encode("ascii", "xmlcharrefreplace")


def _kept(found: re.Match[bytes]) -> bytes:
    return found[0] if found[1] or found[2] else b"&amp;"


def _explained(found: re.Match[bytes]) -> bytes:
    section, name = found[1], found[2]
    if section or name in PREDEFINED:
        return found[0]
    if not name:
        return b"&amp;"
    characters = html5.get(f"{name.decode('ascii')};")
    return b"&amp;" + found[0][1:] if characters is None else b"".join(b"&#%d;" % ord(each) for each in characters)
