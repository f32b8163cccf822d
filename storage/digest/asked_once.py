"""What the digest and its thread both ask of a period, looked up once."""

from functools import cached_property

from engagement.digest.voices import Turned
from engagement.digest.week import Needed
from engagement.improvements.themes import ThemeHeard
from storage.database import Tx
from storage.digest.bounds import Bounds, before
from storage.digest.needed import needed_of
from storage.digest.voices import turned_of
from storage.improvements.themes_heard import themes_heard
from storage.stamps import read_stamp


class AskedOnce:
    """Answers about a period that several ask for within one transaction: each is looked up when first asked for."""

    def __init__(self, tx: Tx, bounds: Bounds) -> None:
        self._tx, self._bounds = tx, bounds

    @cached_property
    def needed(self) -> list[Needed]:
        """The conversations of the period that needed us."""
        return needed_of(self._tx, self._bounds)

    @cached_property
    def needed_before(self) -> list[Needed]:
        """Those of the period before."""
        return needed_of(self._tx, before(self._bounds))

    @cached_property
    def turned(self) -> list[Turned]:
        """Who praised us in the period, having complained before."""
        return turned_of(self._tx, self._bounds)

    @cached_property
    def themes(self) -> list[ThemeHeard]:
        """The themes that people spoke of in the period."""
        workspace_id, starts_at, ends_at = (
            str(self._bounds[name]) for name in ("workspace_id", "starts_at", "ends_at")
        )
        return themes_heard(self._tx, workspace_id, starts_at=read_stamp(starts_at), ends_at=read_stamp(ends_at))
