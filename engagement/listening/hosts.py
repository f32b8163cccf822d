"""How often one public host lets itself be asked: a gap between two requests, learned from its answers."""

from dataclasses import replace
from datetime import datetime, timedelta

from engagement.calendar import DAY, HOUR, MINUTE
from engagement.dataclass import dataclass
from engagement.listening.pacing import back_off, spread_of

LONGEST_GAP_SECONDS = HOUR
"""However often a host refuses, the gap itself grows no further than this; single waits may be longer."""

SHORTEST_REFUSED_SECONDS = MINUTE
"""A host that asks us to slow down without saying for how long is left alone for a minute at least."""

LONGEST_HOST_WAIT = timedelta(seconds=DAY + HOUR)
"""No host waits for more than a day: what lies farther away was written by a clock that ran ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a host says it still takes from us: `remaining` requests until it counts anew, in `reset_seconds`."""

    remaining: int
    reset_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How we may ask a host: not before `next_at`, and then one request every `gap_seconds`.

    `refusals` counts answers in a row that asked us to slow down, the first of them at `refused_since`.
    """

    host: str
    next_at: datetime
    gap_seconds: int
    refusals: int = 0
    refused_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSaid:
    """What a host said about being asked; `usual_gap_seconds` is what it is known to take.

    `pause_seconds` is how long it wants to be left alone, as its API says; where it refused, `retry_after_seconds` is
    the same as its headers say, None if they do not.
    """

    host: str
    usual_gap_seconds: int
    allowance: Allowance | None = None
    pause_seconds: int = 0
    is_refusal: bool = False
    retry_after_seconds: int | None = None


def waits_until(pace: Pace, *, now: datetime) -> datetime | None:
    """Return when the host may be asked next, None if it may be asked now."""
    return pace.next_at if now < pace.next_at <= now + LONGEST_HOST_WAIT else None


def started(pace: Pace, *, now: datetime) -> Pace:
    """Return the pace once a request begins: the next one to this host waits for the gap."""
    return replace(pace, next_at=now + timedelta(seconds=pace.gap_seconds))


def taught(pace: Pace | None, said: HostSaid, *, now: datetime) -> Pace:
    """Return the pace after the host said something; it is new to us (None) where a redirect led there first."""
    pace = pace or Pace(host=said.host, next_at=now, gap_seconds=said.usual_gap_seconds)
    if said.is_refusal:
        return refused(pace, retry_after_seconds=said.retry_after_seconds, now=now)
    return answered(
        pace,
        usual_gap_seconds=said.usual_gap_seconds,
        allowance=said.allowance,
        pause_seconds=said.pause_seconds,
        now=now,
    )


def answered(
    pace: Pace, *, usual_gap_seconds: int, allowance: Allowance | None, pause_seconds: int, now: datetime
) -> Pace:
    """Return the pace after the host answered.

    What it still takes is spread over the time until it counts anew. A gap that is longer than need be shrinks by a
    fifth with each answer, never below the usual one. `pause_seconds` is how long an API wants to be left alone.
    """
    needed, pause = usual_gap_seconds, pause_seconds
    if allowance and allowance.remaining > 0:
        needed = max(needed, min(DAY, -(-allowance.reset_seconds // allowance.remaining)))
    elif allowance:
        needed, pause = max(needed, pace.gap_seconds), max(pause, allowance.reset_seconds)
    if needed > pace.gap_seconds:
        pause = max(pause, needed)
    return replace(
        pace,
        gap_seconds=max(needed, pace.gap_seconds * 4 // 5),
        next_at=max(pace.next_at, now + timedelta(seconds=min(pause, DAY))),
        refusals=0,
        refused_since=None,
    )


def refused(pace: Pace, *, retry_after_seconds: int | None, now: datetime) -> Pace:
    """Return the pace after the host asked us to slow down: all its sources wait, and the gap doubles.

    They wait as long as it says (0 is an answer, too), else exponentially by its own count with full jitter, at most
    24 hours.
    """
    refusals = pace.refusals + 1
    gap = max(pace.gap_seconds, min(2 * pace.gap_seconds, LONGEST_GAP_SECONDS))
    wait: float
    if retry_after_seconds is None:
        wait = back_off(max(gap, SHORTEST_REFUSED_SECONDS), failures=refusals, spread=spread_of(pace.host))
    else:
        wait = max(gap, min(retry_after_seconds, DAY))
    return replace(
        pace,
        gap_seconds=gap,
        next_at=max(pace.next_at, now + timedelta(seconds=wait)),
        refusals=refusals,
        refused_since=pace.refused_since or now,
    )
