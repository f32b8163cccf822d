"""Labels: the team's own words for people and places, such as "journalist" or "paying customer"."""

import re
from collections.abc import Sequence
from typing import Final

from engagement.dataclass import dataclass

LONGEST_LABEL: Final = 40
# So many may stand on one person or place, and all of them are offered in one menu.
LABELS_AT_MOST: Final = 20
# `label:journalist`, or `label:"paying customer"`, in what somebody typed.
_ASKED: Final = re.compile(r'(?<!\S)label:(?:"(?P<quoted>[^"]*)"?|(?P<word>\S*))', re.IGNORECASE)
# Phones and word processors curl the quotes.
_CURLED: Final = str.maketrans("“”„«»", '"""""')


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWeek:
    """What a period brought from people and places of one label: mentions, and the conversations still waiting."""

    name: str
    mentions: int
    waiting: int = 0


def as_label(typed: str) -> str:
    """Return what somebody typed as the name of a label, empty if it can be none.

    White space is folded; signs that a search takes for its own, and those that nobody sees, are left out.
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in typed.translate(_CURLED))
    return " ".join(seen.replace('"', " ").replace(",", " ").split())[:LONGEST_LABEL].strip()


def is_same_label(one: str, other: str) -> bool:
    """Return whether two names are one label: capitals make no difference."""
    return as_label(one).casefold() == as_label(other).casefold()


def labels_asked(typed: str) -> tuple[tuple[str, ...], str]:
    """Return the labels that somebody narrows a question to, each once, and what else they typed.

    `label:journalist` and `label:"paying customer"` name one; a `label:` with nothing behind it names none.
    """
    plain = typed.translate(_CURLED)
    found = (as_label(each["quoted"] or each["word"] or "") for each in _ASKED.finditer(plain))
    named = tuple(dict.fromkeys(filter(None, found)))
    return named, " ".join(_ASKED.sub(" ", plain).split()) if named else typed


def labels_after(form: Sequence[str], given: Sequence[str], *, now: Sequence[str]) -> tuple[str, ...]:
    """Return the labels after somebody saves `given` in a form that was drawn with the labels of `form`.

    What others have changed since stands `now`, and stays: only what this person took away or added counts.
    """
    before, after = ({as_label(name).casefold() for name in names} for names in (form, given))
    kept = [name for name in now if as_label(name).casefold() not in before - after]
    standing = {as_label(name).casefold() for name in kept}
    added = [name for name in given if as_label(name).casefold() not in before | standing]
    return (*kept, *added)


def problem_of(names: Sequence[str]) -> str:
    """Return why somebody, or a place, cannot carry these labels; empty where they can."""
    if long := next((name.strip() for name in names if len(name.strip()) > LONGEST_LABEL), ""):
        return f"A label has at most {LONGEST_LABEL} characters, this one has {len(long):,}: {long[:LONGEST_LABEL]}…"
    if len({as_label(name).casefold() for name in names} - {""}) > LABELS_AT_MOST:
        return f"That would be more than {LABELS_AT_MOST} labels. Please take some away first."
    return ""
