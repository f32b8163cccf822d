"""The places as the views list them: how well we hear, where we listen, what was tried. Filled from rows."""

from datetime import datetime

from engagement.dataclass import dataclass
from engagement.listening.appearances import Unheard
from engagement.listening.telling import Ailment


@dataclass(frozen=True, slots=True, kw_only=True)
class Sick:
    """A place we do not hear: its name, why in words for people, since when, and when we try again (None: paused)."""

    name: str
    reason: str
    since: datetime | None
    next_try_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How well we hear: `heard` of `places` answered within the last hour, or two intervals where those are longer."""

    places: int
    heard: int
    sick: tuple[Sick, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One source as `/ears sources` lists it; `next_poll_at` is None where it is paused."""

    source_id: int
    name: str
    url: str
    watch: str
    last_heard_at: datetime | None
    next_poll_at: datetime | None
    last_error: str
    failures: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What `/ears sources` says: the places, what is wrong with some, and in how many the team's own posts are read.

    `unheard` are the places where we appear and do not listen.
    """

    places: tuple[Place, ...] = ()
    ailments: tuple[Ailment, ...] = ()
    team_feeds: int = 0
    unheard: tuple[Unheard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """A place of a watch, as people choose it; `is_sick` while it is not heard."""

    watch_id: int
    watch: str
    source_id: int
    place: str
    is_sick: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTried:
    """One place as it answered at set-up: with `posts`, the newest from `newest`; or not, and `detail` says why.

    `detail` is a sentence part for people ("the server asks us to slow down"); empty where the place answered. `note`
    is what people should know before they rely on the place ("untested"). `again_at` is when its host may be asked
    again, where it had to wait and so was not asked.
    """

    name: str
    ok: bool
    detail: str = ""
    posts: int = 0
    newest: datetime | None = None
    note: str = ""
    again_at: datetime | None = None
