"""The noise lists in a watchlist.toml: `[noise]` for all watches, `[watch.noise]` for one."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict

from engagement.calm.mute import Mute, MuteScope
from engagement.calm.noise import NOISE_SCOPES, BadEntry, Entry, entry_of, printed, read_entries

KEY: Final[Mapping[MuteScope, str]] = {
    MuteScope.TERM: "words",
    MuteScope.SITE: "sites",
    MuteScope.AUTHOR: "people",
    MuteScope.COMMUNITY: "communities",
}


def _listed(scope: MuteScope) -> AfterValidator:
    def check(typed: list[str]) -> list[str]:
        read = read_entries(scope, "\n".join(typed))
        if isinstance(read, BadEntry):
            # What pydantic tells as a mistake in the file.
            raise ValueError(read.problem)  # noqa: TRY004 - as above
        return typed

    return AfterValidator(check)


class NoiseEntry(BaseModel):
    """Lists as people type them, one entry a text."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[list[str], _listed(MuteScope.TERM)] = []
    sites: Annotated[list[str], _listed(MuteScope.SITE)] = []
    people: Annotated[list[str], _listed(MuteScope.AUTHOR)] = []
    communities: Annotated[list[str], _listed(MuteScope.COMMUNITY)] = []

    def entries(self) -> list[Entry]:
        """Return the entries that they name."""
        typed = self.model_dump()
        found = [read_entries(scope, "\n".join(typed[KEY[scope]])) for scope in NOISE_SCOPES]
        return [entry for read in found if not isinstance(read, BadEntry) for entry in read]


def written(mutes: Iterable[Mute], *, watch_id: int = 0) -> dict[str, list[str]]:
    """Return the lists of one watch, or of all, as a file holds them; what is muted for a while is none of them."""
    listed = [mute for mute in mutes if mute.watch_id == watch_id and mute.until is None]
    lists = {KEY[scope]: [printed(entry_of(mute)) for mute in listed if mute.scope is scope] for scope in NOISE_SCOPES}
    return {name: lines for name, lines in lists.items() if lines}
