"""One look at an App Home: whose, in which workspace, when."""

from datetime import datetime

from engagement.dataclass import dataclass
from handlers.payload import Payload, team_of, user_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody looks at their Home, or presses something in it. `user` is a Slack user id."""

    workspace_id: str
    user: str
    now: datetime


def visit_of(body: Payload, now: datetime) -> Visit:
    """Return whose Home a press or a form belongs to. Raises BadPayloadError."""
    return Visit(workspace_id=team_of(body), user=user_of(body), now=now)
