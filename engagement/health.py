"""What is wrong with how we hear a place; decided from what its polls left behind, and slow to change its mind."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Cause(StrEnum):
    """Why the latest poll of a source failed."""

    NO_ANSWER = "no answer"
    BROKEN = "broken"
    CLOSED = "closed"
    THROTTLED = "throttled"
    GONE = "gone"


class Trouble(StrEnum):
    """A trouble; `DEAF` is about all places at once, the others about one."""

    BROKEN = "broken"
    CLOSED = "closed"
    THROTTLED = "throttled"
    GONE = "gone"
    MOVED = "moved"
    SILENT = "silent"
    OVERFLOWING = "overflowing"
    CHURNING = "churning"
    DEAF = "deaf"

    @property
    def is_told(self) -> bool:
        """Whether the channels hear of it: a place that moves is followed, and nobody has to do anything."""
        return self is not Trouble.MOVED


BROKEN_FAILURES = 3
BROKEN_AFTER = timedelta(hours=6)
"""A server that is mended within a working morning was a hiccup; three tries tell it from one bad moment."""

REFUSED_AFTER = timedelta(hours=1)
"""Being slowed down or locked out is the answer of a server that works: no need to wait as long as for a broken one."""

WELL_AFTER = timedelta(hours=1)
"""A place that failed is called well after an hour of answers: one that comes and goes would be told of all day."""

SILENT_GAPS = 8
SILENT_AT_LEAST = timedelta(days=3)
GAPS_TO_LEARN = 5
"""Chance makes a gap of eight times the mean once in 3,000 (exp(-8)); long weekends are silent everywhere."""

FULL_POLLS = 2
FULL_FORGOTTEN_AFTER = timedelta(days=1)
FULL_AT_LEAST = 5
LATE_INTERVALS = 3
"""Twice within a day; not counted after a pause of ours, which explains that everything is new."""

CHURNED_POLLS = 2
CHURN_FORGOTTEN_AFTER = timedelta(days=7)
CHURN_AT_LEAST = 3
"""Three old entries under new ids at once, twice within a week: a site that moved house does it once."""

DEAF_AFTER = timedelta(minutes=15)
DEAF_SOURCES = 3
DEAF_HOSTS = 2
"""Places of several hosts that do not answer, and none that does for a quarter of an hour: that is our own network."""

# The newest gap counts as one of about five.
_WEIGHT = 0.2
_LONGEST_GAP_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a place usually is.

    `newest_at` is when its newest post was written, `usual_gap_seconds` how long it usually takes until the next
    (learned from `gaps_seen` of them), `most_carried` the entries of its longest answer. `full_polls` counts answers
    in which everything was new, `churned_polls` those with old entries under new ids, each up to the latest one.
    """

    newest_at: datetime | None = None
    usual_gap_seconds: int = 0
    gaps_seen: int = 0
    most_carried: int = 0
    full_polls: int = 0
    full_at: datetime | None = None
    churned_polls: int = 0
    churned_at: datetime | None = None

    @property
    def known_gap_seconds(self) -> int:
        """The usual gap once it is learned, else 0."""
        return self.usual_gap_seconds if self.gaps_seen >= GAPS_TO_LEARN else 0


NO_HABITS = Habits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What an answer carried: `new` of the posts are new here, the latest written at `newest_at` (None: undated).

    `repeated` of the new ones are old ones under new ids. `more` says whether the answer itself says that there is
    more than it carries, None where it says nothing.
    """

    carried: int
    new: int
    repeated: int = 0
    newest_at: datetime | None = None
    more: bool | None = None


def learn(
    habits: Habits, harvest: Harvest, *, last_heard_at: datetime | None, interval_seconds: float, now: datetime
) -> Habits:
    """Return the habits of a place after an answer; the first one (`last_heard_at` None) only tells where it stands."""
    learned = replace(
        _with_news(habits, harvest, is_first=last_heard_at is None, now=now),
        most_carried=max(habits.most_carried, harvest.carried),
    )
    if last_heard_at is None:
        return learned
    if _is_churn(harvest):
        count = _counted(habits.churned_polls, habits.churned_at, CHURN_FORGOTTEN_AFTER, now)
        return replace(learned, churned_polls=count, churned_at=now)
    in_time = now - last_heard_at <= timedelta(seconds=LATE_INTERVALS * interval_seconds)
    if in_time and _is_full(habits, harvest):
        count = _counted(habits.full_polls, habits.full_at, FULL_FORGOTTEN_AFTER, now)
        return replace(learned, full_polls=count, full_at=now)
    return learned


def _with_news(habits: Habits, harvest: Harvest, *, is_first: bool, now: datetime) -> Habits:
    if not harvest.new:
        return habits
    newest_at, before = min(harvest.newest_at or now, now), habits.newest_at
    if before is None or is_first:
        return replace(habits, newest_at=newest_at)
    if newest_at <= before:
        # An old entry that slid back, or an edit of the date.
        return habits
    gap = min((newest_at - before).total_seconds(), _LONGEST_GAP_SECONDS)
    # The plain mean of the first few, so that none of them weighs more than the others.
    weight = max(_WEIGHT, 1 / (habits.gaps_seen + 1))
    usual = habits.usual_gap_seconds + weight * (gap - habits.usual_gap_seconds)
    return replace(habits, newest_at=newest_at, usual_gap_seconds=max(1, round(usual)), gaps_seen=habits.gaps_seen + 1)


def _is_churn(harvest: Harvest) -> bool:
    return harvest.repeated >= CHURN_AT_LEAST and 2 * harvest.repeated >= harvest.new


def _is_full(habits: Habits, harvest: Harvest) -> bool:
    """Say whether everything in an answer that is as long as they get is new, so that some may be missing."""
    if harvest.more is False or not harvest.new or harvest.new < harvest.carried:
        return False
    return harvest.more is True or harvest.carried >= max(habits.most_carried, FULL_AT_LEAST)


def _counted(count: int, last_at: datetime | None, forgotten_after: timedelta, now: datetime) -> int:
    return 1 if last_at is None or now - last_at >= forgotten_after else count + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What `troubles_of` judges by: the state of a source after a poll, as in `Source`, and its open troubles."""

    now: datetime
    habits: Habits
    failures: int
    cause: Cause | None
    failing_since: datetime | None
    well_since: datetime | None
    is_paused: bool
    moved_to: str
    open: frozenset[Trouble]
    is_deaf: bool = False


FAILING = frozenset({Trouble.BROKEN, Trouble.CLOSED, Trouble.THROTTLED, Trouble.GONE})
HABITUAL = frozenset({Trouble.SILENT, Trouble.OVERFLOWING, Trouble.CHURNING})
_KIND_OF = {
    Cause.NO_ANSWER: Trouble.BROKEN,
    Cause.BROKEN: Trouble.BROKEN,
    Cause.CLOSED: Trouble.CLOSED,
    Cause.THROTTLED: Trouble.THROTTLED,
    Cause.GONE: Trouble.GONE,
}


def troubles_of(facts: Facts) -> frozenset[Trouble]:
    """Return the troubles of a place as they stand now.

    Of those that keep us from hearing it there is one at a time. While we hear nobody at all (`is_deaf`) no such
    trouble begins: it is ours.
    """
    found = {Trouble.MOVED} if facts.moved_to else set()
    failing = _failing(facts)
    if failing:
        found.add(failing)
    # A place that does not answer does not show its habits either: what was known of them stays.
    found |= facts.open & HABITUAL if facts.failures else _habitual(facts)
    return frozenset(found)


def _failing(facts: Facts) -> Trouble | None:
    before = next(iter(facts.open & FAILING), None)
    if facts.is_paused:
        return Trouble.GONE
    if not facts.failures or facts.cause is None or facts.failing_since is None:
        is_well = facts.well_since is None or facts.now - facts.well_since >= WELL_AFTER
        return None if is_well or before is Trouble.GONE else before
    kind, failing_for = _KIND_OF[facts.cause], facts.now - facts.failing_since
    lasts = {
        Trouble.BROKEN: facts.failures >= BROKEN_FAILURES and failing_for >= BROKEN_AFTER,
        Trouble.CLOSED: facts.failures >= BROKEN_FAILURES and failing_for >= REFUSED_AFTER,
        Trouble.THROTTLED: failing_for >= REFUSED_AFTER,
        Trouble.GONE: False,
    }[kind]
    # A place that is deaf in one way and then in another is told of once.
    return before or (kind if lasts and not facts.is_deaf else None)


def _habitual(facts: Facts) -> set[Trouble]:
    habits, now, found = facts.habits, facts.now, set()
    silent_after = max(SILENT_AT_LEAST, timedelta(seconds=SILENT_GAPS * habits.known_gap_seconds))
    if habits.known_gap_seconds and habits.newest_at and now - habits.newest_at > silent_after:
        found.add(Trouble.SILENT)
    if _lasts(habits.full_polls, FULL_POLLS, habits.full_at, FULL_FORGOTTEN_AFTER, now):
        found.add(Trouble.OVERFLOWING)
    if _lasts(habits.churned_polls, CHURNED_POLLS, habits.churned_at, CHURN_FORGOTTEN_AFTER, now):
        found.add(Trouble.CHURNING)
    return found


def _lasts(count: int, enough: int, last_at: datetime | None, forgotten_after: timedelta, now: datetime) -> bool:
    return count >= enough and last_at is not None and now - last_at < forgotten_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What speaks for or against our own network: who was asked in vain since anybody was heard.

    `heard_at` is when any source answered last (None: never); `sources` on `hosts` gave no answer since then, and
    `refused` of them did answer, if only to refuse.
    """

    heard_at: datetime | None
    sources: int
    hosts: int
    refused: int


def are_we_deaf(silence: Silence, *, now: datetime) -> bool:
    """Say whether it is our own end that is down, as far as can be told from here."""
    if silence.heard_at is None or silence.refused:
        return False
    long_enough = now - silence.heard_at >= DEAF_AFTER
    return long_enough and silence.sources >= DEAF_SOURCES and silence.hosts >= DEAF_HOSTS
