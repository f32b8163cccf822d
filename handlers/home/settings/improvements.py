"""Settings of what leads to improvements: the themes that people keep coming back to."""

from typing import Final

from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.home.settings import Section, first_lines
from handlers.views.home.themes import say_theme
from storage.database import Tx
from storage.improvements.themes import themes_of

THEMES_AT_MOST: Final = 12


def themes(tx: Tx, visit: Visit) -> Section:
    """Say what people keep coming back to, in the team's own words."""
    standing = themes_of(tx, visit.workspace_id)
    none = (
        "None yet. A theme is what several people say, in whatever words; the digest counts who does, and who is new."
    )
    to_add = (
        blocks.button("Add a theme…", "theme.add", "add"),
        blocks.button("What people say…", "theme.suggest", "suggest"),
    )
    to_change = (
        blocks.button("Change or end…", "theme.change", "change"),
        blocks.button("See all themes", "heard.all", "all"),
    )
    return Section(
        topic=Topic.THEMES,
        said=first_lines([f"• {say_theme(theme)}" for theme in standing], THEMES_AT_MOST) or none,
        buttons=(*to_add, *to_change) if standing else to_add,
    )
