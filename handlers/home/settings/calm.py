"""Settings of what no cards are wanted of, when cards come, and what is urgent all the same."""

from typing import Final

from engagement.calm.mute import MuteScope
from engagement.prose import times
from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.calm.calm import calm_said
from handlers.views.home.mutes import say_mute
from handlers.views.home.noise import say_lists
from handlers.views.home.settings import Section, first_rows
from handlers.views.mrkdwn import in_lines
from storage.calm.calm import find_calm
from storage.calm.mutes import mutes_of
from storage.calm.noise import left_out_lately
from storage.database import Tx

MUTES_AT_MOST: Final = 10


def noise(tx: Tx, visit: Visit) -> Section:
    """List what no cards are wanted of: words and sites, and each mute with a button that takes it back."""
    standing = mutes_of(tx, visit.workspace_id, now=visit.now)
    listed = [mute for mute in standing if mute.watch_id or mute.scope in (MuteScope.TERM, MuteScope.SITE)]
    muted = [
        blocks.section(f"• {say_mute(mute)}", blocks.button("Unmute", "settings.unmute", str(mute.id)))
        for mute in standing
        if mute not in listed
    ]
    count = left_out_lately(tx, visit.workspace_id, now=visit.now)
    return Section(
        topic=Topic.NOISE,
        said=in_lines(
            "No cards come of these:" if standing else "Nobody and nothing is muted.",
            say_lists(listed),
            f"{times(count, 'mention')} left out in the last seven days." if count else "",
        ),
        below=first_rows(muted, MUTES_AT_MOST),
        buttons=(
            blocks.button("Change…", "settings.noise", "noise"),
            blocks.button("What was left out…", "noise.left_out", "left out"),
        ),
    )


def urgent(tx: Tx, visit: Visit) -> Section:
    """Say when cards come, what is urgent, and when nothing rings."""
    standing = find_calm(tx, visit.workspace_id)
    return Section(
        topic=Topic.CALM,
        said=calm_said(standing) if standing else "Nothing yet.",
        buttons=(blocks.button("Change…", "calm.open", "calm"),),
    )
