"""What a person looks at in their App Home: which tab, which filters, and where in a long list."""

from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from engagement.dataclass import dataclass
from engagement.listing import Waiting

# So many rows are listed on one page: each takes three blocks of the hundred that Slack allows.
ROWS_A_PAGE = 15


class Tab(StrEnum):
    """The pages of the App Home."""

    MINE = "mine"
    UNOWNED = "needs someone"
    EVERYTHING = "everything"
    SETTINGS = "settings"
    PLACES = "places"  # behind the settings


class State(StrEnum):
    """How a conversation stands, as Everything is narrowed by it."""

    WAITING = "waiting for us"
    CLAIMED = "somebody has it"
    ANSWERED = "answered"
    SNOOZED = "put aside"
    MUTED = "muted"
    NOT_US = "not us"
    UNIMPROVED = "no improvement yet"  # reacted, and counted for nothing
    IMPROVING = "change under way"


# Instead of a tag, for what nobody has decided on.
UNTAGGED = "none"


class Step(StrEnum):
    """Which way a list is turned."""

    ON = "on"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A row in a list that is ordered by a moment (aware UTC) and then by number."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What Everything is narrowed to; what is empty, or 0, narrows nothing."""

    watch: int = 0
    tag: str = ""
    state: str = ""
    community: str = ""
    kind: str = ""
    label: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown: the rows on the side `step` of `spot` (from the first row on without one).

    `first` is the number of its first row in the whole list, counted from 1.
    """

    tab: Tab = Tab.MINE
    filters: Filters = field(default_factory=Filters)
    spot: Spot | None = None
    step: Step = Step.ON
    first: int = 1

    def turned_to(self, tab: Tab) -> "Page":
        """Return the first page of a tab; the filters stay for whoever comes back."""
        return replace(self, tab=tab, spot=None, step=Step.ON, first=1)

    def narrowed_to(self, filters: Filters) -> "Page":
        """Return the first page with these filters."""
        return replace(self, filters=filters, spot=None, step=Step.ON, first=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One row of the Home: the conversation, and where its card stands in Slack (`card_ts` empty: nowhere yet).

    `sorted_by` is the moment its list is ordered by.
    """

    line: Waiting
    sorted_by: datetime
    channel: str
    card_ts: str = ""

    @property
    def spot(self) -> Spot:
        """Where in the list it stands."""
        return Spot(at=self.sorted_by, id=self.line.conversation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of a list: `first` is the number of its first row; `total` is None where counting would take long."""

    rows: tuple[Queued, ...] = ()
    first: int = 1
    is_first: bool = True
    is_last: bool = True
    total: int | None = None
