"""A feed that says it has moved for good (301, 308): when to believe it."""

from datetime import datetime, timedelta

from engagement.dataclass import dataclass

FOLLOW_AFTER = timedelta(days=7)
"""How long a server must name the same new address: mistakes of a server's configuration are mended sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a feed says it has moved to, and since when it says so; nowhere where `to` is empty."""

    to: str = ""
    since: datetime | None = None


NO_MOVE = Move()


def after_answer(move: Move, *, url: str, permanent_url: str, now: datetime) -> Move:
    """Return the move after the feed was read, by way of `permanent_url` (empty: it stands where it stood).

    Another target begins anew, an answer from the address itself or a redirect back to it ends it.
    """
    if not permanent_url or permanent_url == url:
        return NO_MOVE
    if permanent_url == move.to:
        return move
    return Move(to=permanent_url, since=now)


def address_to_adopt(move: Move, *, url: str, now: datetime) -> str:
    """Return the address to use from now on after the feed was read there, empty for the one it has.

    The same target for seven days, or at once where only http became https.
    """
    if move.since is None:
        return ""
    is_only_safer = move.to == "https://" + url.removeprefix("http://")
    return move.to if is_only_safer or now - move.since >= FOLLOW_AFTER else ""


def address_when_missing(move: Move, *, permanent_url: str) -> str:
    """Return the address to use when the old one answers 404 or 410 after it sent us elsewhere; empty if it did not."""
    return "" if permanent_url else move.to
