"""A mute as people type it: "u/name on r/selfhosted for a week", "r/selfhosted", "all of Mastodon for 3 days"."""

import re
from datetime import datetime, timedelta

from engagement.dataclass import dataclass

# What people may type; for whoever is told what is expected.
EXAMPLES = ("u/name on r/selfhosted for a week", "r/selfhosted for a day", "all of Mastodon")

_SPOKEN = re.compile(
    r"(?:(?P<all>all of)\s+)?(?P<who>.+?)(?:\s+(?:on|in)\s+(?P<where>.+?))?(?:\s+for\s+(?P<time>good|ever|\w+\s+\w+))?",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(r"(an?|\d{1,4})\s+(hour|day|week|month)s?", re.IGNORECASE | re.ASCII)
_UNITS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteWish:
    """What somebody wants no cards of: a person, where they write or everywhere, or a whole community.

    `who` is the person; or the community, which only the rows can tell unless `is_all` says so. `until` is None for
    good.
    """

    who: str
    where: str
    is_all: bool
    until: datetime | None


def read_mute(typed: str, *, now: datetime) -> MuteWish | None:
    """Return what somebody typed as a mute that begins `now`, None for what is none. Without a time it is for good."""
    found = _SPOKEN.fullmatch(" ".join(typed.split()))
    if found is None or (found["all"] and found["where"]):
        return None
    try:
        until = _until(found["time"] or "good", now)
    except (ValueError, OverflowError):
        return None
    return MuteWish(who=found["who"], where=found["where"] or "", is_all=bool(found["all"]), until=until)


def _until(spoken: str, now: datetime) -> datetime | None:
    """Return when the mute ends, None for good. Raises ValueError for what is no time."""
    if spoken.lower() in ("good", "ever"):
        return None
    found = _TIME.fullmatch(spoken)
    if found is None or not (count := _count(found[1])):
        raise ValueError("this is no time")
    return now + count * _UNITS[found[2].lower()]


def _count(word: str) -> int:
    return 1 if word.lower() in ("a", "an") else int(word)
