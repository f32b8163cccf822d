"""What is wrong with how we hear a place; decided from what its polls left behind, and slow to change its mind."""

from datetime import datetime, timedelta

from engagement.dataclass import dataclass
from engagement.listening.habits import Habits, is_churning, is_overflowing, is_silent
from engagement.listening.source import Source
from engagement.listening.trouble import FAILING, HABITUAL, Cause, Trouble

BROKEN_FAILURES = 3
BROKEN_AFTER = timedelta(hours=6)
"""A server that is mended within a working morning was a hiccup; three tries tell it from one bad moment."""

REFUSED_AFTER = timedelta(hours=1)
"""Being slowed down or locked out is the answer of a server that works: no need to wait as long as for a broken one."""

WELL_AFTER = timedelta(hours=1)
"""A place that failed is called well after an hour of answers: one that comes and goes would be told of all day."""

DEAF_AFTER = timedelta(minutes=15)
DEAF_SOURCES = 3
DEAF_HOSTS = 2
"""Places of several hosts that do not answer, and none that does for a quarter of an hour: that is our own network."""

HEARD_WITHIN = timedelta(hours=1)
HEARD_INTERVALS = 2
"""A place that is looked at less than hourly is heard if it answered at its latest look."""

_KIND_OF = {
    Cause.NO_ANSWER: Trouble.BROKEN,
    Cause.BROKEN: Trouble.BROKEN,
    Cause.CLOSED: Trouble.CLOSED,
    Cause.THROTTLED: Trouble.THROTTLED,
    Cause.GONE: Trouble.GONE,
}


def troubles_of(source: Source, *, now: datetime, is_deaf: bool = False) -> frozenset[Trouble]:
    """Return the troubles of a place after a poll; `source.troubles` are those before it.

    Of those that keep us from hearing it there is one at a time. While we hear nobody at all (`is_deaf`) no such
    trouble begins: it is ours.
    """
    found = {Trouble.MOVED} if source.move.to else set()
    failing = _failing(source, now, is_deaf=is_deaf)
    if failing:
        found.add(failing)
    # A place that does not answer does not show its habits either: what was known of them stays.
    found |= source.troubles & HABITUAL if source.is_sick else _habitual(source.habits, now)
    return frozenset(found)


def _failing(source: Source, now: datetime, *, is_deaf: bool) -> Trouble | None:
    before = next(iter(source.troubles & FAILING), None)
    if source.paused_at:
        return Trouble.GONE
    if source.cause is None or source.failing_since is None:
        is_well = source.well_since is None or now - source.well_since >= WELL_AFTER
        return None if is_well or before is Trouble.GONE else before
    kind, failing_for = _KIND_OF[source.cause], now - source.failing_since
    lasts = {
        Trouble.BROKEN: source.failures >= BROKEN_FAILURES and failing_for >= BROKEN_AFTER,
        Trouble.CLOSED: source.failures >= BROKEN_FAILURES and failing_for >= REFUSED_AFTER,
        Trouble.THROTTLED: failing_for >= REFUSED_AFTER,
        Trouble.GONE: False,
    }[kind]
    # A place that is deaf in one way and then in another is told of once.
    return before or (kind if lasts and not is_deaf else None)


def _habitual(habits: Habits, now: datetime) -> set[Trouble]:
    shown = {
        Trouble.SILENT: is_silent(habits, now=now),
        Trouble.OVERFLOWING: is_overflowing(habits, now=now),
        Trouble.CHURNING: is_churning(habits, now=now),
    }
    return {trouble for trouble, is_so in shown.items() if is_so}


def is_heard(source: Source, *, now: datetime) -> bool:
    """Say whether a place answered within the hour, or within two of its intervals where it is asked less often."""
    within = max(HEARD_WITHIN, HEARD_INTERVALS * timedelta(seconds=source.interval_seconds))
    return source.last_heard_at is not None and now - source.last_heard_at <= within


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
