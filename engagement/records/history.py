"""What people changed, beside their decisions about conversations: a line for each change."""

from collections.abc import Mapping
from datetime import datetime

from engagement.dataclass import dataclass

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody changed something: `object` is what kind of thing (watch, teammate, ...), `number` which one of them.

    What has no number of its own (a person, the settings of the workspace) has 0, and its facts or the act say what it
    is. `by` is a Slack user id, empty for the bot and the command line; `at` aware UTC. `before` has what the change
    took the place of, as far as there was anything, and `after` what stands since then.
    """

    id: int
    object: str
    number: int
    act: str
    by: str
    at: datetime
    before: Facts
    after: Facts

    @property
    def name(self) -> str:
        """What was changed, as its facts call it; empty where they do not."""
        facts = self.after or self.before
        named = facts.get("name") or facts.get("place") or facts.get("places") or facts.get("value") or ""
        return ", ".join(map(str, named)) if isinstance(named, list) else str(named)
