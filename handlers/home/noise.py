"""What no cards are wanted of, as a topic of the settings."""

from datetime import timedelta
from typing import Final

from engagement.calm.mute import MuteScope
from engagement.prose import times
from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.home.mutes import say_mute
from handlers.views.home.noise import say_lists
from handlers.views.home.settings import Section
from handlers.views.mrkdwn import in_lines
from storage.calm.mutes import mutes_of
from storage.calm.noise import count_left_out
from storage.database import Tx

MUTES_AT_MOST: Final = 10
WEEK: Final = timedelta(days=7)


def noise(tx: Tx, visit: Visit) -> Section:
    """List what no cards are wanted of: words and sites, and each mute with a button that takes it back."""
    standing = mutes_of(tx, visit.workspace_id, now=visit.now)
    listed = [mute for mute in standing if mute.watch_id or mute.scope in (MuteScope.TERM, MuteScope.SITE)]
    muted = [mute for mute in standing if mute not in listed]
    rest = len(muted) - MUTES_AT_MOST
    lines = [
        blocks.section(f"• {say_mute(mute)}", blocks.button("Unmute", "settings.unmute", str(mute.id)))
        for mute in muted[:MUTES_AT_MOST]
    ]
    more = [blocks.context(f"and {rest:,} older ones")] if rest > 0 else []
    count = count_left_out(tx, visit.workspace_id, starts_at=visit.now - WEEK, ends_at=visit.now)
    return Section(
        title="Noise",
        said=in_lines(
            "No cards come of these:" if standing else "Nobody and nothing is muted.",
            say_lists(listed),
            f"{times(count, 'mention')} left out in the last seven days." if count else "",
        ),
        buttons=(
            blocks.button("Change…", "settings.noise", "noise"),
            blocks.button("What was left out…", "noise.left_out", "left out"),
        ),
        below=(*lines, *more),
        topic=Topic.NOISE,
    )
