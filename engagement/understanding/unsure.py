"""What the bot is not sure about: asked about once, in one message a day for each channel."""

from datetime import datetime

from engagement.conversations.conversation import Conversation, Mention
from engagement.dataclass import dataclass

# Of a message's fifty blocks each takes two.
DOUBTS_A_PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One conversation nobody knows to be about us, with the mention that opened it and the `names` of its watch.

    `us_by` is who said Us, empty for nobody; also where a later mention of it made it clear. `together` is of how many
    tellings of its story the press that decided was, this one included. `not_us_before` says that somebody said
    *Not us* of an earlier telling.
    """

    conversation: Conversation
    opening: Mention
    names: tuple[str, ...]
    us_by: str = ""
    together: int = 1
    not_us_before: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.conversation.unsure and not self.conversation.dismissed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtList:
    """The message that asks about `doubts`: the first of its day (`page` 0), or one that `asked_by` had shown after it.

    `more` are waiting behind it, 0 on a page that has another after it.
    """

    id: int
    workspace_id: str
    channel: str
    page: int
    created_at: datetime
    doubts: tuple[Doubt, ...] = ()
    more: int = 0
    asked_by: str = ""

    @property
    def left(self) -> int:
        """How many are to be decided yet, those behind the message included."""
        return sum(doubt.is_open for doubt in self.doubts) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class NextShown:
    """The press counted: the next page goes out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextShownBefore:
    """Nothing changed: `by` was first, at `at` (aware UTC)."""

    by: str
    at: datetime


# None where there is no such list, or nothing waits behind it.
NextResult = NextShown | NextShownBefore | None
