"""What people changed, beside their decisions about conversations."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange:
    """Somebody changed something: `object` is what kind of thing (watch, teammate, ...), `name` what it is called.

    `by` is a Slack user id, empty for the command line; `at` aware UTC.
    """

    object: str
    act: str
    by: str
    at: datetime
    name: str = ""
