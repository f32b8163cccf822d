"""What an event tells: who did what to which conversation or improvement, and how it stood afterwards."""

from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.dataclass import dataclass
from engagement.improvements.improvement import Improvement
from engagement.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the history: `actor` is a Slack user id, empty for the bot itself; `act` is the word for it."""

    workspace_id: str
    act: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationEvent:
    """What a conversation was and became by a deed; `opening` is the post it began with, as it stands now."""

    deed: Deed
    before: Conversation
    after: Conversation
    watch: str
    opening: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementEvent:
    """What an improvement became by a deed, and how many people ask for it now."""

    deed: Deed
    after: Improvement
    people: int


Told = ConversationEvent | ImprovementEvent
