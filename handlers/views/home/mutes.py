"""What no cards are wanted of, in a line each."""

from engagement.calm.mute import Mute
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.conversations.standing_lines import muted_what
from handlers.views.mrkdwn import link, user


def say_mute(mute: Mute) -> str:
    """Return "all of u/spam in r/selfhosted, until tomorrow, by @maya"."""
    return f"{muted_what(mute, conversation=link(mute.url, mute.title or UNTITLED))}, by {user(mute.by)}"
