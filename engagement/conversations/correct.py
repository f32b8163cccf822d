"""Corrections: what people say about a mention that we read otherwise. They count at once, and are kept as labels."""

from datetime import datetime
from enum import StrEnum

from engagement.conversations.conversation import Conversation
from engagement.dataclass import dataclass
from engagement.understanding.reading import Reading


class Field(StrEnum):
    """What can be corrected."""

    KIND = "kind"
    MOOD = "mood"
    PILLAR = "pillar"
    US = "us"


# The values of `Field.US`.
ABOUT_US, NOT_US, UNSURE = "us", "not us", "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One label: `field` was read as `was`, and a person says that it is `became`; who and when once it is stored."""

    field: Field
    was: str
    became: str
    by: str = ""
    at: datetime | None = None


def corrections(before: Reading, after: Reading) -> tuple[Correction, ...]:
    """Return what somebody corrected who turned the reading `before` into `after`; empty when nothing differs."""
    pairs = (
        (Field.KIND, before.kind, after.kind),
        (Field.MOOD, before.mood, after.mood),
        (Field.PILLAR, before.pillar, after.pillar),
    )
    return tuple(
        Correction(field=field, was=was.value, became=became.value) for field, was, became in pairs if was != became
    )


def correction_of_us(before: Conversation, after: Conversation) -> tuple[Correction, ...]:
    """Return the label that *Us*, *Not us* or its Undo gives; empty when none of them happened."""
    was, became = _whose(before), _whose(after)
    return (Correction(field=Field.US, was=was, became=became),) if was != became else ()


def _whose(conversation: Conversation) -> str:
    if conversation.dismissed_by:
        return NOT_US
    return UNSURE if conversation.unsure else ABOUT_US
