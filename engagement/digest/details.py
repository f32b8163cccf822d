"""What stands in the thread of a digest: the lists behind its numbers."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import Final

from engagement.calendar import DAY, HOUR
from engagement.dataclass import dataclass
from engagement.digest.communities import CommunityWeek
from engagement.digest.figures import Figures
from engagement.digest.voices import Voices
from engagement.digest.week import Noise
from engagement.home import Queued
from engagement.improvements.themes import ThemeHeard
from engagement.listening.places import Hearing

NO_FIGURES: Final = Figures()
NO_VOICES: Final = Voices()


class Part(IntEnum):
    """One message of the thread, in the order they stand in it.

    The numbers are kept in rows: what is new takes a new one, wherever it stands.
    """

    UNTAGGED = 1
    ANSWERED = 2
    THEMES = 13
    THANKS = 3
    FIGURES = 10
    VOICES = 11
    COMMUNITIES = 12
    PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A conversation that got its answer: what was asked, where and when, and who answered where and when.

    `by` is a Slack user id, empty where others answered: then `helper` is what their community calls them. `said` is
    what stands at the source as far as we read it, else as it was drafted; `written_by` wrote it, and may be somebody
    else; `approved_by` is empty if nobody had to.
    """

    title: str
    url: str
    community: str
    asked_at: datetime
    answered_at: datetime
    by: str = ""
    helper: str = ""
    answer_url: str = ""
    seen: bool = False
    said: str = ""
    written_by: str = ""
    approved_by: str = ""

    @property
    def seconds(self) -> int:
        """How long they waited, never below zero."""
        return max(0, int((self.answered_at - self.asked_at).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything the thread says; of each list the first rows, with the number of all.

    `as_of` is when the digest looked, and `team_url` where its workspace is in Slack. `answered` are by us and all of
    them; `noise` are the terms of the watches that brought anything that was not us, the noisiest first. `themes` are
    all that people spoke of, with examples. What is called `_before` is of the week before.
    """

    as_of: datetime
    hearing: Hearing
    team_url: str = ""
    untagged: tuple[Queued, ...] = ()
    all_untagged: int = 0
    answered: tuple[Answered, ...] = ()
    by_others: tuple[Answered, ...] = ()
    praise: tuple[Queued, ...] = ()
    all_praise: int = 0
    noise: tuple[Noise, ...] = ()
    figures: Figures = NO_FIGURES
    figures_before: Figures = NO_FIGURES
    voices: Voices = NO_VOICES
    communities: tuple[CommunityWeek, ...] = ()
    all_communities: int = 0
    themes: tuple[ThemeHeard, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The messages that have something to say."""
        said = {
            Part.UNTAGGED: self.untagged,
            Part.ANSWERED: self.answered,
            Part.THEMES: self.themes,
            Part.THANKS: self.by_others or self.praise,
            Part.FIGURES: self.figures.say_more,
            Part.VOICES: self.voices.say_something,
            Part.COMMUNITIES: len(self.communities) > 1 or any(each.heard_most for each in self.communities),
            Part.PLACES: self.hearing.sick or self.noise,
        }
        return tuple(part for part, rows in said.items() if rows)


# Spans of waiting: a coffee, half a working day, a working day, and what is longer.
_SPREAD: Final = (
    ("< 1 h", HOUR),
    ("1\u20134 h", 4 * HOUR),
    ("4\u20138 h", 8 * HOUR),
    ("8\u201324 h", DAY),
    ("1\u20132 d", 2 * DAY),
    ("2\u20137 d", 7 * DAY),
)


def spread_of(waits: Iterable[int]) -> list[tuple[str, int]]:
    """Return the spans of waiting, the shortest first, each with how many of `waits` (in seconds) fell into it."""
    counts = [0] * (len(_SPREAD) + 1)
    for seconds in waits:
        counts[sum(seconds >= end for _, end in _SPREAD)] += 1
    return list(zip([*(name for name, _ in _SPREAD), "> 7 d"], counts, strict=True))
