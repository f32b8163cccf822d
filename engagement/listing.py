"""What the views list: who waits, the digest, the status, the places. Filled from rows, drawn by views."""

from datetime import datetime

from engagement.conversations.conversation import Conversation, Mention, Reply
from engagement.conversations.snooze import Snooze
from engagement.conversations.standing import waits_for_us
from engagement.dataclass import dataclass
from engagement.digest.week import Day, Helped, Line, Noise, OurThread, Week
from engagement.improvements.asked_for import Changed
from engagement.improvements.themes import ThemeHeard
from engagement.listening.places import Hearing
from engagement.sending.outbox import Unsent
from engagement.team.labels import LabelWeek
from engagement.turns.unseen import Unseen
from engagement.understanding.reading import Kind, Tag

# So many of those who wait are listed; the rest is a number.
DIGEST_ROWS = 5
DIGEST_LABELS = 5
DIGEST_THREADS = 2
DIGEST_THEMES = 3
STATUS_ROWS = 3
LIST_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One conversation that waits for us, as a row of the digest or the status shows it.

    Lists by priority are ordered by `pressing_since` (engagement/priority.py).
    """

    conversation_id: int
    version: int
    title: str
    url: str
    community: str
    author: str
    kind: Kind
    since: datetime
    pressing_since: datetime
    reply: Reply
    tag: Tag | None
    dismissed_by: str = ""
    ours_to_answer: bool = True
    snooze: Snooze | None = None
    is_muted: bool = False
    improvement_id: int = 0

    @property
    def lacks_improvement(self) -> bool:
        """Whether the team reacted, and counts it for no improvement yet."""
        return self.tag is Tag.REACT and not (self.improvement_id or self.dismissed_by or self.is_muted)

    @property
    def is_set_aside(self) -> bool:
        """Whether it is snoozed or muted: it waits for nobody now."""
        return self.is_muted or (self.snooze is not None and self.snooze.lasts)

    @property
    def still_waits(self) -> bool:
        """Whether nobody has answered or settled it since it was listed."""
        return waits_for_us(self, ours_to_answer=self.ours_to_answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How the look at the thread of somebody who waits went: when it was, or the `reason` why not, for people.

    Not `readable` is a thread whose answers nobody but a person can see.
    """

    conversation_id: int
    looked_at: datetime | None = None
    reason: str = ""
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The weekly message: who waits (at most DIGEST_ROWS, then `more_waiting`), the week, and the week before.

    `starts_at` and `ends_at` bound the period; `next_at` is the next digest. `oldest_more` is since when the
    longest waiting of the unlisted rows waits. Zone is an IANA name, for dates without a clock time. `days` are those
    of the week with any mention, `noise` the word that brought most that was not us, `line` what somebody said.
    `our_threads` are at most DIGEST_THREADS that we opened, in which somebody had no word back from us, and at most as
    many that nobody took up. `checks` are the looks at the threads of those who wait. `changed` is what shipped, and
    `unimproved` how many conversations were reacted to without anybody saying what is to change. `helped` are the
    answers that others gave for us, `unseen` the communities where somebody has to look whether we have answered.
    `themes` are at most DIGEST_THEMES of which people spoke. `left_out` are mentions that the noise lists left out.

    `labels` are those that the most was heard of, at most DIGEST_LABELS. A digest of one `label` counts and lists only
    what carries it.
    """

    workspace_id: str
    watches: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    checked_at: datetime
    next_at: datetime
    zone: str
    waiting: tuple[Waiting, ...]
    more_waiting: int
    oldest_more: datetime | None
    week: Week
    week_before: Week
    hearing: Hearing
    labels: tuple[LabelWeek, ...] = ()
    label: str = ""
    days: tuple[Day, ...] = ()
    noise: Noise | None = None
    line: Line | None = None
    our_threads: tuple[OurThread, ...] = ()
    checks: tuple[Check, ...] = ()
    changed: tuple[Changed, ...] = ()
    unimproved: int = 0
    helped: tuple[Helped, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    themes: tuple[ThemeHeard, ...] = ()
    left_out: int = 0

    @property
    def checked_at_source(self) -> datetime | None:
        """When the threads of those who wait were looked at: the first of those looks; None where none was."""
        return min((check.looked_at for check in self.checks if check.looked_at), default=None)

    def check_of(self, waiting: Waiting) -> Check | None:
        """Return how the look at this row's thread went, None where there was none."""
        return next((check for check in self.checks if check.conversation_id == waiting.conversation_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What `/ears status` says: how we hear, who waits, what nobody has looked at, and what comes next.

    `left_out` are mentions of the last seven days that the noise lists left out.
    """

    watches: tuple[str, ...]
    hearing: Hearing
    waiting: tuple[Waiting, ...]
    more_waiting: int
    untagged: int
    unsent: Unsent
    next_poll_at: datetime | None
    next_digest_at: datetime | None
    digest_channel: str
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One mention that a search found, and how the conversation stands on whose card it is decided on."""

    mention: Mention
    conversation: Conversation

    @property
    def is_copy(self) -> bool:
        """Whether it stands in the thread of another's card, because it tells the same story."""
        return self.mention.conversation_id != self.conversation.id

    @property
    def post_id(self) -> int:
        """What a later page of the same search begins behind."""
        return self.mention.stored.id
