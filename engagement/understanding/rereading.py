"""Reading history anew after an upgrade: what newer rules may change, and what people have decided."""

from engagement.conversations.conversation import Conversation
from engagement.dataclass import dataclass
from engagement.understanding.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What came of it: mentions read anew, how many differ in each label, and cards that show something else now.

    `left` are those that nobody can read: their watch has a row that makes no sense.
    """

    count: int = 0
    suggestions: int = 0
    moods: int = 0
    kinds: int = 0
    cards: int = 0
    left: int = 0

    def __add__(self, other: "Reread") -> "Reread":
        """Return both together."""
        return Reread(
            count=self.count + other.count,
            suggestions=self.suggestions + other.suggestions,
            moods=self.moods + other.moods,
            kinds=self.kinds + other.kinds,
            cards=self.cards + other.cards,
            left=self.left + other.left,
        )


def what_differs(before: Reading, after: Reading, *, on_a_card: bool) -> Reread:
    """Return what became of one mention; `on_a_card` where somebody sees it who has not decided yet."""
    return Reread(
        count=1,
        suggestions=int(before.suggested is not after.suggested),
        moods=int(before.mood is not after.mood),
        kinds=int(before.kind is not after.kind),
        cards=int(on_a_card and shows_otherwise(before, after)),
    )


def shows_otherwise(before: Reading, after: Reading) -> bool:
    """Return whether a card says something else now."""
    return _shown(before) != _shown(after)


def waits_after_all(conversation: Conversation, before: Reading, after: Reading, *, waits: bool) -> bool:
    """Return whether a mention waits for us that `waits` until now and reads otherwise.

    Where somebody has decided, what they saw counts. What was silenced (muted, withdrawn) waits for nobody whatever it
    was taken for, so a reading that asks as it asked before changes nothing.
    """
    if not conversation.is_untouched or before.ours_to_answer is after.ours_to_answer:
        return waits
    return after.ours_to_answer


def _shown(reading: Reading) -> tuple[object, ...]:
    return (
        reading.kind,
        reading.mood,
        reading.mood_words,
        reading.learned,
        reading.pillar,
        reading.suggested,
        reading.reason,
    )
