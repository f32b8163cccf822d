"""What no cards are wanted of, in a line each."""

from engagement.mute import Mute
from handlers.views.card_lines import muted_what
from handlers.views.mrkdwn import link, user
from handlers.views.quoting import UNTITLED


def say_mute(mute: Mute) -> str:
    """Return "all of u/spam in r/selfhosted, until tomorrow, by @maya"."""
    return f"{muted_what(mute, conversation=link(mute.url, mute.title or UNTITLED))}, by {user(mute.by)}"
