"""Whose turn it is in a thread: who waits for an answer of ours, since when, and which answer of ours stands.

A thread is a tree on Hacker News or Reddit, where a comment answers the one it stands under, and a line on a forum or
in an issue, where it answers what was said before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

# By the beginning of a thread's key: where the parent of a post says nothing about whom it answers.
LINES: Final = frozenset({"discourse", "flarum", "github", "gitlab", "stackexchange"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One post of a thread, as far as turns go.

    `keys` are its identities and `parent_key` the one of what it stands under, empty for what opens the thread. `by` is
    the Slack user who wrote it, empty for everybody but us. `asks`: a user waits for us because of it; praise never
    does, nor does what a program wrote.
    """

    keys: tuple[str, ...]
    parent_key: str
    at: datetime
    by: str = ""
    asks: bool = False
    url: str = ""

    @property
    def opens(self) -> bool:
        """Whether nothing stands above it."""
        return not self.parent_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """How a thread stands: `waiting` are those who have no answer of ours, the longest waiting first.

    `answers` are ours that answered somebody, oldest first. `opened_by_us` is None where we do not know the opening.
    """

    waiting: tuple[Said, ...]
    answers: tuple[Said, ...]
    opened_by_us: bool | None
    last_is_ours: bool


def turns_of(said: Iterable[Said], *, thread_key: str) -> Turns:
    """Return how a thread stands, of which `said` is what we know, in any order.

    An answer is a post of ours that is not older than the question and stands under it; in a line, any post of ours
    behind it. What stands right under the thread answers its opening, and somebody else in the thread only where they
    are the only one who waits: feeds of comments often do not say whom a comment answers.
    """
    ordered = sorted(said, key=lambda each: (each.at, bool(each.by), each.keys))
    by_key = {key: each for each in ordered for key in each.keys}
    waiting: list[Said] = []
    answers: list[Said] = []
    for each in ordered:
        if not each.by:
            waiting += [each] if each.asks else []
            continue
        answered = _answered_by(each, waiting, by_key, thread_key)
        if answered:
            answers.append(each)
            waiting = [one for one in waiting if one not in answered]
    opening = next((each for each in ordered if each.opens or thread_key in each.keys), None)
    return Turns(
        waiting=tuple(waiting),
        answers=tuple(answers),
        opened_by_us=None if opening is None else bool(opening.by),
        last_is_ours=bool(ordered and ordered[-1].by),
    )


def _answered_by(ours: Said, waiting: Sequence[Said], by_key: Mapping[str, Said], thread_key: str) -> list[Said]:
    if ours.opens:
        return []
    if _is_line(thread_key):
        return list(waiting)
    above = _above(ours, by_key)
    under = [each for each in waiting if each in above]
    if under:
        return under
    stands_right_under = ours.parent_key == thread_key
    openings = [each for each in waiting if stands_right_under and each.opens]
    if openings:
        return openings
    return list(waiting) if stands_right_under and len(waiting) == 1 else []


def _above(post: Said, by_key: Mapping[str, Said]) -> list[Said]:
    """Return what a post stands under, the nearest first."""
    above: list[Said] = []
    while (parent := by_key.get(post.parent_key)) and parent not in above:
        above.append(parent)
        post = parent
    return above


def _is_line(thread_key: str) -> bool:
    return thread_key.partition(":")[0] in LINES


def replies_to_ours(said: Iterable[Said], *, thread_key: str) -> tuple[int, int] | None:
    """Return how many posts of others answer a thread that we opened, and how many of them had no word back from us.

    None where others opened it, or where we do not know the opening. A word back is a post of ours that stands under
    theirs, however deep; in a line, any post of ours behind it.
    """
    ordered = sorted(said, key=lambda each: (each.at, bool(each.by), each.keys))
    if turns_of(ordered, thread_key=thread_key).opened_by_us is not True:
        return None
    by_key = {key: each for each in ordered for key in each.keys}
    replies = [each for each in ordered if not each.by]
    ours = [each for each in ordered if each.by]
    if _is_line(thread_key):
        return len(replies), sum(each.at > ours[-1].at for each in replies)
    heard = [one for each in ours for one in _above(each, by_key)]
    return len(replies), sum(each not in heard for each in replies)
