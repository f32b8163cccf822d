"""The same story in several conversations: which copies go into the thread of the first card, and which keep their own.

A copy that asks us something always keeps its card: whoever asked there waits for an answer there.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.understanding.reading import PASSED_ON, Pillar, Reading

# So long after the first card a copy is one of the same story: a digest's week. A headline that comes again every month
# ("Release notes", "What do you host?") is news each time.
TOLD_WITHIN: Final = timedelta(days=7)


class Sameness(StrEnum):
    """How sure it is that two posts tell the same story."""

    SAME = "same"
    PERHAPS = "perhaps"
    DIFFERENT = "different"


class Beside(StrEnum):
    """What the text of a later telling says beside its headline."""

    NOTHING = "nothing"
    THE_SAME = "the same"  # what the first one says
    ITS_OWN = "its own"
    UNREAD = "unread"  # in a language that our rules do not read: nobody knows whether it asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """How alike two posts are: what that makes them, and the `likeness` itself, in [0, 1], which says who is nearest.

    `beside` is what the text of the later one says, once somebody has looked.
    """

    sameness: Sameness
    likeness: float
    beside: Beside = Beside.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What finds the posts that may tell the same story. `exact` ones are equal only for copies; `words` are shared.

    Posts that share no exact mark and fewer than two words are not the same story.
    """

    exact: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How triage tells whether two posts tell the same story: by what to seek others, and how alike two are.

    `beside` takes longer than `alike`, which does not ask it: only of what is the same story, and of the nearest, is
    asked what it says.
    """

    marks_of: Callable[[Post], Marks]
    alike: Callable[[Post, Post], Alike]
    beside: Callable[[Post, Post], Beside]


def tells_a_story(post: Post) -> bool:
    """Return whether a post can be a copy of another, or have copies: it opens its thread, in a community.

    Whoever answers in a thread talks, also where the feed puts the title of the thread above their words.
    """
    return bool(post.url and not post.parent_key and (post.title.strip() or post.text.strip()))


def takes_copies(conversation: Conversation, *, opened_at: datetime, at: datetime) -> bool:
    """Return whether copies go into the thread of this conversation's card: it is ours, heard, and new enough."""
    taken_out = conversation.dismissed_by or conversation.is_muted or conversation.unsure
    return not taken_out and at - opened_at <= TOLD_WITHIN


def goes_into_thread(alike: Alike, reading: Reading, *, asks: bool) -> bool:
    """Return whether a copy, read so, gets no card: surely the same, asking nothing, and saying nothing of its own.

    What a person wrote in words of their own may be another matter under the same headline: that is for people to say.
    So are two people who praise us with the same few words, and what nobody could read: it may ask us something.
    """
    if asks or alike.sameness is not Sameness.SAME:
        return False
    if reading.kind in PASSED_ON:
        return True
    if alike.beside is Beside.UNREAD:
        return False
    return reading.pillar is not Pillar.USER_INITIATED or alike.beside is Beside.THE_SAME


def may_be_put_together(conversation: Conversation, *, ours_to_answer: bool) -> bool:
    """Return whether somebody may put the conversation into the thread of what it is the same story as.

    Not where somebody waits in it, or something was decided: both would be out of sight there.
    """
    is_new = conversation.is_untouched and conversation.reply.state is ReplyState.NONE
    unlike = conversation.told_in or conversation.unsure or not conversation.alike_to
    return is_new and not unlike and not ours_to_answer


def put_into(conversation: Conversation, earlier: int, *, by: str) -> Conversation:
    """Return the conversation as it stands in the thread of an earlier one's card; `by` is empty for the bot."""
    return replace(conversation, told_in=earlier, apart_from=0, placed_by=by)


def taken_out(conversation: Conversation, *, by: str) -> Conversation:
    """Return the conversation as it stands by itself again.

    Where a person says so, the two are not the same story; the bot only knows that somebody asks us in it.
    """
    return replace(conversation, told_in=0, apart_from=conversation.alike_to if by else 0, placed_by=by)
