"""The team: who of us answers in which community, under which name."""

from dataclasses import replace
from datetime import datetime

from engagement.dataclass import dataclass
from engagement.listening.source import NewSource
from engagement.team.handles import bare_handle, network_of
from engagement.turns.target import WorkingHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """A name in one community, as that community spells it. `feed` is where the person's posts can be heard, if any."""

    community: str
    name: str
    feed: NewSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teammate:
    """One of us: a Slack user id, what to call them, and their handles."""

    slack_user: str
    name: str
    handles: tuple[Handle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """When one of us works, and until when (aware UTC) they are away; `cover` has their promises meanwhile, if anybody.

    `hours` are None for somebody of whom we know nothing: the team's count. Who `has_left` has no seat in Slack.
    """

    slack_user: str
    hours: WorkingHours | None = None
    away_until: datetime | None = None
    cover: str = ""
    has_left: bool = False

    def is_away(self, at: datetime) -> bool:
        """Return whether they are away."""
        return self.away_until is not None and at < self.away_until

    def is_here(self, at: datetime) -> bool:
        """Return whether they can be given something to do: they have a seat, and are not away."""
        return not self.has_left and not self.is_away(at)


def is_named(mate: Teammate, community: str, name: str) -> bool:
    """Return whether this is what a teammate is called in a community, or in one that is a part of the same."""
    network, wanted = network_of(community), _bare(name)
    return any(network_of(handle.community) == network and _bare(handle.name) == wanted for handle in mate.handles)


def without_names_of(mate: Teammate, other: Teammate) -> Teammate:
    """Return a teammate without the names that `other` goes by: a name is one person's, and moves if another has it."""
    taken = {(handle.community, handle.name) for handle in other.handles}
    left = tuple(handle for handle in mate.handles if (handle.community, handle.name) not in taken)
    return replace(mate, handles=left)


def _bare(name: str) -> str:
    """Return a handle as names are compared; of the address of a profile its last part counts."""
    return bare_handle(name.strip().rstrip("/").rpartition("/")[2] if "://" in name else name)
