"""What somebody sees beside a draft: what was said, how we sound, and who else is writing."""

from datetime import datetime

from engagement.conversations.conversation import Card
from engagement.dataclass import dataclass
from engagement.voice.check import Occasion
from engagement.voice.draft import Draft, SaidInPublic
from engagement.voice.guide import Guide, Manners


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One post of a conversation: whose (`by` is the Slack user id of one of us), when (aware UTC), and its text."""

    author: str
    at: datetime
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Everything the form of a draft shows, for one person.

    `turns` are the latest of the conversation, oldest first. `to_them` is what we said to this person before, `good`
    are replies to learn from. `mine` is what they have written so far, `others` the open drafts of others here. It
    `asks` for approval where somebody has to read it before it is posted.
    """

    card: Card
    guide: Guide
    manners: Manners
    occasion: Occasion
    turns: tuple[Turn, ...] = ()
    to_them: tuple[SaidInPublic, ...] = ()
    good: tuple[SaidInPublic, ...] = ()
    mine: Draft | None = None
    others: tuple[Draft, ...] = ()
    asks: bool = False

    @property
    def latest_of_others(self) -> int:
        """The number of the latest draft of somebody else, 0 for none; what came after it was not seen."""
        return max((draft.id for draft in self.others), default=0)
