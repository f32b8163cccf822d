"""Whose turn it is once something shipped: those who asked for it are to hear of it, whatever we said before."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from engagement.dataclass import dataclass
from engagement.turns.said import Said
from engagement.turns.whose_turn import Turns, turns_of


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What shipped at `shipped_at` (aware UTC), and the mentions to answer with it, by their numbers.

    `settled_at` is when the team said that they were told, None while it has not.
    """

    shipped_at: datetime
    to_tell: Mapping[int, Said]
    settled_at: datetime | None = None

    @property
    def asked(self) -> dict[int, Said]:
        """Those mentions as they wait since it shipped."""
        return {
            number: replace(
                each,
                at=max(each.at, self.shipped_at),
                asks=True,
                wanted=True,
                settled_at=self.settled_at or _gone(each, self),
            )
            for number, each in self.to_tell.items()
        }


def turns_with_news(turns: Turns, said: Iterable[Said], news: News, *, thread_key: str) -> Turns:
    """Return how a thread stands that stood as in `turns` without the news.

    What we wrote before it shipped tells nobody of it.
    """
    anew = news.asked
    by_keys = {each.keys: anew[number] for number, each in news.to_tell.items()}
    of_news = turns_of((by_keys.get(each.keys) or _beside(each) for each in said), thread_key=thread_key)
    return replace(
        turns,
        waiting=tuple(sorted((*turns.waiting, *of_news.waiting), key=lambda each: each.at)),
        answered=tuple(sorted((*turns.answered, *of_news.answered), key=lambda pair: pair[1].at)),
    )


def _beside(said: Said) -> Said:
    """Return what else stands in the thread: whoever asks in it waits for something else than the news."""
    return replace(said, asks=False, asks_on=False)


def _gone(said: Said, news: News) -> datetime | None:
    """Return when somebody took their words away whom we were to answer; None for what was settled otherwise."""
    return said.settled_at if said.settled_at and said.settled_at > news.shipped_at else None
