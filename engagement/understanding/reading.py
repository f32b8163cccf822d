"""What a mention says, as understood by triage: kind, mood, pillar, and what to do about it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from engagement.dataclass import dataclass


class Tag(StrEnum):
    """What the team decided: the steps of the escalator before the sale (E. Qualman)."""

    LISTEN = "listen"
    INTERACT = "interact"
    REACT = "react"


class Kind(StrEnum):
    """What sort of thing a person wrote."""

    QUESTION = "question"
    HELP = "help"
    BUG = "bug"
    COMPLAINT = "complaint"
    WISH = "wish"
    PRAISE = "praise"
    COMPARISON = "comparison"
    NEWS = "news"
    PROMO = "promo"
    OTHER = "other"


class Mood(StrEnum):
    """How it sounds; a hint with its words, never a filter."""

    GOOD = "good"
    BAD = "bad"
    MIXED = "mixed"
    UNSURE = "unsure"


class Pillar(StrEnum):
    """How a conversation began (the five pillars of engagement)."""

    USER_INITIATED = "user-initiated"
    PROVIDER_INITIATED = "provider-initiated"
    ASSOCIATION = "association"
    IDENTITY = "identity"
    IN_PERSON = "in-person"


class Saying(StrEnum):
    """What a later post of a thread says to whoever follows it, whether or not it names us."""

    NOTHING = ""
    ASKS = "asks"
    THANKS = "thanks"  # its author was helped, and asks nothing more
    AUTOMATIC = "automatic"  # a program wrote it, under whatever name


# Praise is thanked, never "unanswered".
OURS_TO_ANSWER = frozenset({Kind.QUESTION, Kind.HELP, Kind.BUG, Kind.COMPLAINT, Kind.WISH})
# Of these, what asks somebody for something; the others say what is wrong, to whoever it may concern.
ASKING = frozenset({Kind.QUESTION, Kind.HELP, Kind.WISH})
# In these somebody passes on what others said, and asks for nothing; in all else they say something of their own.
PASSED_ON = frozenset({Kind.NEWS, Kind.PROMO})

# What is done about each kind, where nothing else speaks: join in with who asks, praises or compares, change what hurts
# or is missing, hear the rest.
TAG_OF: Final[Mapping[Kind, Tag]] = {
    Kind.QUESTION: Tag.INTERACT,
    Kind.HELP: Tag.INTERACT,
    Kind.PRAISE: Tag.INTERACT,
    Kind.BUG: Tag.REACT,
    Kind.COMPLAINT: Tag.REACT,
    Kind.WISH: Tag.REACT,
    Kind.COMPARISON: Tag.INTERACT,
    Kind.NEWS: Tag.LISTEN,
    Kind.PROMO: Tag.LISTEN,
    Kind.OTHER: Tag.LISTEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How triage understood one post for one watch, each label with its reason.

    `reason` is one line for the suggested tag, fit to stand after "Suggested: *Interact*, ".
    `mood_words` are the words that decided the mood, in order of weight; may be empty. `rules_version` says which rules
    read it. `learned` says what of the mood comes from corrections in this workspace; empty where nothing does.
    It `alarms` where it speaks of an outage or a security hole, whatever kind it is.
    """

    kind: Kind
    mood: Mood
    pillar: Pillar
    suggested: Tag
    reason: str
    mood_words: tuple[str, ...] = ()
    rules_version: int = 0
    learned: str = ""
    alarms: bool = False

    @property
    def ours_to_answer(self) -> bool:
        """Whether a user waits for us, before anybody decided: their question, help, bug, complaint or wish."""
        return self.pillar is Pillar.USER_INITIATED and self.kind in OURS_TO_ANSWER
