"""Numbers, durations and lists as people write them."""

import re
from collections.abc import Sequence
from typing import Final

from engagement.calendar import DAY, HOUR, MINUTE, MINUTES_AN_HOUR
from engagement.turns.target import WORKING_DAY

# From so many hours on nobody asks for the minutes.
SHORT_HOURS = 10
# A percentage of fewer says more than is known.
ENOUGH_FOR_SHARE = 20
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = {11, 12, 13}
_LAST_WORD = re.compile(r"\s\S*\Z")
_LOOSE_ENDS = " \t\r\n,;:"
QUOTES: Final = '"“”„«»'
"""What stands round a phrase: phones and word processors curl it, languages differ."""


def short_duration(seconds: float) -> str:
    """Return a duration in one or two units, rounded down: "34 min", "7 h", "1 h 34 min", "5 days".

    Anything below a minute, and a negative duration (two clocks may disagree), is "less than a minute".
    """
    if seconds < MINUTE:
        return "less than a minute"
    if seconds >= DAY:
        return times(int(seconds // DAY), "day")
    hours, minutes = divmod(int(seconds // MINUTE), HOUR // MINUTE)
    return " ".join(f"{count} {unit}" for count, unit in ((hours, "h"), (minutes, "min")) if count)


def work_time(minutes: int) -> str:
    """Return minutes of work in the largest unit that says them whole: "2 working days", "4 working hours"."""
    for size, unit in ((WORKING_DAY, "day"), (MINUTES_AN_HOUR, "hour")):
        if minutes and minutes % size == 0:
            return times(minutes // size, f"working {unit}")
    return times(minutes, "working minute")


def at_most(seconds: int) -> str:
    """Return a duration that `seconds` do not pass, as said after "within": "34 min", "5 h 10 min", "26 h"."""
    minutes = max(1, -(-seconds // MINUTE))
    if minutes * MINUTE < SHORT_HOURS * HOUR:
        return short_duration(minutes * MINUTE)
    if seconds <= 2 * DAY:
        return f"{-(-seconds // HOUR)} h"
    return times(-(-seconds // DAY), "day")


def times(count: int, one: str, many: str = "") -> str:
    """Return how many: "1 person", "3 people", "4,180 posts". `many` is `one` with an s unless it is given."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """Return "14 of 19", and of 20 and more "70 % of 20"; only none is 0 %, and only all is 100 %."""
    if whole < ENOUGH_FOR_SHARE:
        return f"{part:,} of {whole:,}"
    percent = round(100 * part / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return f"{percent} % of {whole:,}"


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "3rd", "4th", "11th", "22nd" for a number of 0 or more."""
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number:,}{ending}"


def join(parts: Sequence[str], *, word: str = "and") -> str:
    """Return "a", "a and b", "a, b and c", or with another `word` before the last; empty for no parts."""
    *most, last = parts or ("",)
    return f"{', '.join(most)} {word} {last}" if most else last


def unquoted(words: str) -> str:
    """Return words without the quotes that stand round all of them: in a list they are found as a phrase anyway."""
    is_quoted = len(words) > 1 and words[0] in QUOTES and words[-1] in QUOTES
    inside = words[1:-1].strip()
    return inside if is_quoted and not set(inside) & set(QUOTES) else words


def clip(text: str, limit: int) -> str:
    """Return `text`, at most `limit` characters long: cut at a word end and closed with "…" if it is longer.

    A text without a word end in the second half of the limit is cut where the limit is: a long address or
    a language written without spaces would otherwise lose most of what fits.
    """
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    # One character more than fits: where that one is a space, the last word is whole.
    whole_words = _LAST_WORD.sub("", text[:limit]).rstrip(_LOOSE_ENDS)
    fits = limit / 2 <= len(whole_words) < limit
    return (whole_words if fits else text[: limit - 1]) + "…"
