"""Dates as feeds write them: RFC 822 and ISO 8601 read here, whatever else there is left to feedparser."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from feeds.entry import believable

# No date is longer; the cache must not keep anything of any length.
LONGEST: Final = 100
MONTHS: Final = {
    name: f"{number + 1:02}"
    for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
}

_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) "
    r"(\d{2}:\d{2}:\d{2}) (GMT|UTC|UT|Z|[+-]\d{2}:?\d{2})",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def date_of(text: str) -> datetime | None:
    """Return the moment that a date names, in UTC and without fractions of a second; None if it is not believable."""
    return _date_of(text) if len(text) <= LONGEST else None


# Most feeds give an entry the same date twice, as published and as updated.
@lru_cache(maxsize=64)
def _date_of(text: str) -> datetime | None:
    try:
        moment = _usual(text)
    except (OverflowError, ValueError):
        # The 24th hour and the 60th second, which feedparser takes.
        moment = None
    return believable(moment or _unusual(text))


def _usual(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found:
        return datetime.fromisoformat(found[1] + found[2])
    found = _RFC_822.fullmatch(text)
    month = MONTHS.get(found[2].lower()) if found else None
    if not found or not month:
        return None
    day, _, year, time, zone = found.groups()
    return datetime.fromisoformat(f"{year}-{month}-{day:0>2}T{time}{zone if zone[0] in '+-' else 'Z'}")


def _unusual(text: str) -> datetime | None:
    from feeds.xml.lenient import date_in_any_format  # noqa: PLC0415 feedparser is loaded by whom needs it

    return date_in_any_format(text)
