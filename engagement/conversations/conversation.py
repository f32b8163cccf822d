"""A conversation as the team sees it: its tag and its reply, two facts that never overwrite each other."""

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from engagement.calm.mute import Mute
from engagement.conversations.copies import NO_COPIES, Copies, Earlier
from engagement.conversations.snooze import Snooze
from engagement.dataclass import dataclass
from engagement.improvements.improvement import Improvement
from engagement.post import Post, StoredPost
from engagement.team.labels import LabelsHere
from engagement.understanding.reading import Reading, Tag
from engagement.watch import Watch


class ReplyState(StrEnum):
    """What we owe in a conversation."""

    NONE = "none"
    OWED = "owed"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    ANSWERED_BY_OTHERS = "answered by others"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The reply: due while owed or claimed, with evidence once answered. People are Slack user ids, times aware UTC.

    `assigned_by` is who gave it to the claimer, empty where they took it themselves. `helper` is who answered for us,
    as their community calls them. From `warn_at` on, whoever has it is reminded; where nobody has it, its channel is,
    also before a decision.
    """

    state: ReplyState = ReplyState.NONE
    due_at: datetime | None = None
    warn_at: datetime | None = None
    claimed_by: str = ""
    claimed_at: datetime | None = None
    assigned_by: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    answer_url: str = ""
    answer_seen: bool = False
    helper: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in (ReplyState.OWED, ReplyState.CLAIMED)

    @property
    def is_answered(self) -> bool:
        """Whether an answer stands, ours or somebody else's."""
        return self.state in (ReplyState.ANSWERED, ReplyState.ANSWERED_BY_OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The row behind one card.

    `version` grows by one with every decision; a button carries the version it was drawn from.
    `dismissed_by` is set when somebody said *Not us*. `snooze` is None unless somebody put it aside since the latest
    decision. `mute_id` is the mute that silences it, 0 while none does. `improvement_id` is the improvement that it is
    counted for while its tag is React, 0 for none. While it is `unsure`, nobody knows whether it is about us: it has no
    card, waits for nobody, and stands in no list but the one that asks. It is `unseen` where no program can see who
    replies.

    `alike_to` is the earlier conversation that it is, or may be, the same story as, 0 for none. While it is `told_in`
    that one, it stands in the thread of that card, and what is decided there holds for it. `apart_from` is what
    somebody said it is not the same story as. `placed_by` is who said so last, empty for the bot.
    """

    id: int
    workspace_id: str
    channel: str
    watch_id: int
    tag: Tag | None = None
    tagged_by: str = ""
    tagged_at: datetime | None = None
    dismissed_by: str = ""
    dismissed_at: datetime | None = None
    reply: Reply = field(default_factory=Reply)
    snooze: Snooze | None = None
    mute_id: int = 0
    improvement_id: int = 0
    unsure: bool = False
    unseen: bool = False
    alike_to: int = 0
    told_in: int = 0
    apart_from: int = 0
    placed_by: str = ""
    version: int = 1

    @property
    def is_snoozed(self) -> bool:
        """Whether it is put aside now: it waits for nobody until it is back."""
        return self.snooze is not None and self.snooze.lasts

    @property
    def is_muted(self) -> bool:
        """Whether nobody wants to hear of it now."""
        return self.mute_id > 0

    @property
    def is_set_aside(self) -> bool:
        """Whether it waits for nobody although nothing is settled: snoozed, or muted."""
        return self.is_snoozed or self.is_muted

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has decided anything yet."""
        decided = self.tag is not None or self.dismissed_by or self.is_set_aside
        return not decided and not self.reply.is_answered and not self.reply.claimed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A post that matches a watch, as triage understood it; `before_start` marks posts from before we came.

    `term` is the word of the watch that stands in it, empty where somebody brought the post by hand. `taught` says, in
    words, what *Us* and *Not us* have taught of whether it is about us; empty where nothing did.
    """

    id: int
    conversation_id: int
    stored: StoredPost
    reading: Reading
    before_start: bool = False
    term: str = ""
    taught: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A post in which a watch found `term`, read and not yet stored; not `sure` where nothing near it says it is us.

    `mute_id` is a mute that leaves it out, 0 for none. `beside` are the words near the name, `taught` says what of
    `sure` was learned.
    """

    watch: Watch
    post: Post
    term: str
    reading: Reading
    before_start: bool = False
    sure: bool = True
    mute_id: int = 0
    beside: tuple[str, ...] = ()
    taught: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that a person had before: which Slack user gave it, and when (aware UTC)."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFor:
    """The improvement that a conversation is counted for, and how many people ask for it."""

    improvement: Improvement
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What reacting counts a conversation for: the improvement that a theme which it speaks of has led to."""

    theme: str
    improvement: Improvement


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything a card shows: the conversation, the mention that opens it, and what came after.

    `more` counts later mentions of the conversation, `waiting` those of them that wait for us.
    `times_seen` is how often this person wrote about any watch of the workspace, this post included (1 = first time),
    `answered_before` the latest answer that we gave them elsewhere. `mute` is what silences the conversation, `labels`
    are those of this person and of the places that carry the post. `counted_for` is None while it is for none,
    and `offered` what it would be for, after React.
    `drafts_asking` are the Slack users whose drafts in its thread wait for approval. `likes` are the themes that the
    opening mention praises.
    `copies` stand in the card's thread; `earlier` is what it is, or may be, the same story as, None for nothing.
    """

    conversation: Conversation
    opening: Mention
    more: int = 0
    waiting: int = 0
    times_seen: int = 1
    answered_before: Answer | None = None
    mute: Mute | None = None
    labels: LabelsHere = field(default_factory=LabelsHere)
    likes: tuple[str, ...] = ()
    counted_for: CountedFor | None = None
    offered: Offered | None = None
    drafts_asking: tuple[str, ...] = ()
    copies: Copies = NO_COPIES
    earlier: Earlier | None = None
