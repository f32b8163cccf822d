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
# Trees whose feeds do not say, or not all of them, what a comment stands under: each looks as if it stood right under
# the thread.
BARE_TREES: Final = frozenset({"lemmy", "lobsters", "reddit", "youtube"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One post of a thread, as far as turns go.

    `keys` are its identities and `parent_key` the one of what it stands under, empty for what opens the thread. `by` is
    the Slack user who wrote it, empty for everybody but us. `asks`: a user waits for us because of it; praise never
    does, nor does what a program wrote. `settled_at` is when the team settled that otherwise than by a post. Of ours,
    `counts` is false where somebody said that it is no answer, and `heard_at` is when we first heard of it.
    """

    keys: tuple[str, ...]
    parent_key: str
    at: datetime
    author: str = ""
    by: str = ""
    asks: bool = False
    settled_at: datetime | None = None
    counts: bool = True
    heard_at: datetime | None = None
    url: str = ""

    @property
    def opens(self) -> bool:
        """Whether nothing stands above it."""
        return not self.parent_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """How a thread stands: `waiting` are those who have no answer of ours, the longest waiting first.

    `answered` are those who have one, each with it, in the order of the answers. `opened_by_us` is None where we do
    not know the opening.
    """

    waiting: tuple[Said, ...]
    answered: tuple[tuple[Said, Said], ...]
    opened_by_us: bool | None
    last_is_ours: bool

    @property
    def answers(self) -> tuple[Said, ...]:
        """Ours that answered somebody, oldest first."""
        return tuple(dict.fromkeys(answer for _, answer in self.answered))


def turns_of(said: Iterable[Said], *, thread_key: str) -> Turns:
    """Return how a thread stands, of which `said` is what we know, in any order.

    An answer is a post of ours that is not older than the question and stands under it, with nobody else's question
    between; in a line, any post of ours behind it. What stands right under the thread answers its opening, and somebody
    else in the thread only where they are the only one who waits: feeds of comments often do not say whom a comment
    answers.
    """
    ordered = sorted(said, key=lambda each: (each.at, bool(each.by), each.keys))
    by_key = {key: each for each in ordered for key in each.keys}
    waiting: list[Said] = []
    answered: list[tuple[Said, Said]] = []
    for each in ordered:
        if not each.by:
            waiting += [each] if each.asks else []
        elif each.counts:
            open_then = [one for one in waiting if one.settled_at is None or one.settled_at >= each.at]
            found = _answered_by(each, open_then, by_key, thread_key)
            answered += [(one, each) for one in found]
            waiting = [one for one in waiting if one not in found]
    opening = next((each for each in ordered if each.opens or thread_key in each.keys), None)
    return Turns(
        waiting=tuple(one for one in waiting if one.settled_at is None),
        answered=tuple(answered),
        opened_by_us=None if opening is None else bool(opening.by),
        last_is_ours=bool(ordered and ordered[-1].by),
    )


def _answered_by(ours: Said, waiting: Sequence[Said], by_key: Mapping[str, Said], thread_key: str) -> list[Said]:
    if ours.opens:
        return []
    if _starts_with(thread_key, LINES):
        return list(waiting)
    if ours.parent_key == thread_key:
        openings = [each for each in waiting if each.opens or thread_key in each.keys]
        if openings and not _starts_with(thread_key, BARE_TREES):
            return openings
        return list(waiting) if len(waiting) == 1 else []
    above = _above(ours, by_key)
    asker = next((each for each in above if each.asks), None)
    return [each for each in waiting if asker and each in above and _is_of(asker, each)]


def _is_of(asker: Said, question: Said) -> bool:
    """Whether the question is what `asker` is, or of the same person."""
    return question is asker or (bool(asker.author) and question.author == asker.author)


def _above(post: Said, by_key: Mapping[str, Said]) -> list[Said]:
    """Return what a post stands under, the nearest first."""
    above: list[Said] = []
    while (parent := by_key.get(post.parent_key)) and parent not in above:
        above.append(parent)
        post = parent
    return above


def _starts_with(thread_key: str, communities: frozenset[str]) -> bool:
    return thread_key.partition(":")[0] in communities


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
    if _starts_with(thread_key, LINES):
        return len(replies), sum(each.at > ours[-1].at for each in replies)
    heard = [one for each in ours for one in _above(each, by_key)]
    return len(replies), sum(each not in heard for each in replies)
