"""What a changed query would have heard in the last weeks: what comes, what goes, and what the team said of it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Final

from engagement.dataclass import dataclass
from engagement.post import Post, StoredPost

LOOKED_BACK: Final = timedelta(days=28)


class Verdict(StrEnum):
    """What the team said of a post, if anything."""

    US = "us"
    NOT_US = "not_us"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A post that was heard, and what the team said of it."""

    stored: StoredPost
    verdict: Verdict = Verdict.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How many posts were looked at, how many are mentions by the query before and after, and the difference.

    Both lists begin with what the change would have to answer for; of the same verdict, the newest is first.
    """

    posts: int
    before: int
    after: int
    gained: tuple[Judged, ...] = ()
    lost: tuple[Judged, ...] = ()


# What a change would have to answer for comes first: a loss of what the team took up, a gain of what it dismissed.
_LOST_ORDER: Final = (Verdict.US, Verdict.NONE, Verdict.NOT_US)
_GAINED_ORDER: Final = (Verdict.NOT_US, Verdict.NONE, Verdict.US)
Holds = Callable[[Post], bool]


def replay(heard: Iterable[Judged], before: Holds, after: Holds) -> Replay:
    """Return what `after` finds among the posts `heard`, beside what `before` does."""
    judged = [(each, before(each.stored.post), after(each.stored.post)) for each in heard]
    gained = [each for each, did, does in judged if does and not did]
    lost = [each for each, did, does in judged if did and not does]
    return Replay(
        posts=len(judged),
        before=sum(did for _, did, _ in judged),
        after=sum(does for _, _, does in judged),
        gained=_ordered(gained, _GAINED_ORDER),
        lost=_ordered(lost, _LOST_ORDER),
    )


def _ordered(judged: Iterable[Judged], order: tuple[Verdict, ...]) -> tuple[Judged, ...]:
    newest_first = sorted(judged, key=lambda each: (each.stored.written_at, each.stored.id), reverse=True)
    return tuple(sorted(newest_first, key=lambda each: order.index(each.verdict)))
