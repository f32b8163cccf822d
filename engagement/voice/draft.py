"""A draft of a reply in the card's thread: who may write, approve and configure, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from engagement.dataclass import dataclass
from engagement.understanding.reading import Kind

GOOD_REPLIES = 3
# People mend a word or two where they post it.
SAME_FROM = 0.8


class Role(StrEnum):
    """What may be left to some people."""

    SPEAK = "speak"
    APPROVE = "approve"
    CONFIGURE = "configure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Who may do what, as Slack user ids: a role that nobody is named for is everybody's.

    In what the watches `approved` found, somebody else reads a draft before it is posted. `version` grows by one with
    every change, from 0 while nobody has said anything of it.
    """

    speak: tuple[str, ...] = ()
    approve: tuple[str, ...] = ()
    configure: tuple[str, ...] = ()
    approved: frozenset[int] = frozenset()
    version: int = 0

    def of(self, role: Role) -> tuple[str, ...]:
        """Return who is named for a role."""
        return {Role.SPEAK: self.speak, Role.APPROVE: self.approve, Role.CONFIGURE: self.configure}[role]

    def lets(self, user: str, role: Role) -> bool:
        """Return whether somebody has a role."""
        named = self.of(role)
        return not named or user in named


class DraftState(StrEnum):
    """Where a draft is on its way to the source."""

    READY = "ready"  # its author may post it
    ASKED = "asked"  # somebody has to approve it first
    APPROVED = "approved"
    SENT_BACK = "sent back"
    REPLACED = "replaced"  # its author has written another one since
    POSTED = "posted"  # the conversation is answered, by its author
    UNAPPROVED = "posted unapproved"  # as above, before anybody approved it
    LEFT = "left"  # the conversation is answered, by somebody else


# What its author may still go on with.
OPEN = frozenset({DraftState.READY, DraftState.ASKED, DraftState.APPROVED, DraftState.SENT_BACK})
# What is changed in its place: nobody has said a word about it yet.
CHANGED_IN_PLACE = frozenset({DraftState.READY, DraftState.ASKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to say at the source. People are Slack user ids, times aware UTC.

    `passed` are the warnings that its author passed over. `judged_by` approved it or sent it back, with a `note`.
    `version` grows by one with every change; a button carries the version it was drawn from.
    """

    id: int
    conversation_id: int
    text: str
    by: str
    at: datetime
    state: DraftState
    passed: tuple[str, ...] = ()
    judged_by: str = ""
    judged_at: datetime | None = None
    note: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether its author may still go on with it."""
        return self.state in OPEN


class Verdict(StrEnum):
    """What somebody says of a draft that asks for it."""

    APPROVE = "approve"
    SEND_BACK = "send back"


class DraftDeed(StrEnum):
    """What the history tells of a draft."""

    WRITE = "write"
    APPROVE = Verdict.APPROVE.value
    SEND_BACK = Verdict.SEND_BACK.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The word counted; the draft as it stands now."""

    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBefore:
    """Nothing changed: somebody was first, or the draft is another one by now."""

    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class MayNotJudge:
    """Nothing changed: this is for `people`; for anybody but its author where nobody is named."""

    people: tuple[str, ...]


# None where there is no such draft.
JudgeResult = Judged | JudgedBefore | MayNotJudge | None


def asks_for_approval(author: str, roles: Roles, *, watch_id: int, community_asks: bool) -> bool:
    """Return whether somebody else has to read what `author` writes. Who is named to approve needs nobody."""
    return (watch_id in roles.approved or community_asks) and author not in roles.approve


def first_state(*, asks: bool) -> DraftState:
    """Return how a draft begins."""
    return DraftState.ASKED if asks else DraftState.READY


def judge(draft: Draft, verdict: Verdict, roles: Roles, *, by: str, drawn: int, note: str, at: datetime) -> JudgeResult:
    """Return the draft after somebody approved it or sent it back; nobody approves their own unless named to."""
    if not roles.lets(by, Role.APPROVE) or (not roles.approve and by == draft.by):
        return MayNotJudge(people=roles.approve)
    if draft.state is not DraftState.ASKED or drawn != draft.version:
        return JudgedBefore(draft=draft)
    state = DraftState.APPROVED if verdict is Verdict.APPROVE else DraftState.SENT_BACK
    return Judged(draft=replace(draft, state=state, judged_by=by, judged_at=at, note=note, version=draft.version + 1))


def settled_state(draft: Draft, *, was_said: bool) -> DraftState:
    """Return what becomes of an open draft once its conversation is answered."""
    if not was_said:
        return DraftState.LEFT
    return DraftState.UNAPPROVED if draft.state is DraftState.ASKED else DraftState.POSTED


def draft_of_answer(drafts: Iterable[Draft], *, by: str, text: str) -> Draft | None:
    """Return the draft that an answer came of: the one that says what its `text` says, else the latest of who gave it.

    `text` is empty where nobody knows it. None where there is neither; what was sent back or replaced was not said.
    """
    fit = [draft for draft in drafts if draft.is_open and draft.state is not DraftState.SENT_BACK]
    same = [draft for draft in fit if _alike(draft.text, text) >= SAME_FROM]
    theirs = [draft for draft in fit if draft.by == by]
    return max(same or theirs, key=lambda draft: draft.id, default=None)


def _alike(one: str, other: str) -> float:
    """Return how much of the words of two texts is in both, in [0, 1]."""
    ours, theirs = set(one.casefold().split()), set(other.casefold().split())
    return len(ours & theirs) / max(1, len(ours | theirs))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidInPublic:
    """What we said, where and to whom: kept when an answer was found at the source or told to us.

    `title` and `asked_url` are of what was answered. `by` gave the answer, `written_by` wrote it; `approved_by` is
    empty where nobody had to approve. It is `seen` where it was read at the source. `asked_again`: after it they asked
    us once more, or somebody of us reopened the conversation.
    """

    conversation_id: int
    community: str
    title: str
    asked_url: str
    kind: Kind
    by: str
    at: datetime
    text: str = ""
    url: str = ""
    written_by: str = ""
    approved_by: str = ""
    seen: bool = False
    asked_again: bool = False


def good_replies(said: Iterable[SaidInPublic], *, community: str, kind: Kind) -> tuple[SaidInPublic, ...]:
    """Return three replies to learn from: after which nobody had to ask again, in this community, to the like of this.

    The rest by what was approved, and the newest first.
    """
    with_words = (each for each in said if each.text.strip() and not each.asked_again)
    best_first = sorted(
        with_words,
        key=lambda each: (each.community == community, each.kind is kind, bool(each.approved_by), each.at),
        reverse=True,
    )
    return tuple(best_first[:GOOD_REPLIES])
