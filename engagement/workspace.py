"""One Slack team that installed the bot."""

from dataclasses import dataclass

from engagement.calendar import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A Slack team: its id, the bot's user id in it, and when and where it gets its digest.

    An empty `digest_channel` means the channel of the first watch.
    """

    id: str
    name: str
    bot_user: str
    schedule: Schedule
    digest_channel: str = ""
