"""What no cards are wanted of, in a line each."""

from engagement.mute import Mute, MuteScope
from handlers.views.mrkdwn import inline, link, user, when
from handlers.views.quoting import UNTITLED


def say_mute(mute: Mute) -> str:
    """Return "all of u/spam in r/selfhosted, until tomorrow, by @maya"."""
    what = {
        MuteScope.AUTHOR: f"all of {inline(mute.author)} in {inline(mute.community)}",
        MuteScope.COMMUNITY: f"all of {inline(mute.community)}",
        MuteScope.CONVERSATION: link(mute.url, mute.title or UNTITLED),
    }[mute.scope]
    how_long = f"until {when(mute.until)}" if mute.until else "for good"
    return f"{what}, {how_long}, by {user(mute.by)}"
