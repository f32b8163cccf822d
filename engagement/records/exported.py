"""What an export says of one mention."""

from datetime import datetime

from engagement.conversations.conversation import Conversation, Mention
from engagement.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A mention and how its conversation stands; `noticed_at`: when it came; `labels`: its person's and its place's."""

    mention: Mention
    conversation: Conversation
    watch: str
    term: str
    noticed_at: datetime
    labels: tuple[str, ...] = ()
