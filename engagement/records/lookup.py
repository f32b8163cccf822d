"""What somebody looks up in the history: of what, which page of it, and what a line says has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final, TypeVar

from engagement.dataclass import dataclass
from engagement.records.history import Line

LINES_A_PAGE: Final = 20
T = TypeVar("T")


class Topic(StrEnum):
    """Whose history there is to see: one thing's by its number, or a topic of the settings'."""

    CONVERSATION = "conversation"
    IMPROVEMENT = "improvement"
    WATCH = "watch"
    THEME = "theme"
    LABELS_HERE = "labels here"  # of who opened the conversation of that number, and of its place

    WATCHES = "watches"
    PLACES = "places"
    TEAM = "team"
    NOISE = "noise"
    DIGEST = "digest"
    CALM = "calm"
    VOICE = "voice"
    ROLES = "roles"
    LABELS = "labels"
    THEMES = "themes"
    LEARNED = "learned"
    UNNAMED = "unnamed"
    SETTINGS = "settings"


JOINS: Final = ("add places", "leave", "move place")
# By topic of the settings: which acts on which objects are its lines; no acts stand for all of them.
OF_TOPIC: Final[Mapping[Topic, Mapping[str, Sequence[str]]]] = {
    Topic.WATCHES: {"watch": ("save", "stop", "deliver", "post elsewhere"), "channel": ("post elsewhere",)},
    Topic.PLACES: {"watch": JOINS, "source": ("wake", "move", "label")},
    Topic.TEAM: {"teammate": ()},
    Topic.NOISE: {"mute": ()},
    Topic.DIGEST: {"workspace": ("digest", "post elsewhere")},
    Topic.CALM: {"workspace": ("calm", "post elsewhere"), "watch": ("deliver",)},
    Topic.VOICE: {"workspace": ("voice", "community voice")},
    Topic.ROLES: {"workspace": ("roles",)},
    Topic.LABELS: {"person": ("label",), "source": ("label",), "label": ()},
    Topic.THEMES: {"theme": ()},
    Topic.LEARNED: {"word": (), "beside": (), "preference": ()},
    Topic.UNNAMED: {"person": ("unlist", "list again", "forget")},
    Topic.SETTINGS: {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose history somebody looks at; `number` is 0 for a topic of the settings."""

    topic: Topic
    number: int = 0


class Step(StrEnum):
    """Which way somebody turns."""

    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Somebody turns the page, to what is older or newer than a line."""

    step: Step
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The lines behind which there is more, 0 where a page is the last one that way."""

    newer: int = 0
    older: int = 0


NO_TURNS: Final = Turns()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A page of lines, newest first; `names` are what things are called of which lines have the numbers alone."""

    lines: tuple[Line, ...]
    turns: Turns = NO_TURNS
    names: Mapping[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that a line changed; None where there was, or is, none."""

    fact: str
    was: object
    became: object


def changes_in(line: Line) -> tuple[Change, ...]:
    """Return what a line changed, in the order of its facts; of something new, what it has."""
    facts = dict.fromkeys((*line.after, *line.before))
    changed = [Change(fact=fact, was=line.before.get(fact), became=line.after.get(fact)) for fact in facts]
    return tuple(each for each in changed if _or_none(each.was) != _or_none(each.became))


def _or_none(fact: object) -> object:
    """Return a fact, None where it stands for nothing; 0 may be an hour, or Monday."""
    return None if fact in ("", []) else fact


def page_of(newest_first: Sequence[tuple[int, T]], turn: Turn | None) -> tuple[list[T], Turns]:
    """Return a page out of numbered things, and where it can be turned; without a `turn` the newest."""
    newer = [each for each in newest_first if turn and each[0] > turn.line]
    older = [each for each in newest_first if not turn or each[0] < turn.line]
    if turn and turn.step is Step.NEWER:
        page = newer[-LINES_A_PAGE:]
        more_newer, more_older = len(newer) > len(page), bool(page)
    else:
        page = older[:LINES_A_PAGE]
        more_newer, more_older = turn is not None and bool(page), len(older) > len(page)
    turns = Turns(newer=page[0][0] if more_newer else 0, older=page[-1][0] if more_older else 0)
    return [each for _, each in page], turns
