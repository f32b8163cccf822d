"""What happened to a conversation, as its history tells it to people."""

from datetime import datetime

from engagement.calm.mute import Mute
from engagement.conversations.correct import Correction
from engagement.conversations.press import Past
from engagement.dataclass import dataclass
from engagement.records.lookup import NO_TURNS, Turns
from engagement.understanding.priority import Priority
from engagement.voice.draft import DraftDeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Past):
    """One line of the history, with what was said beside the act itself.

    `to` is who a reply was assigned to, `link` the evidence of an answer, `until` and `reason` are of a snooze. An
    answer has what we `said`, whom it was `written_by`, if not by who answered, and `approved_by`. `improvement` is
    what the one is called that it was counted for, empty for none any more, None where the act was not about one;
    `story` what the one is called that it was put together with.
    """

    to: str = ""
    link: str = ""
    until: datetime | None = None
    reason: str = ""
    mute: Mute | None = None
    improvement: str | None = None
    corrections: tuple[Correction, ...] = ()
    said: str = ""
    written_by: str = ""
    approved_by: str = ""
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One line of the history about a draft: what was done with it, by whom (a Slack user id), when (aware UTC).

    `text` is the draft as it was then, `note` why it was sent back.
    """

    deed: DraftDeed
    by: str
    at: datetime
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPage:
    """A page of what was done to a conversation, newest first. `found_at` is when we saw the opening post.

    `priority` is how much it matters, None where nobody waits for us.
    """

    deeds: tuple[Deed | Drafted, ...]
    found_at: datetime
    turns: Turns = NO_TURNS
    priority: Priority | None = None
