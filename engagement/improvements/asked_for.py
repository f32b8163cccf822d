"""Who asked for an improvement, and whom to tell when it ships."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from engagement.dataclass import dataclass
from engagement.improvements.improvement import Improvement
from engagement.voice.guide import Guide, rules_of

# By the beginning of a thread's key: how old a thread may be for somebody to write in it. Hacker News takes no comment
# in threads older than two weeks, Lobsters after 90 days (COMMENTABLE_DAYS in lobsters/lobsters, app/models/story.rb),
# and Reddit archives after six months unless a community does otherwise. Elsewhere news of what somebody asked for is
# welcome whenever it comes.
CLOSES_AFTER: Final[Mapping[str, timedelta]] = {
    "hn": timedelta(days=14),
    "lobsters": timedelta(days=90),
    "reddit": timedelta(days=180),
}
# Of a team that minds nothing.
NO_GUIDE: Final = Guide()
# Still to be told, and so not again.
NEVER: Final = datetime.max.replace(tzinfo=UTC)

# A community, a name there, and where nobody is named the number of the mention.
Person = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A mention in which somebody asked for an improvement: who, where, and when they wrote it (aware UTC).

    `is_gone`: they took their words away since.
    """

    mention_id: int
    conversation_id: int
    community: str
    author: str
    title: str
    url: str
    thread_key: str
    at: datetime
    is_gone: bool = False

    @property
    def person(self) -> Person:
        """Whose it is. People are those of one community; where nobody is named, each mention is somebody's own."""
        return self.community, self.author, 0 if self.author else self.mention_id

    def may_be_told(self, *, at: datetime, guide: Guide = NO_GUIDE) -> bool:
        """Return whether a word in its thread would reach them and, as `guide` has it, be welcome there."""
        closes_after = CLOSES_AFTER.get(self.thread_key.partition(":")[0])
        rules = rules_of(guide, self.community)
        late_after = timedelta(days=rules.late_days) if rules and rules.late_days is not None else None
        return not self.is_gone and all(span is None or at - self.at < span for span in (closes_after, late_after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody who is to be told that an improvement shipped: in answer to which mention, and how that stands.

    `claimed_by` is who has promised to, empty while nobody has; `told_at` is when it was done, `told_by` who did it.
    `channel` and `card_ts` are where its card stands, the latter empty where it stands nowhere yet.
    """

    asked: Asked
    owed_at: datetime
    claimed_by: str = ""
    told_at: datetime | None = None
    told_by: str = ""
    channel: str = ""
    card_ts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """An improvement with who asked for it, the newest first, and after it shipped who is to be told.

    `into` is the one that it was merged into.
    """

    improvement: Improvement
    asked: tuple[Asked, ...] = ()
    telling: tuple[Told, ...] = ()
    into: Improvement | None = None

    @property
    def people(self) -> int:
        """How many people asked, each once in each community."""
        return count_people(self.asked)

    @property
    def first_at(self) -> datetime | None:
        """When the first of them did."""
        return min((each.at for each in self.asked), default=None)

    @property
    def told(self) -> int:
        """How many of them were told."""
        return sum(each.told_at is not None for each in self.telling)

    @property
    def untold(self) -> tuple[Told, ...]:
        """Who is still to be told, who asked first before the others."""
        return tuple(sorted((each for each in self.telling if each.told_at is None), key=lambda each: each.asked.at))

    @property
    def out_of_reach(self) -> int:
        """How many cannot be told: the thread is closed, a reply would be late there, or their words are gone."""
        listed = {each.asked.person for each in self.telling}
        return len({each.person for each in self.asked} - listed) if self.improvement.is_shipped else 0

    @property
    def seconds_to_ship(self) -> int | None:
        """How long the first who asked had to wait for it, None while it has not shipped."""
        if self.first_at is None or not self.improvement.is_shipped:
            return None
        return max(0, int((self.improvement.decided_at - self.first_at).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What shipped, as the digest tells of it: how many asked and were told, and how long the first had to wait.

    `seconds` is None where nobody had asked.
    """

    improvement_id: int
    title: str
    url: str
    shipped_at: datetime
    people: int
    seconds: int | None
    told: int
    untold: int


def changed_from(demand: Demand) -> Changed:
    """Return what the digest tells of an improvement that shipped."""
    return Changed(
        improvement_id=demand.improvement.id,
        title=demand.improvement.wanted.title,
        url=demand.improvement.link or demand.improvement.wanted.tracker_url,
        shipped_at=demand.improvement.decided_at,
        people=demand.people,
        seconds=demand.seconds_to_ship,
        told=demand.told,
        untold=len(demand.untold),
    )


def count_people(asked: Iterable[Asked]) -> int:
    """Return how many people these are."""
    return len({each.person for each in asked})


def whom_to_tell(
    asked: Iterable[Asked], *, telling: Sequence[Told] = (), guide: Guide = NO_GUIDE, at: datetime
) -> list[Asked]:
    """Return what to answer to tell everybody who can be told: each person once, at the newest they wrote.

    `telling` are those who are to be told already, and those who were: the latter again only if they asked since.
    """
    told_at: dict[Person, datetime] = {}
    for told in telling:
        person = told.asked.person
        told_at[person] = max(told_at.get(person, told.owed_at), told.told_at or NEVER)
    chosen: dict[Person, Asked] = {}
    for each in sorted(asked, key=lambda each: (each.at, each.mention_id)):
        known = told_at.get(each.person)
        if each.may_be_told(at=at, guide=guide) and (known is None or each.at > known):
            chosen[each.person] = each
    return list(chosen.values())
