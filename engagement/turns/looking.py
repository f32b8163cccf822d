"""When a thread is looked at by itself: shortly before a reply in it is due, and before a digest names it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from engagement.calendar import MINUTE
from engagement.dataclass import dataclass
from engagement.listening.pacing import back_off, spread_of

# So long before somebody is reminded, or late: an answer that stands there already spares them that.
AHEAD: Final = timedelta(minutes=10)
# A moment that passed while the bot was down is looked at afterwards, but not for ever: the digest looks there, too.
MISSED_FOR: Final = timedelta(hours=12)
# The rows of the next digest are looked at from then on, in the turns of their hosts: the tightest known host takes one
# request in five minutes.
BEFORE_DIGEST: Final = timedelta(minutes=20)
# What was looked at so lately may be said to have been.
FRESH_FOR: Final = timedelta(hours=1)
# After a failure, doubled with each.
RETRY_SECONDS: Final = 10 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What looks at a thread have left behind.

    `looked_at` is when it answered last, at `url`, with these validators; `tried_at` when we last tried. `reason` is
    why the latest try failed, in words for people, empty where it did not; `failures` counts those in a row, after
    which it is not asked before `again_at`. Not `readable` is a thread that its community lists nowhere.
    """

    url: str = ""
    etag: str = ""
    last_modified: str = ""
    looked_at: datetime | None = None
    tried_at: datetime | None = None
    again_at: datetime | None = None
    failures: int = 0
    reason: str = ""
    readable: bool = True

    def is_fresh(self, now: datetime) -> bool:
        """Return whether the thread was looked at within the last hour, and answered."""
        return self.looked_at is not None and now - self.looked_at < FRESH_FOR

    def is_let_alone(self, now: datetime) -> bool:
        """Return whether it is not asked now because it failed lately."""
        return self.again_at is not None and now < self.again_at


NEVER_LOOKED: Final = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread with a conversation of ours: its key, a post in it and when that was written, and the looks so far.

    `community` is what posts in it call theirs.
    """

    key: str
    community: str
    post_url: str
    since: datetime
    look: Look = NEVER_LOOKED


def is_due(look: Look, moments: Iterable[datetime | None], *, now: datetime) -> bool:
    """Return whether a thread is to be looked at now for one of the `moments`: a warning, and when a reply is due.

    Once for each, from shortly before it on; not while it is let alone after a failure.
    """
    return not look.is_let_alone(now) and any(
        moment is not None and moment - AHEAD <= now < moment + MISSED_FOR and not _looked_since(look, moment - AHEAD)
        for moment in moments
    )


def is_due_for_digest(look: Look, digest_at: datetime, *, now: datetime) -> bool:
    """Return whether a thread that the digest of `digest_at` would name is to be looked at before it."""
    begins_at = digest_at - BEFORE_DIGEST
    return begins_at <= now and not look.is_let_alone(now) and not _looked_since(look, begins_at)


def is_wanted(look: Look, *, begun: datetime) -> bool:
    """Return whether a thread is to be looked at for a digest that goes out now; its looks began at `begun`.

    Not one that was looked at within the hour, nor one that has just failed, once more.
    """
    tried_lately = look.tried_at is not None and begun - look.tried_at < FRESH_FOR
    was_tried = look.tried_at is not None and look.tried_at >= begun
    is_known = look.is_fresh(begun) or (tried_lately and not look.readable)
    return not (is_known or was_tried or look.is_let_alone(begun))


def _looked_since(look: Look, moment: datetime) -> bool:
    """Whether it answered since then, or its community lists it nowhere, which is as true now as then."""
    tried_at = look.looked_at if look.readable else look.tried_at
    return tried_at is not None and tried_at >= moment


def looked(url: str, *, etag: str, last_modified: str, now: datetime) -> Look:
    """Return what a look leaves behind that was answered."""
    return Look(url=url, etag=etag, last_modified=last_modified, looked_at=now, tried_at=now)


def in_vain(look: Look, reason: str, *, thread_key: str, now: datetime, asked: bool = True) -> Look:
    """Return what a look leaves behind that was not answered; not `asked` is one whose host had to wait.

    Each failure in a row doubles the time until the next try, up to a day.
    """
    if not asked:
        return replace(look, tried_at=now, reason=reason, readable=True)
    failures = look.failures + 1
    wait = back_off(RETRY_SECONDS, failures=failures, spread=spread_of(thread_key))
    again_at = now + timedelta(seconds=round(wait))
    return replace(look, tried_at=now, again_at=again_at, failures=failures, reason=reason, readable=True)


def nowhere(*, now: datetime) -> Look:
    """Return what is left of a look at a thread that its community lists nowhere."""
    return Look(tried_at=now, readable=False)
