"""What must be near a name, or must not ("-tables"): for all names of a watch, or for one of them ("tide: wiki")."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from engagement.prose import clip, unquoted
from engagement.watch import Terms

MUST_NOT: Final = "-"
"""What a word begins with that must not be near."""
STRANGER_LENGTH: Final = 80


def addressed(entry: str, names: Iterable[str]) -> tuple[str, str]:
    """Return for which of `names` a word must be near, as that is spelt, and the word; no name where it is for all."""
    # The longest first, since a name may begin as another does and go on with a colon: "std" and "std:vec".
    for name in sorted(names, key=len, reverse=True):
        head, word = entry[: len(name)], entry[len(name) :].lstrip()
        if head.casefold() == name.casefold() and word.startswith(":") and (word := word[1:].strip()):
            return name, word
    return "", entry


def problem_of_near(near: Iterable[str], names: Sequence[str]) -> str:
    """Return what to say where a word stands before a colon as a name does, and is none ("tdie: wiki"); else empty."""
    for entry in near:
        if ": " in entry and not addressed(entry, names)[0]:
            stranger = clip(entry.partition(":")[0].strip(), STRANGER_LENGTH)
            return f"“{stranger}” is none of your names: write one of them before the colon, or none."
    return ""


def context_sets(terms: Terms, names: Sequence[str]) -> list[Terms]:
    """Return the terms of a watch, parted by what must be near: `names`, which make a match, share it or do not.

    A name for which there is neither a word of its own nor one for all has nothing in `near`: it is sure by itself.
    """
    known = (*terms.names, *names)
    asked = [addressed(entry, known) for entry in terms.near]
    sets: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        near = tuple(word for whose, word in asked if not whose or whose.casefold() == name.casefold())
        sets.setdefault(near, []).append(name)
    return [replace(terms, names=tuple(some), near=near) for near, some in sets.items()]


def parted(near: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of which one must be near, and those of which none may be."""
    words = tuple(near)
    wanted = tuple(word for word in words if not word.startswith(MUST_NOT))
    unwanted = (unquoted(word.removeprefix(MUST_NOT).strip()) for word in words if word.startswith(MUST_NOT))
    return wanted, tuple(filter(None, unwanted))
