"""Somebody of us who has left the workspace, and the promises they leave behind."""

from dataclasses import dataclass

from engagement.listing import Waiting

# So many promises are listed; the rest is a number.
DEPARTURE_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """What a channel is told of a departure: who left, who has what they had promised (`heir`, empty: nobody yet).

    `rows` are its conversations as they stand now, at most DEPARTURE_ROWS; `promised` is how many there were.
    """

    slack_user: str
    heir: str
    promised: int
    rows: tuple[Waiting, ...] = ()
