"""An improvement: what the team decides to fix, build or do more of because of what people said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from engagement.dataclass import dataclass
from engagement.understanding.reading import Kind


class ImprovementKind(StrEnum):
    """What sort of change it is; `MORE` is what praise asks for."""

    FIX = "fix"
    BUILD = "build"
    MORE = "more of"


# What people say that suggests another sort than a fix.
SUGGESTED_BY: Final[Mapping[Kind, ImprovementKind]] = {
    Kind.WISH: ImprovementKind.BUILD,
    Kind.PRAISE: ImprovementKind.MORE,
}


class ImprovementState(StrEnum):
    """How far it is."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    SHIPPED = "shipped"
    DECLINED = "declined"


class ImprovementAct(StrEnum):
    """What can be done to an improvement; each is one line of its history."""

    CREATE = "create"
    CHANGE = "change"
    PLAN = "plan"
    SHIP = "ship"
    DECLINE = "decline"
    REOPEN = "reopen"
    MERGE = "merge"  # it goes into another
    ABSORB = "absorb"  # another goes into it
    SPLIT = "split"  # some who asked go to another
    CLOSED = "closed"  # its issue was closed in the tracker; the bot saw it
    OPENED = "opened"  # and opened again, as the bot saw, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What people say about an improvement. `channel` is the department's, `owner` a Slack user id or empty."""

    title: str
    kind: ImprovementKind
    channel: str
    owner: str = ""
    tracker_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementPress:
    """Somebody did something to an improvement that was drawn from version `drawn`; `by` is empty for the bot.

    Some acts say more. `wanted` is what it is from now on, `note` why it was declined or what people should know of it,
    `link` where what shipped can be read about, `other` the improvement it is merged with or split into. Of what was
    done before, `instead_of` is what it was until then.
    """

    act: ImprovementAct
    by: str
    at: datetime
    drawn: int
    wanted: Wanted | None = None
    instead_of: Wanted | None = None
    note: str = ""
    link: str = ""
    other: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """The row behind an improvement's card.

    `note` and `link` belong to the latest decision, which `decided_by` took at `decided_at` (aware UTC). `merged_into`
    is the improvement it went into, 0 while it stands by itself. `closed_at` is when the bot saw that the issue in the
    tracker was closed, None while it is open or that says nothing new. `version` grows by one with everything that is
    done to it.
    """

    id: int
    workspace_id: str
    wanted: Wanted
    created_by: str
    created_at: datetime
    decided_by: str
    decided_at: datetime
    state: ImprovementState = ImprovementState.PROPOSED
    note: str = ""
    link: str = ""
    merged_into: int = 0
    closed_at: datetime | None = None
    version: int = 1

    @property
    def is_undecided(self) -> bool:
        """Whether it is neither shipped nor declined: whoever asked for it still waits for the change."""
        return not self.merged_into and self.state in (ImprovementState.PROPOSED, ImprovementState.PLANNED)

    @property
    def is_shipped(self) -> bool:
        """Whether whoever asked can be told that it is there."""
        return self.state is ImprovementState.SHIPPED


def begin(improvement_id: int, workspace_id: str, press: ImprovementPress) -> Improvement:
    """Return a new improvement. Raises ValueError where the press does not say what is wanted."""
    if press.wanted is None:
        raise ValueError("an improvement begins with what is wanted")
    return Improvement(
        id=improvement_id,
        workspace_id=workspace_id,
        wanted=press.wanted,
        created_by=press.by,
        created_at=press.at,
        decided_by=press.by,
        decided_at=press.at,
    )


def after_press(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    """Return the improvement after `press`, None when it was drawn from an older version or no longer fits."""
    step = STEPS.get(press.act)
    if step is None or press.drawn != improvement.version or improvement.merged_into:
        return None
    after = step(improvement, press)
    return after and replace(after, version=improvement.version + 1)


def replay(improvement_id: int, workspace_id: str, history: Iterable[ImprovementPress]) -> Improvement | None:
    """Return the improvement that a history (oldest first, the creation before all) makes; None for no history.

    The bot never asks: the tests hold its rows to this.
    """
    improvement: Improvement | None = None
    for press in history:
        if improvement is None:
            improvement = begin(improvement_id, workspace_id, press)
        else:
            improvement = after_press(improvement, press) or improvement
    return improvement


def may_merge(one: Improvement, into: Improvement) -> bool:
    """Return whether everybody who asked for `one` may be counted for `into` instead.

    Into one that has shipped, too: then they are told. Not into one that was declined, which would decline theirs
    without a word.
    """
    stands = not into.merged_into and into.state is not ImprovementState.DECLINED
    return one.is_undecided and stands and one.id != into.id and one.workspace_id == into.workspace_id


# ---- what each act does --------------------------------------------------------------------------------------------


def _change(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    wanted = press.wanted
    if wanted is None or wanted == improvement.wanted:
        return None
    same_issue = wanted.tracker_url == improvement.wanted.tracker_url
    return replace(improvement, wanted=wanted, closed_at=improvement.closed_at if same_issue else None)


def _plan(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    if improvement.state is not ImprovementState.PROPOSED:
        return None
    return _decided(improvement, ImprovementState.PLANNED, press)


def _ship(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    return _decided(improvement, ImprovementState.SHIPPED, press) if improvement.is_undecided else None


def _decline(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    """Decline it, with a reason: whoever asked may ask why."""
    if not improvement.is_undecided or not press.note.strip():
        return None
    return _decided(improvement, ImprovementState.DECLINED, press)


def _reopen(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    return None if improvement.is_undecided else _decided(improvement, ImprovementState.PLANNED, press)


def _decided(improvement: Improvement, state: ImprovementState, press: ImprovementPress) -> Improvement:
    return replace(
        improvement,
        state=state,
        note=press.note,
        link=press.link,
        decided_by=press.by,
        decided_at=press.at,
        closed_at=None,
    )


def _merge(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    if not improvement.is_undecided or press.other in (0, improvement.id):
        return None
    return replace(improvement, merged_into=press.other, decided_by=press.by, decided_at=press.at, closed_at=None)


def _touch(improvement: Improvement, _press: ImprovementPress) -> Improvement | None:
    """Who asked is another group now: what was drawn before is out of date."""
    return improvement


def _split(improvement: Improvement, _press: ImprovementPress) -> Improvement | None:
    return improvement if improvement.is_undecided else None


def _closed(improvement: Improvement, press: ImprovementPress) -> Improvement | None:
    if not improvement.is_undecided or not improvement.wanted.tracker_url or improvement.closed_at:
        return None
    return replace(improvement, closed_at=press.at)


def _opened(improvement: Improvement, _press: ImprovementPress) -> Improvement | None:
    return replace(improvement, closed_at=None) if improvement.closed_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementDecided:
    """The press counted; the improvement as it stands now."""

    improvement: Improvement


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementOutdated:
    """Somebody was first, or it fits no more: nothing changed. `first` is what was done last."""

    improvement: Improvement
    first: ImprovementPress | None


# None where there is no such improvement.
ImprovementResult = ImprovementDecided | ImprovementOutdated | None

STEPS: Mapping[ImprovementAct, Callable[[Improvement, ImprovementPress], Improvement | None]] = {
    ImprovementAct.CHANGE: _change,
    ImprovementAct.PLAN: _plan,
    ImprovementAct.SHIP: _ship,
    ImprovementAct.DECLINE: _decline,
    ImprovementAct.REOPEN: _reopen,
    ImprovementAct.MERGE: _merge,
    ImprovementAct.ABSORB: _touch,
    ImprovementAct.SPLIT: _split,
    ImprovementAct.CLOSED: _closed,
    ImprovementAct.OPENED: _opened,
}
