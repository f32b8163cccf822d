"""The settings of a team in which somebody's name stands: they are told of, and never changed by a forgetting."""

from enum import StrEnum

from engagement.dataclass import dataclass


class SettingKind(StrEnum):
    """What sort of setting it is; also what the history calls it."""

    WATCH = "watch"
    PLACE = "source"
    THEME = "theme"
    LABEL = "label"
    VOICE = "workspace"
    NOISE = "mute"
    TEAMMATE = "teammate"


@dataclass(frozen=True, slots=True, kw_only=True)
class StillNamed:
    """A setting with the name in it: of which workspace (empty for a place, which all share), its number, its name."""

    workspace_id: str
    kind: SettingKind
    number: int
    name: str
