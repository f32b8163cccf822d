"""What set-up found out about the places it proposed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTried:
    """One place as it answered at set-up: with `posts`, the newest from `newest`; or not, and `detail` says why.

    `detail` is a sentence part for people ("the server asks us to slow down"); empty where the place answered. `note`
    is what people should know before they rely on the place ("untested"). `again_at` is when its host may be asked
    again, where it had to wait and so was not asked.
    """

    name: str
    url: str
    ok: bool
    detail: str = ""
    posts: int = 0
    newest: datetime | None = None
    note: str = ""
    again_at: datetime | None = None
