"""Labels: the team's own words for people and places, such as "journalist" or "paying customer"."""

from dataclasses import dataclass
from typing import Final

LONGEST_LABEL: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One label as the settings list it: on how many people and places it stands."""

    id: int
    name: str
    people: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsHere:
    """The labels of a mention: of who wrote it, and of the places that carry it; names, in alphabetical order."""

    person: tuple[str, ...] = ()
    place: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPlace:
    """A place that carries a post, and its labels."""

    source_id: int
    name: str
    labels: tuple[str, ...] = ()


def as_label(typed: str) -> str:
    """Return what somebody typed as the name of a label, empty if it can be none.

    White space is folded, and signs that a search takes for its own are left out.
    """
    return " ".join(typed.replace('"', " ").replace(",", " ").split())[:LONGEST_LABEL].strip()


def is_same_label(one: str, other: str) -> bool:
    """Return whether two names are one label: capitals make no difference."""
    return as_label(one).casefold() == as_label(other).casefold()
