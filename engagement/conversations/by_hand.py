"""Mentions that a person brings: a link that somebody found, or a talk that no feed carries."""

from datetime import datetime
from enum import StrEnum

from engagement.conversations.press import Act
from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.understanding.reading import Kind, Pillar, Reading, Tag

# Where people are met: one community, so that somebody who comes again is known.
IN_PERSON = "in person"


class FollowUp(StrEnum):
    """What whoever brings a mention says of the reply."""

    TEAM = "team"  # let the team decide
    NONE = "none"
    MINE = "mine"
    SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A web link somebody found, and what it is called: empty where that is the address again."""

    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation in person: with whom, where (may be empty), and what they said."""

    who: str
    where: str
    said: str


# What each means as presses on the card, in their order.
ACTS = {
    FollowUp.TEAM: (),
    FollowUp.NONE: (Act.LISTEN,),
    FollowUp.SOMEBODY: (Act.INTERACT,),
    FollowUp.MINE: (Act.INTERACT, Act.CLAIM),
}


def post_of(talk: Talk, *, key: str, at: datetime) -> Post:
    """Return a talk as a post without an address; `key` is its own and no other's."""
    return Post(
        keys=(key,),
        community=IN_PERSON,
        url="",
        title=f"{talk.who}, {talk.where}" if talk.where else talk.who,
        text=talk.said,
        author=talk.who,
        thread_key=key,
        published_at=at,
    )


def reading_of(read: Reading, kind: Kind) -> Reading:
    """Return how a talk reads: as it was `read`, but of the kind that whoever was there says."""
    return Reading(
        kind=kind,
        mood=read.mood,
        mood_words=read.mood_words,
        pillar=Pillar.IN_PERSON,
        suggested=Tag.LISTEN,
        reason="somebody of us was there",
        rules_version=read.rules_version,
        learned=read.learned,
    )
