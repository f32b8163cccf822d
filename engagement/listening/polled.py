"""What a poll makes of a source: its next turn, its health, its address. The row is written as it comes out of here."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from engagement.dataclass import dataclass
from engagement.listening.habits import Habits, Harvest, learn
from engagement.listening.health import troubles_of
from engagement.listening.moving import address_to_adopt, address_when_missing, after_answer
from engagement.listening.pacing import interval_of, next_poll, spread_of
from engagement.listening.source import Source
from engagement.listening.trouble import FAILING, Cause, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an answer said beside its posts.

    `ttl_seconds` and `marks` are None where it was not read (304, or the same body).
    """

    etag: str
    last_modified: str
    body_hash: str
    fresh_seconds: int | None = None
    ttl_seconds: int | None = None
    permanent_url: str = ""
    marks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there was no answer: `reason` for people, `cause` for the rules.

    `retry_after_seconds` is how long the source itself is to wait, None where its host does, or nothing was said.
    """

    reason: str
    cause: Cause
    retry_after_seconds: int | None = None
    is_missing: bool = False
    permanent_url: str = ""


def heard(source: Source, answer: Answer, harvest: Harvest, *, now: datetime) -> Source:
    """Return the source after it answered; `adopted` says whether it is to have another address."""
    habits = learn(
        source.habits,
        harvest,
        last_heard_at=source.last_heard_at,
        interval_seconds=_interval(source, source.habits, source.ttl_seconds, now),
        now=now,
    )
    ttl_seconds = source.ttl_seconds if answer.ttl_seconds is None else answer.ttl_seconds
    asked_seconds = max(answer.fresh_seconds or 0, ttl_seconds)
    after = replace(
        source,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash,
        ttl_seconds=ttl_seconds,
        marks=source.marks if answer.marks is None else answer.marks,
        move=after_answer(source.move, url=source.url, permanent_url=answer.permanent_url, now=now),
        habits=habits,
        failures=0,
        cause=None,
        last_error="",
        failing_since=None,
        well_since=source.well_since or now,
        tried_at=now,
        last_heard_at=now,
        first_polled_at=source.first_polled_at or now,
        paused_at=None,
        next_poll_at=next_poll(
            now=now,
            interval_seconds=_interval(source, habits, asked_seconds, now),
            failures=0,
            retry_after_seconds=None,
            spread=spread_of(source.url),
            is_first=source.first_polled_at is None,
        ),
    )
    troubles = troubles_of(after, now=now)
    # Nearly always they are what they were, and to make a source anew is a quarter of what is done here.
    return after if troubles == source.troubles else replace(after, troubles=troubles)


def failed(source: Source, failure: Failure, *, now: datetime, is_deaf: bool) -> Source:
    """Return the source after it did not answer.

    While we hear nobody at all (`is_deaf`) it is asked again after its interval, without back-off: it is not its
    fault, and whoever answers first tells us that we hear again. A feed that is closed for good is paused.
    """
    failures = source.failures + 1
    again = next_poll(
        now=now,
        interval_seconds=source.interval_seconds,
        failures=0 if is_deaf else failures,
        retry_after_seconds=failure.retry_after_seconds,
        spread=spread_of(source.url),
    )
    after = replace(
        source,
        failures=failures,
        cause=failure.cause,
        last_error=failure.reason,
        failing_since=source.failing_since or now,
        well_since=None,
        tried_at=now,
        next_poll_at=again,
        paused_at=now if failure.cause is Cause.GONE and not adopted_after_failure(source, failure) else None,
    )
    return replace(after, troubles=troubles_of(after, now=now, is_deaf=is_deaf))


def adopted(source: Source, *, now: datetime) -> str:
    """Return the address a source is to have after `heard`, empty for the one it has."""
    return address_to_adopt(source.move, url=source.url, now=now)


def adopted_after_failure(source: Source, failure: Failure) -> str:
    """Return the address a source is to have after `failed`, empty for the one it has."""
    is_missing = failure.is_missing or failure.cause is Cause.GONE
    return address_when_missing(source.move, permanent_url=failure.permanent_url) if is_missing else ""


def detail_of(source: Source, trouble: Trouble) -> str:
    """Return what people want to know about a trouble that begins: why it fails, or which host it moved to."""
    if trouble is Trouble.MOVED:
        return urlsplit(source.move.to).hostname or ""
    return source.last_error if trouble in FAILING else ""


def _interval(source: Source, habits: Habits, asked_seconds: int, now: datetime) -> float:
    return interval_of(
        configured_seconds=source.interval_seconds,
        asked_seconds=asked_seconds,
        usual_gap_seconds=habits.known_gap_seconds,
        quiet_seconds=(now - habits.newest_at).total_seconds() if habits.newest_at else 0,
        is_overflowing=habits.full_at == now,
    )
