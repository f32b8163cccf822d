"""What the team has settled in a conversation by what it said, beside the answers that stand at the source."""

from collections.abc import Iterable
from dataclasses import field
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act, Change
from engagement.conversations.steps import TAGS
from engagement.dataclass import dataclass

# What the bot saw, or could not: nobody has said anything.
SEEN: Final = frozenset({Act.ANSWERED_THERE, Act.SOLVED_THERE, Act.LOST_SIGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Whoever waited at that moment (aware UTC) does so no more: somebody `told` of an answer, or no reply is owed."""

    at: datetime
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """Somebody said that there is no answer: what was written between `since` and `until` is none, whoever wrote it.

    Nor is what we had heard of between `heard_since` and then, whenever it was written. Where it was `of_others`, of
    ours nothing was said.
    """

    until: datetime
    since: datetime
    heard_since: datetime | None = None
    of_others: bool = False

    def includes(self, *, written_at: datetime, heard_at: datetime, ours: bool = False) -> bool:
        """Return whether a post is not to count as an answer."""
        if ours and self.of_others:
            return False
        if self.since <= written_at <= self.until:
            return True
        return self.heard_since is not None and self.heard_since <= heard_at <= self.until


@dataclass(slots=True, kw_only=True)
class Settled:
    """The settlements that stand, oldest first, and the answers that do not.

    `owed_after_all` are those that stand no more since a reply was promised. `promised_at` is when somebody decided
    that it is owed; None where only a user's question says so. `shipped_at` is when something shipped of which those
    who asked for it are to be told.
    """

    settlements: list[Settlement] = field(default_factory=list)
    owed_after_all: list[Settlement] = field(default_factory=list)
    taken_back: list[TakenBack] = field(default_factory=list)
    promised_at: datetime | None = None
    shipped_at: datetime | None = None

    def settlement_of(self, noticed_at: datetime) -> Settlement | None:
        """Return what settled that which we noticed then; None while nothing has."""
        return next((each for each in self.settlements if each.at >= noticed_at), None)

    def settled_at(self, noticed_at: datetime) -> datetime | None:
        """Return when that was settled which we noticed then; None while it is not."""
        settlement = self.settlement_of(noticed_at)
        return settlement.at if settlement else None

    def is_taken_back(self, *, written_at: datetime, heard_at: datetime, ours: bool) -> bool:
        """Return whether a post is not to count as an answer, or as a sign of one."""
        return any(each.includes(written_at=written_at, heard_at=heard_at, ours=ours) for each in self.taken_back)

    def is_promised_beside(self, asked_at: Iterable[datetime]) -> bool:
        """Return whether a reply was promised when none of those waited who asked: `asked_at` is when we heard them."""
        promised_at = self.promised_at
        if promised_at is None:
            return False
        settled = [self.settled_at(heard_at) for heard_at in asked_at if heard_at <= promised_at]
        return all(at is not None and at < promised_at for at in settled)


def settled_by(history: Iterable[Change]) -> Settled:
    """Return what the team settled, from the history of a conversation (oldest first).

    Reopening takes back the answer that the card showed, whether somebody had told of it or it was found. A reply that
    is owed by decision is owed to those as well who were waved through by a tag before.
    """
    settled = Settled()
    asked_again_at = None
    for change in history:
        owes_now = change.after.reply.is_open and not change.before.reply.is_open
        if change.act in (Act.SHIPPED, Act.NOT_SHIPPED):
            settled.shipped_at = change.at if change.act is Act.SHIPPED else None
        elif change.act is Act.ASKED_AGAIN:
            asked_again_at = change.at
        elif change.act is Act.REOPEN:
            _reopen(settled, change, asked_again_at)
        elif change.act is Act.UNDO:
            _undo(settled, change)
        elif owes_now:
            _promise(settled, change)
        elif _settles(change):
            told = change.after.reply.is_answered
            settled.settlements.append(Settlement(at=change.at, told=told))
    return settled


def _settles(change: Change) -> bool:
    before, after = change.before.reply, change.after.reply
    if change.act in SEEN or after.is_open:
        return False
    return after.state is not before.state or (change.act in TAGS and not after.is_answered)


def _promise(settled: Settled, change: Change) -> None:
    settled.promised_at = change.at
    settled.owed_after_all += [each for each in settled.settlements if not each.told]
    settled.settlements = [each for each in settled.settlements if each.told]


def _reopen(settled: Settled, change: Change, asked_again_at: datetime | None) -> None:
    since = asked_again_at or datetime.min.replace(tzinfo=change.at.tzinfo)
    settled.promised_at = settled.promised_at or change.at
    taken = [each for each in settled.settlements if each.at > since]
    settled.settlements = [each for each in settled.settlements if each not in taken]
    settled.taken_back.append(
        TakenBack(
            until=change.at,
            since=change.before.reply.answered_at or change.at,
            heard_since=since if any(each.told for each in taken) else None,
            of_others=change.before.reply.state is ReplyState.ANSWERED_BY_OTHERS,
        )
    )


def _undo(settled: Settled, change: Change) -> None:
    before, after = change.before, change.after
    if after.reply.state is not before.reply.state and not after.reply.is_open:
        settled.promised_at = None
        settled.settlements = sorted([*settled.owed_after_all, *settled.settlements], key=lambda each: each.at)
        settled.owed_after_all = []
    elif before.tag is not after.tag:
        tags = [each for each in settled.settlements if not each.told]
        settled.settlements = [each for each in settled.settlements if not tags or each is not tags[-1]]
