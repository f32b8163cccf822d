"""Themes: what people keep coming back to, named by the team, and counted by people."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from engagement.dataclass import dataclass
from engagement.improvements.asked_for import Person
from engagement.improvements.improvement import Improvement, ImprovementState
from engagement.prose import unquoted

# What "in four weeks" means: a week alone is too short for something that a few people say.
COUNTED: Final = timedelta(weeks=4)
# Whoever has said it within so long is not new; and what is filled in when a theme is made.
REMEMBERED: Final = timedelta(weeks=12)
LONGEST_THEME: Final = 60
LONGEST_PHRASE: Final = 60
PHRASES_AT_MOST: Final = 20
# All of them are looked for in every mention, and offered in one menu.
THEMES_AT_MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a team calls something that people say in different words: any of the `phrases` makes it.

    `id` is 0 for one that is not stored yet. `improvement_id` is what was decided about it, 0 while nothing was.
    `version` grows by one whenever somebody changes it; a form carries the version it was drawn from.
    """

    id: int = 0
    name: str
    phrases: tuple[str, ...]
    improvement_id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Somebody spoke of a theme: in so many `mentions`, `praises` of which were praise, between two moments."""

    theme_id: int
    person: Person
    first_at: datetime
    last_at: datetime
    mentions: int = 1
    praises: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCount:
    """How many people spoke of a theme in the four weeks, how many of them for the first time in the latest week.

    `fans` are those who mostly praised it.
    """

    theme_id: int
    people: int
    new: int
    fans: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Improving:
    """What was decided about a theme: the improvement, how far that is, and who has it (a Slack user, or nobody)."""

    title: str
    state: ImprovementState
    owner: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfTheme:
    """Something that was said of a theme; `title` is what the post is called, or what it says."""

    title: str
    url: str
    community: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeHeard:
    """One theme as the digest tells of it; `improving` is None while nobody has decided.

    `said` are the newest examples, where somebody asked for them.
    """

    theme_id: int
    name: str
    people: int
    new: int
    fans: int = 0
    improving: Improving | None = None
    said: tuple[SaidOfTheme, ...] = ()

    @property
    def is_liked(self) -> bool:
        """Whether most who speak of it praise it: then the question is what would be more of it."""
        return self.fans * 2 > self.people

    @property
    def is_undecided(self) -> bool:
        """Whether somebody should say what is to change because of it."""
        return self.improving is None

    @property
    def may_be_decided(self) -> bool:
        """Whether it can be decided on: also anew, where what was decided is done with and people still say it."""
        return self.improving is None or self.improving.state in (ImprovementState.SHIPPED, ImprovementState.DECLINED)


def count_by_people(spoken: Iterable[Spoken], *, starts_at: datetime, ends_at: datetime) -> list[ThemeCount]:
    """Return how many people spoke of each theme in the four weeks up to `ends_at`; `starts_at` begins the latest week.

    A person counts once, however much they wrote; as new, if they said nothing of it before that week that we know of.
    """
    known: dict[tuple[int, Person], Spoken] = {}
    for each in spoken:
        if each.first_at >= ends_at:
            continue
        key = (each.theme_id, each.person)
        known[key] = _together(known[key], each) if key in known else each
    people: dict[int, list[Spoken]] = {}
    for each in known.values():
        if each.last_at >= ends_at - COUNTED:
            people.setdefault(each.theme_id, []).append(each)
    return [
        ThemeCount(
            theme_id=theme_id,
            people=len(those),
            new=sum(each.first_at >= starts_at for each in those),
            fans=sum(each.praises * 2 > each.mentions for each in those),
        )
        for theme_id, those in people.items()
    ]


def _together(one: Spoken, other: Spoken) -> Spoken:
    return Spoken(
        theme_id=one.theme_id,
        person=one.person,
        first_at=min(one.first_at, other.first_at),
        last_at=max(one.last_at, other.last_at),
        mentions=one.mentions + other.mentions,
        praises=one.praises + other.praises,
    )


def in_order(heard: Iterable[ThemeHeard]) -> list[ThemeHeard]:
    """Return the themes of which somebody new speaks before the others, and those of more people first."""
    return sorted(heard, key=lambda each: (not each.new, -each.people, -each.new, each.name.casefold()))


def improving_from(improvement: Improvement) -> Improving:
    """Return what is told of the improvement that a theme led to."""
    return Improving(
        title=improvement.wanted.title,
        state=improvement.state,
        owner=improvement.wanted.owner,
        url=improvement.link or improvement.wanted.tracker_url,
    )


def as_phrases(entry: str) -> tuple[str, ...]:
    """Return what somebody typed as phrases, by commas or lines, each once."""
    typed = (unquoted(" ".join(each.split())) for each in entry.replace(",", "\n").splitlines())
    return tuple({each.casefold(): each for each in typed if each}.values())


def are_too_many(phrases: Sequence[str]) -> bool:
    """Return whether a theme cannot have these phrases: too many, or too long ones."""
    return len(phrases) > PHRASES_AT_MOST or any(len(each) > LONGEST_PHRASE for each in phrases)


def as_theme_name(entry: str) -> str:
    """Return what somebody typed as the name of a theme; empty for nothing."""
    return " ".join(entry.split())[:LONGEST_THEME].rstrip()
