"""The team: who of us answers in which community, under which name."""

from dataclasses import dataclass

from engagement.source import NewSource


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
