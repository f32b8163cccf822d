"""How well we hear, in sentences."""

from datetime import datetime
from typing import Final

from engagement.listening.places import Hearing, Sick
from engagement.prose import times
from handlers.views.mrkdwn import inline, when

REASON_LENGTH: Final = 120


def verdict(hearing: Hearing) -> str:
    """Return "23 of 24 places heard within the hour", without a full stop."""
    if not hearing.places:
        return "I have no place to listen to yet"
    return f"{hearing.heard:,} of {times(hearing.places, 'place')} heard within the hour"


def sick_lines(hearing: Hearing, at_most: int) -> list[str]:
    """Return a line for each place we do not hear, at most `at_most`: the last one then counts the rest."""
    sick = hearing.sick if len(hearing.sick) <= at_most else hearing.sick[: at_most - 1]
    rest = len(hearing.sick) - len(sick)
    return [*map(_sick_line, sick), *([f"{times(rest, 'more place')} not heard"] if rest else [])]


def next_try_at(moment: datetime | None) -> str:
    """Return "next try today 14:02", and what has to happen first where a place is paused."""
    return f"next try {when(moment)}" if moment else "not asked until somebody wakes it"


def _sick_line(sick: Sick) -> str:
    since = f"not heard since {when(sick.since)}" if sick.since else "never heard yet"
    reason = inline(sick.reason, REASON_LENGTH).rstrip(".")
    next_try = next_try_at(sick.next_try_at)
    return (
        f"*{inline(sick.name)}* {since}: {reason}; {next_try}"
        if reason
        else f"*{inline(sick.name)}* {since}; {next_try}"
    )
