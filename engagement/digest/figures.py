"""A week in figures: how far its conversations came, how fast, and how the mentions sounded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime

from engagement.conversations.conversation import ReplyState
from engagement.dataclass import dataclass
from engagement.digest.week import ENOUGH_FOR_MOST, Needed, within
from engagement.understanding.reading import Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long something took, `count` times: within the first span half of them, within the second nine in ten.

    Seconds; None where there is nothing, or (of nine in ten) too little to say.
    """

    count: int = 0
    half_within_seconds: int | None = None
    most_within_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moods:
    """How many mentions sounded how."""

    good: int = 0
    bad: int = 0
    mixed: int = 0
    unsure: int = 0

    @property
    def told(self) -> int:
        """Of how many it could be told."""
        return self.good + self.bad + self.mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A period: its mentions, how far the conversations came that needed us, and how fast.

    `first_reply` counts from the first question on, `to_tag` and `to_reply` from the first mention on. `to_shipped` is
    of the improvements that shipped in the period, from the first mention that asked for one on.
    """

    mentions: int = 0
    needed_us: int = 0
    tagged: int = 0
    answered: int = 0
    first_reply: Pace = field(default_factory=Pace)
    to_tag: Pace = field(default_factory=Pace)
    to_reply: Pace = field(default_factory=Pace)
    to_shipped: Pace = field(default_factory=Pace)
    moods: Moods = field(default_factory=Moods)

    @property
    def say_more(self) -> bool:
        """Whether they say more than the numbers of the digest itself: how fast something was, or how it sounded."""
        return bool(self.to_tag.count or self.to_reply.count or self.to_shipped.count or self.moods.told)


def pace_of(waits: Iterable[int]) -> Pace:
    """Return how long these waits (in seconds) were."""
    ordered = sorted(waits)
    return Pace(
        count=len(ordered),
        half_within_seconds=within(ordered, 0.5),
        most_within_seconds=within(ordered, 0.9) if len(ordered) >= ENOUGH_FOR_MOST else None,
    )


def figures_from(needed: Sequence[Needed], moods: Mapping[Mood, int], shipped: Iterable[int] = ()) -> Figures:
    """Return the figures of a period: of the conversations that needed us, and of the moods of all its mentions.

    `shipped` are the seconds from the first mention to each improvement that shipped.
    """
    return Figures(
        mentions=sum(moods.values()),
        needed_us=len(needed),
        tagged=sum(each.tagged_at is not None for each in needed),
        answered=sum(each.state is ReplyState.ANSWERED for each in needed),
        first_reply=pace_of(first_replies(needed)),
        to_tag=pace_of(_since_heard(needed, [each.tagged_at for each in needed])),
        to_reply=pace_of(_since_heard(needed, [each.answered_at for each in needed])),
        to_shipped=pace_of(shipped),
        moods=Moods(
            good=moods.get(Mood.GOOD, 0),
            bad=moods.get(Mood.BAD, 0),
            mixed=moods.get(Mood.MIXED, 0),
            unsure=moods.get(Mood.UNSURE, 0),
        ),
    )


def first_replies(needed: Iterable[Needed]) -> list[int]:
    """Return how long those waited whom we answered, in seconds."""
    return [each.answer_seconds for each in needed if each.answer_seconds is not None]


def _since_heard(needed: Sequence[Needed], moments: Sequence[datetime | None]) -> list[int]:
    """Return how long after the first mention these moments were, in seconds; without one, none."""
    return [
        max(0, int((moment - each.began_at).total_seconds()))
        for each, moment in zip(needed, moments, strict=True)
        if moment and each.began_at
    ]
