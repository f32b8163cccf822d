"""How a place usually is: how often it has news, how much an answer carries; learned from each of its answers."""

from dataclasses import replace
from datetime import datetime, timedelta

from engagement.calendar import DAY
from engagement.dataclass import dataclass

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

# The newest gap counts as one of about five.
_WEIGHT = 0.2
_LONGEST_GAP_SECONDS = 30 * DAY


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
    learned = _with_news(habits, harvest, now=now)
    if harvest.carried > habits.most_carried:
        learned = replace(learned, most_carried=harvest.carried)
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


def _with_news(habits: Habits, harvest: Harvest, *, now: datetime) -> Habits:
    if not harvest.new:
        return habits
    newest_at, before = min(harvest.newest_at or now, now), habits.newest_at
    if before is None:
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


def is_silent(habits: Habits, *, now: datetime) -> bool:
    """Say whether a place has had nothing new for far longer than usual, as far as its usual gap is known."""
    if not habits.known_gap_seconds or not habits.newest_at:
        return False
    return now - habits.newest_at > max(SILENT_AT_LEAST, timedelta(seconds=SILENT_GAPS * habits.known_gap_seconds))


def is_overflowing(habits: Habits, *, now: datetime) -> bool:
    """Say whether answers were full of news twice within a day, so that posts between two of them may be missing."""
    return _lasts(habits.full_polls, FULL_POLLS, habits.full_at, FULL_FORGOTTEN_AFTER, now)


def is_churning(habits: Habits, *, now: datetime) -> bool:
    """Say whether old entries came under new ids twice within a week."""
    return _lasts(habits.churned_polls, CHURNED_POLLS, habits.churned_at, CHURN_FORGOTTEN_AFTER, now)


def _lasts(count: int, enough: int, last_at: datetime | None, forgotten_after: timedelta, now: datetime) -> bool:
    return count >= enough and last_at is not None and now - last_at < forgotten_after
