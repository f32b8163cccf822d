"""Whose turn it is in a thread: who waits for an answer of ours, since when, and which answer of ours stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.dataclass import dataclass
from engagement.turns.said import Said, above, by_key, in_order, is_bare, is_line, is_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """How a thread stands: `waiting` are those who have no answer, the longest waiting first.

    `answered` are those who have one of ours, each with it, in the order of the answers; `solved` those who have one of
    somebody else, in the order in which that showed. `opened_by_us` is None where we do not know the opening.
    """

    waiting: tuple[Said, ...]
    answered: tuple[tuple[Said, Said], ...]
    solved: tuple[tuple[Said, Said], ...]
    opened_by_us: bool | None

    @property
    def answers(self) -> tuple[Said, ...]:
        """Ours that answered somebody, oldest first."""
        return tuple(dict.fromkeys(answer for _, answer in self.answered))

    @property
    def solution(self) -> Said | None:
        """Somebody else's answer that stands last; None where the last one is ours, or there is none.

        What the team had settled itself nobody has solved for it.
        """
        solutions = [solution for asked, solution in self.solved if asked.settled_at is None]
        theirs = max(solutions, key=lambda each: each.at, default=None)
        return None if theirs and self.answers and self.answers[-1].at >= theirs.at else theirs


def turns_of(said: Iterable[Said], *, thread_key: str) -> Turns:
    """Return how a thread stands, of which `said` is what we know, in any order.

    An answer is a post of ours that is not older than the question and stands under it, with nobody else's question
    between; in a line, any post of ours behind it. What stands right under the thread answers its opening, and somebody
    else in the thread only where they are the only one who waits: feeds of comments often do not say whom a comment
    answers.

    Somebody else has answered where the community marks their post as the answer to the opening, or where the asker
    thanks them: right under their post; in a line, where they spoke last before the thanks. Whoever had their answer
    and asks once more without naming us waits again: in a tree where that stands under a post of ours, or under nothing
    but their own. What programs wrote counts for nothing.
    """
    walk = _Walk(said, thread_key)
    for each in walk.ordered:
        if not each.by_program:
            walk.hear(each)
    return Turns(
        waiting=tuple(one for one in walk.waiting if one.settled_at is None),
        answered=tuple(walk.answered),
        solved=tuple(walk.solved),
        opened_by_us=None if walk.opening is None else bool(walk.opening.by),
    )


class _Walk:
    """A walk through a thread in the order in which it was written, and how it stands so far."""

    def __init__(self, said: Iterable[Said], thread_key: str) -> None:
        self.thread_key = thread_key
        self.is_line = is_line(thread_key)
        self.is_bare = is_bare(thread_key)
        self.ordered = in_order(said)
        self.opening = next((each for each in self.ordered if self.is_opening(each)), None)
        self.known = by_key(self.ordered)
        self.heard: list[Said] = []
        self.waiting: list[Said] = []
        self.answered: list[tuple[Said, Said]] = []
        self.solved: list[tuple[Said, Said]] = []

    def is_opening(self, post: Said) -> bool:
        return post.opens or self.thread_key in post.keys

    def hear(self, post: Said) -> None:
        if post.by:
            self._answer(post)
        else:
            self._solve(self._helped_by(post))
            self.waiting += [post] if post.asks or self._asks_us_on(post) else []
        self.heard.append(post)

    # Ours.

    def _answer(self, ours: Said) -> None:
        """Have ours answer who waits; else who was helped by others since we wrote, so that the last word is ours."""
        if not ours.counts or ours.opens:
            return
        found = self._answered_by(ours, self._waiting_at(ours.at))
        if not found:
            since = self.answered[-1][1].at if self.answered else None
            helped = [one for one, by in self.solved if one.waits_at(ours.at) and (since is None or by.at > since)]
            found = self._answered_by(ours, helped)
            self.solved = [each for each in self.solved if each[0] not in found]
        self.waiting = [one for one in self.waiting if one not in found]
        self.answered += [(one, ours) for one in found]

    def _answered_by(self, ours: Said, waiting: Sequence[Said]) -> list[Said]:
        if self.is_line:
            return list(waiting)
        if ours.parent_key == self.thread_key:
            openings = [each for each in waiting if self.is_opening(each)]
            if openings and not self.is_bare:
                return openings
            return list(waiting) if len(waiting) == 1 else []
        over = above(ours, self.known)
        asker = next((each for each in over if each.asks or each in waiting), None)
        return [each for each in waiting if asker and each in over and is_of(asker, each)]

    # Somebody else's.

    def _helped_by(self, post: Said) -> tuple[list[Said], Said | None]:
        """Return who has their answer, as this post of somebody else shows, and that answer."""
        waiting = [one for one in self._waiting_at(post.at) if not one.wanted]
        if post.accepted and post.counts:
            return [each for each in waiting if self.opening and is_of(self.opening, each)], post
        helper = self._thanked_by(post) if post.thanks and post.counts and post.author else None
        if helper is None:
            return [], None
        over = above(helper, self.known)
        mine = [each for each in waiting if each.author == post.author and each.at <= helper.at]
        return [each for each in mine if self.is_line or each in over], helper

    def _solve(self, helped: tuple[list[Said], Said | None]) -> None:
        askers, solution = helped
        if solution is not None:
            self.solved += [(one, solution) for one in askers]
            self.waiting = [one for one in self.waiting if one not in askers]

    def _thanked_by(self, thanks: Said) -> Said | None:
        """Return the post of somebody else that is thanked for; None where that is ours, or asks us something itself.

        Whose post it is must be known: whoever deleted theirs may have been the asker, or one of us.
        """
        before = reversed(self.heard) if self.is_line else above(thanks, self.known)
        helper = next((each for each in before if not each.by_program and each.author != thanks.author), None)
        return None if helper is None or helper.by or helper.asks or not helper.author else helper

    # Who asks.

    def _waiting_at(self, moment: datetime) -> list[Said]:
        return [one for one in self.waiting if one.waits_at(moment)]

    def _asks_us_on(self, post: Said) -> bool:
        """Whether somebody who had their answer asks us once more; while they wait, it is the same turn of theirs."""
        if not post.asks_on or not post.author:
            return False
        if any(one.author == post.author for one in self._waiting_at(post.at)):
            return False
        told = [one for one in self.waiting if one.told]
        had_a_word = [one for one, _ in (*self.answered, *self.solved)] + told
        return any(one.author == post.author for one in had_a_word) and self._is_meant_for_us(post)

    def _is_meant_for_us(self, post: Said) -> bool:
        if self.is_line or (self.is_bare and post.parent_key == self.thread_key):
            return True
        over = above(post, self.known)
        others = [each for each in over if not each.by_program and each.author != post.author]
        if others:
            return bool(others[0].by)
        # All of it is their own, as far up as the thread goes.
        return bool(over) and self.is_opening(over[-1])


def replies_to_ours(said: Iterable[Said], *, thread_key: str) -> tuple[int, int] | None:
    """Return how many posts of others answer a thread that we opened, and how many of them had no word back from us.

    None where others opened it, or where we do not know the opening. A word back is a post of ours that stands under
    theirs, however deep; in a line, any post of ours behind it.
    """
    ordered = in_order(said)
    if turns_of(ordered, thread_key=thread_key).opened_by_us is not True:
        return None
    known = by_key(ordered)
    replies = [each for each in ordered if not each.by and not each.by_program]
    ours = [each for each in ordered if each.by]
    if is_line(thread_key):
        return len(replies), sum(each.at > ours[-1].at for each in replies)
    heard = [one for each in ours for one in above(each, known)]
    return len(replies), sum(each not in heard for each in replies)
