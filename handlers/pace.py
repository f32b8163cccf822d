"""How often the bot looks at what is due, and how long it leaves between two things it does. Tests hurry it."""

from datetime import timedelta

from engagement.dataclass import dataclass
from engagement.sending.outbox import CHANNEL_GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """In seconds: from one look to the next, and from a form to its result (`settle`); the gap is between messages."""

    # Half of the usual gap between two requests to one host: each tick asks a host once at most.
    poll: float = 1.0
    # Often enough that a channel gets its message a second; a tick of a whole second often just misses it.
    send: float = 0.25
    events: float = 1.0
    threads: float = 2.0
    issues: float = 60.0
    troubles: float = 1.0
    alerts: float = 2.0
    roll_ups: float = 2.0
    snoozes: float = 2.0
    reminders: float = 5.0
    digests: float = 30.0
    set_ups: float = 30.0
    themes: float = 2.0
    # All there is to do is done the first time, once, after an upgrade.
    index: float = 3600.0
    people: float = 3600.0
    # The acknowledgement of a form shows its next page, on its own way to Slack: a result that overtook it would be
    # replaced by "I look for ..." for ever.
    settle: float = 1.0
    channel_gap: timedelta = CHANNEL_GAP


PACE = Pace()
