"""A surge: far more people write of us than usual. It is said once, and once more that it is over.

Also what is urgent by itself: one post that a great many people like.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import sqrt

from engagement.calendar import HOURS_A_DAY
from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.understanding.reading import Kind

WINDOW = timedelta(hours=1)
FACTOR = 4
PEOPLE = 8
"""A surge is four usual hours in one, by eight people at least: one person who posts eight times is none."""

OVER_BELOW = 2
"""It is over once an hour had less than two usual ones: between two and four it goes on, and is not said again."""

USUAL_AT_LEAST = 2.0
"""What counts as usual at least: where one mention a week is usual, any two would be a hundred usual hours."""

CHANCE = 6
"""So many standard deviations above the usual (of a Poisson count): where two an hour are usual, eight are chance once
in six weeks, and eleven less than once in ten years."""

REMEMBERED = timedelta(days=28)
LEARNS_FOR = timedelta(days=1)
"""What is usual is known after a day, and is the mean of up to four weeks."""

WRITTEN_WITHIN = timedelta(hours=2)
"""What is older and only heard now (a place was silent, the bot was down) is no news of this hour."""

LIKED_WITHIN = timedelta(days=7)
"""A post that many people liked long ago is not urgent."""

LIKED_AT_LEAST = 10
"""No workspace can call a post urgent that fewer people like: those are not looked up."""

LEADING = 3
"""So many conversations are shown with a surge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """The last hour of a watch: mentions, the people who wrote them, and what is usual in an hour at this time."""

    mentions: int
    people: int
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A conversation that an alert shows: its first post, and how many mentions it had since."""

    post: Post
    kind: Kind
    mentions: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """A surge as it stands: what came since `began_at` (aware UTC), and the conversations that lead it."""

    watch: str
    began_at: datetime
    usual: float
    mentions: int
    people: int
    leading: tuple[Lead, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Liked:
    """One post that a great many people like."""

    watch: str
    lead: Lead


Alert = Surge | Liked


def is_much_liked(post: Post) -> bool:
    """Return whether so many people like a post that some workspace may call it urgent."""
    return post.score is not None and post.score >= LIKED_AT_LEAST


def usual_hour(by_hour: Mapping[int, int], *, days: float, now: datetime) -> float:
    """Return how many mentions an hour usually has around this time of the day.

    `by_hour` counts those of the last `days` (above 0) by the hour of the day (0 to 23, UTC). The mean of all hours, or
    of this one if that is more: what is usual at noon is no surge because the night is silent. The last hour reaches
    into two hours of the day.
    """
    mean = sum(by_hour.values()) / (days * HOURS_A_DAY)
    at_this_time = max(by_hour.get(at.hour, 0) for at in (now - WINDOW, now)) / days
    return max(mean, at_this_time)


def is_surge(pulse: Pulse) -> bool:
    """Return whether something is happening, which is neither a usual hour nor chance nor a few loud people."""
    return (
        pulse.people >= PEOPLE
        and pulse.mentions >= FACTOR * max(pulse.usual, USUAL_AT_LEAST)
        and pulse.mentions >= pulse.usual + CHANCE * sqrt(pulse.usual)
    )


def is_over(pulse: Pulse) -> bool:
    """Return whether a surge that began is over."""
    return pulse.mentions < OVER_BELOW * max(pulse.usual, USUAL_AT_LEAST)
