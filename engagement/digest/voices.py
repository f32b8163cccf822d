"""Who spoke of us: for us, against us, first against and now for us, and who had to ask again and again."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from engagement.dataclass import dataclass
from engagement.understanding.reading import Kind

# Who asked more than once within this time asks again and again.
ASKING_SPAN: Final = timedelta(weeks=4)


class Person(NamedTuple):
    """Somebody in one community: never the same person as one of that name in another."""

    community: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """Somebody whom digests do not name; `by` is the Slack user who said so, empty for an import."""

    id: int
    person: Person
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What a person wrote of us: what it is called (its title, else its text), where it stands, how many liked it.

    `at` is when it was written, `heard_at` when we heard of it (aware UTC).
    """

    person: Person
    kind: Kind
    title: str
    text: str
    url: str
    at: datetime
    heard_at: datetime
    score: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A person who complained of us, and praised us the next time they spoke of us."""

    complaint: Voice
    praise: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A person who asked us in several conversations within ASKING_SPAN, in how many of them we answered."""

    latest: Voice
    questions: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The people of a week, each list with their number in the week before.

    Who does not want to be named is counted and not listed.
    """

    for_us: tuple[Voice, ...] = ()
    for_us_count: int = 0
    for_us_before: int = 0
    against_us: tuple[Voice, ...] = ()
    against_us_count: int = 0
    against_us_before: int = 0
    turned: tuple[Turned, ...] = ()
    turned_count: int = 0
    turned_before: int = 0
    askers: tuple[Asker, ...] = ()
    askers_count: int = 0
    askers_before: int = 0

    @property
    def say_something(self) -> bool:
        """Whether there is anybody to show."""
        return bool(self.for_us or self.against_us or self.turned or self.askers)


def loudest_first(voices: Iterable[Voice]) -> list[Voice]:
    """Return one voice of each person, the one that most people liked; the most liked first, of equals the newest."""
    ordered = sorted(voices, key=lambda each: (-each.score, -each.at.timestamp(), each.url))
    loudest: dict[Person, Voice] = {}
    for voice in ordered:
        loudest.setdefault(voice.person, voice)
    return list(loudest.values())


def turned_within(voices: Iterable[Voice], *, starts_at: datetime, ends_at: datetime) -> list[Turned]:
    """Return who turned from against us to for us in [starts_at, ends_at), the latest first.

    `voices` are praise and complaints of these people, as far back as we know. It counts once: where the last thing
    they had said was a complaint, and the next is praise, heard of in that time.
    """
    by_person: defaultdict[Person, list[Voice]] = defaultdict(list)
    for voice in sorted(voices, key=lambda each: (each.at, each.url)):
        by_person[voice.person].append(voice)
    found = [
        Turned(complaint=earlier, praise=later)
        for said in by_person.values()
        for earlier, later in pairwise(said)
        if (earlier.kind, later.kind) == (Kind.COMPLAINT, Kind.PRAISE) and starts_at <= later.heard_at < ends_at
    ]
    return sorted(found, key=lambda each: (each.praise.at, each.praise.url), reverse=True)
