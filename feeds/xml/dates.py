"""Dates as feeds write them: RFC 822 and ISO 8601 read here, whatever else there is left to feedparser."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from feeds.entry import believable

# No date is longer; the caches must not keep anything of any length.
LONGEST: Final = 100
MONTHS: Final = {
    name: f"{number + 1:02}"
    for number, name in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))
}

_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) "
    r"(\d{2}:\d{2}:\d{2}) (GMT|UTC|UT|Z|[+-]\d{2}:?\d{2})",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_DAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4})", re.ASCII)
_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}", re.ASCII)


def date_of(text: str) -> datetime | None:
    """Return the moment that a date names, in UTC and without fractions of a second; None if it is not believable."""
    if len(text) > LONGEST:
        return None
    try:
        moment = _in_columns(text) or _in_parts(text)
    except (OverflowError, ValueError):
        # The 24th hour and the 60th second, which feedparser takes.
        moment = None
    return believable(moment or _unusual(text))


def _in_columns(text: str) -> datetime | None:
    """Read a date whose parts have all their digits, as nearly all do: by place, at half of what _in_parts costs.

    Every digit is looked at by `fromisoformat`, so that only what stands between them is checked here.
    """
    if text[4:17:3] == "--T::":
        # No fractions, and no offsets in seconds, which it would take as well.
        if len(text) in (20, 25) and _zone(text[19:]):
            return datetime.fromisoformat(text)
    elif text[16:26:3] == " :: " and (day := _day(text[:16])) and (zone := _zone(text[26:])):
        return datetime.fromisoformat(f"{day}T{text[17:25]}{zone}")
    return None


def _in_parts(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found:
        return datetime.fromisoformat(found[1] + found[2])
    found = _RFC_822.fullmatch(text)
    month = MONTHS.get(found[2]) if found else None
    if not found or not month:
        return None
    day, _, year, time, zone = found.groups()
    return datetime.fromisoformat(f"{year}-{month}-{day:0>2}T{time}{_zone(zone)}")


# Most feeds list the same few weeks.
@lru_cache(maxsize=512)
def _day(written: str) -> str:
    """Return a day of RFC 822 as ISO 8601 writes it, empty for any other."""
    found = _DAY.fullmatch(written)
    month = MONTHS.get(found[2]) if found else None
    return f"{found[3]}-{month}-{found[1]}" if found and month else ""


# All dates of a feed have the same.
@lru_cache(maxsize=64)
def _zone(written: str) -> str:
    """Return a zone of RFC 822 as ISO 8601 writes it, empty for any other."""
    if written in ("GMT", "UTC", "UT", "Z"):
        return "Z"
    return written if _OFFSET.fullmatch(written) else ""


# Dates without a time are the most usual ones, and the same for many entries.
@lru_cache(maxsize=64)
def _unusual(text: str) -> datetime | None:
    from feeds.xml.lenient import date_in_any_format  # noqa: PLC0415 feedparser is loaded by whom needs it

    return date_in_any_format(text)
