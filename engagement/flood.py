"""What the brake holds back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brake:
    """One message that stands for `held` cards of a channel until somebody asks for them.

    `watches` are the names of the watches they come from. `released_by` (a Slack user id) is empty and
    `released_at` None until *Show all* is pressed; `version` grows by one with every decision, as on a conversation.
    Times are aware UTC.
    """

    id: int
    workspace_id: str
    channel: str
    held: int
    watches: tuple[str, ...]
    opened_at: datetime
    released_by: str = ""
    released_at: datetime | None = None
    version: int = 1
