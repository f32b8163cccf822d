"""The team: who of us answers in which community, under which name."""

from dataclasses import dataclass

from engagement.source import NewSource


def network_of(community: str) -> str:
    """Return the community that `community` is a part of: Reddit for a subreddit, itself for any other."""
    return "Reddit" if is_subreddit(community) else community


def is_subreddit(community: str) -> bool:
    """Say whether a community is a part of Reddit, as in "r/selfhosted"."""
    return community.startswith("r/")


def bare_handle(handle: str) -> str:
    """Return a handle without the sign of its community and its capitals: @Acme, u/acme and /u/acme are acme."""
    return handle.strip().casefold().removeprefix("/").removeprefix("u/").removeprefix("@")


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
