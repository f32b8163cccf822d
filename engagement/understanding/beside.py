"""What *Us* and *Not us* teach: that a word beside a name tells whether we are meant; counted, and sayable."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final

from engagement.conversations.conversation import Conversation
from engagement.conversations.press import Act
from engagement.dataclass import dataclass
from engagement.prose import times

ENOUGH: Final = 3
"""Posts with a word that were all about us, or all not, before it tells; and of the other sort, with whatever words.

Copies of one story are one post here: a headline that was copied to three sites would teach all its words.
Without those of the other sort nobody knows that the word tells anything: it may stand in every post.
"""


PUT_ASIDE_WITHIN: Final = timedelta(days=7)
"""Of what was put aside before, and that nobody answered, nobody will say anything any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedBeside:
    """A word of which all `posts` of a watch that had it beside a name were about us (`is_us`), or all were not."""

    id: int
    watch_id: int
    word: str
    is_us: bool
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How many posts of a watch people said to be about us, or not; of all, or of those with one word."""

    us: int = 0
    not_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """Whether a post is surely about us by all that is known, and what of that was learned, in words."""

    sure: bool
    said: str = ""


class Verdict(StrEnum):
    """What a decision says of what opened a conversation."""

    US = "us"
    NOT_US = "not us"
    TAKEN_BACK = "taken back"


def verdict_of(before: Conversation, after: Conversation, act: Act) -> Verdict | None:
    """Return what a decision says: about us (tagged, or *Us*), not about us, or that was undone; None for nothing."""
    if after.dismissed_by:
        return Verdict.NOT_US if not before.dismissed_by else None
    if act is Act.US or (after.tag is not None and (before.tag is None or before.dismissed_by)):
        return Verdict.US
    return Verdict.TAKEN_BACK if before.dismissed_by or (before.tag is not None and after.tag is None) else None


def what_it_tells(with_word: Judged, of_all: Judged, *, asks: bool) -> bool | None:
    """Return whether posts with the word are about us, or are not; None while too few were judged, or they differ.

    That they are is learned only where the watch `asks` for words near its names: else all are ours unless something
    speaks against it, and half of the dictionary would be learned.
    """
    if asks and with_word.us >= ENOUGH and not with_word.not_us and of_all.not_us >= ENOUGH:
        return True
    if with_word.not_us >= ENOUGH and not with_word.us and of_all.us >= ENOUGH:
        return False
    return None


def as_taught(
    *, sure: bool, is_ours: bool, beside: Iterable[str], learned: Sequence[LearnedBeside], name: str
) -> Taught:
    """Return whether a post is about us, `sure` by the rules of its watch, where some words were learned.

    What has something of ours in it is, and words that differ change nothing. A learned word never takes a post away:
    at most, somebody is asked.
    """
    words = frozenset(beside)
    found = [each for each in learned if each.word in words]
    told = {each.is_us for each in found}
    if is_ours or len(told) != 1 or told == {sure}:
        return Taught(sure=sure)
    strongest = max(found, key=lambda each: (each.posts, each.word))
    return Taught(sure=strongest.is_us, said=say_beside(strongest, name=name))


def say_beside(learned: LearnedBeside, *, name: str) -> str:
    """Return "3 of 3 posts with “moon” near “Apollo” were not us"."""
    near = f" near “{name}”" if name else " near the name"
    posts = times(learned.posts, "post")
    return f"{learned.posts:,} of {posts} with “{learned.word}”{near} were {'' if learned.is_us else 'not '}us"


def may_be_put_aside(*, waiting: int, judged: int) -> bool:
    """Return whether a learned word may make another post of a watch unsure, of which `waiting` wait for an answer.

    Never more than people `judged` to be not us: a handful of presses puts a handful aside, and each answer lets it do
    more, or takes the word back.
    """
    return waiting < judged


def say_shown(said: str, *, waiting: int) -> str:
    """Return why a post has its card although what was learned speaks against it."""
    return f"shown although {said}: {waiting:,} like it wait for an answer"
