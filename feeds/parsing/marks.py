"""Entries that stand in a body as they stood in the one before, byte for byte: they are not read a second time.

A poll brings little that is new; the rest was read and stored already. A body is cut where its entries begin and end,
and of each that was read a mark is kept: a hash of its bytes, and short ones of the keys that identify its post. What
identifies an entry depends on its neighbours, so one that may be the same post as an entry that is left out has the
whole body read, and so has everything else that is not as usual.
"""

import re
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from zlib import crc32

from xxhash import xxh3_64_hexdigest

from engagement.dataclass import dataclass

# The longest feeds change the least, and their marks would fill the rows.
MARKED_AT_MOST: Final = 200
# In hexadecimal digits: of an entry, and of a key, where two that are taken for one cost no more than time.
MARK: Final = 16
KEY_MARK: Final = 8

_BEGIN = re.compile(rb"<(item|entry)[\s>]")
_END = {b"item": re.compile(rb"</item>"), b"entry": re.compile(rb"</entry>")}
# When the feed itself was written changes with every post.
_DATE = re.compile(rb"<((?:\w+:)?(?:lastBuildDate|pubDate|updated|modified|date))>[^<]*<")
# What may hold markup that is none: by its beginning and its end.
_HIDING: Final = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A body in pieces: what stands before the entries, each of them, and what stands behind.

    `frame` tells what stands around them and how it is read: where it differs, the same bytes may say something else.
    """

    head: bytes
    entries: Sequence[bytes]
    tail: bytes
    frame: str
    hashes: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is to be read of a body, of how many entries, and the marks of those that are left out.

    `is_known` where there is no new entry: then one is read for the sake of the rest.
    """

    body: bytes
    entries: int
    hashes: Sequence[str]
    kept: Sequence[str]
    is_known: bool


def cut(body: bytes, reading: str) -> Cut | None:
    """Return the pieces of a feed, None where they are not of the usual kind; `reading` is what else its posts hang on.

    The pieces are guessed from their tags. Whoever reads some of them has to find as many entries there.
    """
    first = _BEGIN.search(body)
    if first is None:
        return None
    start, begin = first.start(), b"<" + first[1]
    head = body[:start]
    # Found, not split: so nothing is copied before it is a piece of its own.
    ends = [found.end() for found in _END[first[1]].finditer(body, start)]
    if not 0 < len(ends) <= MARKED_AT_MOST or any(head.count(a) != head.count(b) for a, b in _HIDING):
        return None
    entries = [body[at:behind].lstrip() for at, behind in pairwise((start, *ends))]
    if not all(entry.startswith(begin) for entry in entries):
        return None
    tail = body[ends[-1] :]
    frame = _DATE.sub(rb"<\1><", head) + b"\0" + tail + b"\0" + reading.encode("utf-8", "surrogatepass")
    return Cut(
        head=head,
        entries=entries,
        tail=tail,
        frame=xxh3_64_hexdigest(frame),
        hashes=list(map(xxh3_64_hexdigest, entries)),
    )


def news_in(pieces: Cut, marks: str) -> News | None:
    """Return what is to be read of a body, given the marks of the one before; None for all of it."""
    frame, *listed = marks.split(" ")
    known = {mark[:MARK]: mark for mark in listed}
    kept = [known[each] for each in pieces.hashes if each in known]
    if not kept or frame != pieces.frame or len({*pieces.hashes}) < len(pieces.hashes):
        return None
    new = [number for number, each in enumerate(pieces.hashes) if each not in known]
    numbers = new or [0]
    body = b"".join((pieces.head, *(pieces.entries[number] for number in numbers), pieces.tail))
    return News(
        body=body,
        entries=len(numbers),
        hashes=[pieces.hashes[number] for number in new],
        kept=kept,
        is_known=not new,
    )


def marks_of(frame: str, hashes: Sequence[str], keys: Sequence[Sequence[str]], kept: Sequence[str] = ()) -> str:
    """Return the marks of a body whose entries have these hashes and these keys, with those `kept` of others."""
    marks = _key_marks(keys)
    at = 0
    each = []
    for entry, own in zip(hashes, keys, strict=True):
        behind = at + len(own) * KEY_MARK
        each.append(entry + marks[at:behind])
        at = behind
    return " ".join((frame, *each, *kept))


def may_be_one(keys: Sequence[Sequence[str]], kept: Sequence[str]) -> bool:
    """Return whether some of these keys may be one of those behind the marks."""
    marked = {mark[at : at + KEY_MARK] for mark in kept for at in range(MARK, len(mark), KEY_MARK)}
    marks = _key_marks(keys)
    return any(marks[at : at + KEY_MARK] in marked for at in range(0, len(marks), KEY_MARK))


def _key_marks(keys: Sequence[Sequence[str]]) -> str:
    """Return the marks of all these keys, one behind the other: all at once, in a third of the time that each takes."""
    encoded = [key.encode("utf-8", "surrogatepass") for each in keys for key in each]
    return struct.pack(f">{len(encoded)}I", *map(crc32, encoded)).hex()
