"""How everything that people change stands, as its history tells it: what the rows must say, too.

The bot never asks: the tests hold its rows to this.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from engagement.dataclass import dataclass
from engagement.digest.voices import Person
from engagement.records.forgotten import name_of
from engagement.records.history import Facts, Line

# What a line is about, and which one: a number, or the name of a community.
Key = tuple[str, str]

# What is not the workspace's own row, by the act that changes it.
OF_WORKSPACE: Final[Mapping[str, str]] = {"voice": "voice guide", "community voice": "community", "roles": "roles"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the lines of a history come to.

    `facts` are the latest of each object. `places` are the numbers of the sources that each watch listens to. Labels
    are by person, and by the number of a source; `unnamed` is whom digests do not name.
    """

    facts: dict[Key, dict[str, object]] = field(default_factory=dict)
    places: dict[int, frozenset[int]] = field(default_factory=dict)
    person_labels: dict[Person, frozenset[str]] = field(default_factory=dict)
    source_labels: dict[int, frozenset[str]] = field(default_factory=dict)
    unnamed: set[Person] = field(default_factory=set)


def retell(lines: Iterable[Line]) -> Told:
    """Return what `lines` (of one workspace, oldest first) come to."""
    told = Told()
    for line in lines:
        if line.object in ("person", "source", "label"):
            _tell_of_labels(told, line)
        else:
            told.facts.setdefault(key_of(line), {}).update(line.after)
        if line.object == "watch":
            _tell_of_places(told, line)
    return told


def key_of(line: Line) -> Key:
    """Return what a line is about."""
    if line.object != "workspace":
        return line.object, str(line.number)
    kind = OF_WORKSPACE.get(line.act, "workspace")
    return kind, str(line.after["name"]).casefold() if kind == "community" else ""


def _tell_of_places(told: Told, line: Line) -> None:
    if line.act == "stop":
        told.places.pop(line.number, None)
        return
    stayed = told.places.get(line.number, frozenset()) - _numbers(line.before)
    told.places[line.number] = stayed | _numbers(line.after)


def _numbers(facts: Facts) -> frozenset[int]:
    return frozenset(_listed(facts, "sources"))


def _tell_of_labels(told: Told, line: Line) -> None:
    match line.object, line.act:
        case "person", "label":
            told.person_labels[_person(line.after)] = frozenset(_listed(line.after, "labels"))
        case "person", "unlist":
            told.unnamed.add(_person(line.after))
        case "person", "list again":
            told.unnamed.discard(_person(line.after))
        case "person", "forget":
            # Who is forgotten goes by a number in earlier lines, too, and has no labels any more.
            for person in [each for each in told.person_labels if each.author == name_of(line.number)]:
                del told.person_labels[person]
        case "source", "label":
            told.source_labels[line.number] = frozenset(_listed(line.after, "labels"))
        case "label", _:
            dropped = frozenset(_listed(line.before, "labels"))
            _drop(told.person_labels, dropped)
            _drop(told.source_labels, dropped)
        case _:
            pass


def _drop(labels: dict[Any, frozenset[str]], dropped: frozenset[str]) -> None:
    for carrier in labels:
        labels[carrier] -= dropped


def _person(facts: Facts) -> Person:
    return Person(str(facts["community"]), str(facts["author"]))


def _listed(facts: Facts, name: str) -> list[Any]:
    listed = facts.get(name)
    return listed if isinstance(listed, list) else []
