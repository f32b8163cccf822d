"""What to listen for."""

from datetime import datetime
from enum import StrEnum

from engagement.dataclass import dataclass


class Outcome(StrEnum):
    """What the team wants from listening; asked first, at set-up."""

    AWARENESS = "awareness"
    LEADS = "leads"
    SUPPORT = "support"
    REPUTATION = "reputation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The words of a watch: any of `names` makes a match, none of `excluded` may stand in the post.

    Where `near` is not empty, a match with none of these words near the name is kept and unsure, never thrown away; one
    that begins with a name and a colon is for that name alone ("tide: wiki", engagement.understanding.context_sets).
    A `query` says what makes a match instead of `names` and `excluded`.
    """

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    query: str = ""


class Delivery(StrEnum):
    """When the cards of a watch go out: each at once, or told together once an hour or once a day."""

    NOW = "now"
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWatch:
    """A watch to add, or to change by its name: what people decide about it.

    Without a `delivery` a watch that is there keeps its own, and a new one delivers at once. `target_minutes` of work
    are what a first reply may take: 0 for what the outcome asks (engagement.turns.target), None for what it was.
    """

    channel: str
    name: str
    terms: Terms
    outcome: Outcome = Outcome.SUPPORT
    site: str = ""
    handles: tuple[str, ...] = ()
    delivery: Delivery | None = None
    target_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A brand, product or competitor one workspace listens for; `channel` is a Slack channel id.

    `version` grows by one whenever somebody changes it; a form carries the version it was drawn from. Once it is
    `stopped_at` (aware UTC), nobody listens for it, and what was heard stays.
    """

    id: int
    workspace_id: str
    channel: str
    name: str
    terms: Terms
    outcome: Outcome = Outcome.SUPPORT
    site: str = ""
    handles: tuple[str, ...] = ()
    delivery: Delivery = Delivery.NOW
    version: int = 1
    stopped_at: datetime | None = None
    target_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSaved:
    """The change counted; the watch as it stands now."""

    watch: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchChangedBefore:
    """Nothing changed, because somebody had since the form was drawn: `by` (empty: an import) at `at` (aware UTC)."""

    watch: Watch
    by: str
    at: datetime | None


# None where there is no such watch any more.
WatchChange = WatchSaved | WatchChangedBefore | None
