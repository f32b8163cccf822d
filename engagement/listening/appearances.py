"""Where people talk about us and we do not listen, as the posts that reached us another way show it."""

from datetime import datetime

from engagement.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A post about us that reached us."""

    community: str
    url: str
    title: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A place that is not listened to: `posts` about us stand there, `links` from other posts about us lead there.

    `newest` is when the newest of these was written. `page` is what might be pasted to listen there, empty where only a
    name is known.
    """

    place: str
    posts: int
    links: int
    newest: datetime
    page: str = ""
