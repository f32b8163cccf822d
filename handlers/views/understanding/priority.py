"""How much something matters, in words: why it stands first, and what its number is made of."""

from collections.abc import Mapping
from typing import Final

from engagement.prose import join, short_duration
from engagement.understanding.priority import A_POINT, HIGHEST, Part, Priority, Why
from engagement.understanding.reading import Kind

# More would not be read; the History of a card has them all.
REASONS: Final = 3
# Said behind "it".
OF_KIND: Final[Mapping[Kind, str]] = {
    Kind.QUESTION: "asks a question",
    Kind.HELP: "asks for help",
    Kind.BUG: "reports a bug",
    Kind.COMPLAINT: "complains",
    Kind.WISH: "wishes for something",
    Kind.PRAISE: "praises us",
    Kind.COMPARISON: "compares us with others",
    Kind.NEWS: "is news",
    Kind.PROMO: "is a promotion",
    Kind.OTHER: "speaks of us",
}
OF_WHY: Final[Mapping[Why, str]] = {
    Why.MOOD: "does not sound happy",
    Why.OUTCOME: "is what we listen for",
    Why.ALARM: "speaks of an outage or a security hole",
    Why.REACH: "is liked by others",
    Why.UNANSWERED: "comes from somebody who never had an answer from us",
    Why.KNOWN: "comes from somebody who wrote about us before",
    Why.STALE: "was old when I found it",
}


def say_first(priority: Priority) -> str:
    """Return why something stands first in a list, in one line; nothing where nothing speaks for it."""
    heaviest = [_phrase(part, priority.kind) for part in priority.parts if part.points > 0][:REASONS]
    return f"First because it {join(heaviest)}" if heaviest else ""


def say_number(number: int) -> str:
    """Return a priority as it stands beside other facts."""
    return f"priority {number}"


def say_parts(priority: Priority) -> str:
    """Return a priority with all that it is made of, each with its points."""
    parts = [f"{_phrase(part, priority.kind)} ({part.points:+})" for part in priority.parts]
    made_of = f": it {', '.join(parts)}" if parts else ""
    return f"*Priority {priority.number}* of {HIGHEST}{made_of}"


def _phrase(part: Part, kind: Kind) -> str:
    if part.why is Why.KIND:
        return OF_KIND[kind]
    if part.why is Why.WAITING:
        return f"has waited {short_duration((part.points * A_POINT).total_seconds())}"
    return OF_WHY[part.why]
