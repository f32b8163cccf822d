"""Somebody of us who has left the workspace, and the promises they leave behind."""

from engagement.dataclass import dataclass
from engagement.listing import Waiting

# So many promises are listed; the rest is a number.
DEPARTURE_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """What a channel is told of a departure: who left, who has what they had promised (`heir`, empty: nobody yet).

    `rows` are its conversations as they stand now, at most DEPARTURE_ROWS; `promised` is how many there were. `barred`
    covered for them and got nothing, because they may not answer for the team; empty for nobody.
    """

    slack_user: str
    heir: str
    promised: int
    rows: tuple[Waiting, ...] = ()
    barred: str = ""
