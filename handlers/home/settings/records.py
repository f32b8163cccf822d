"""What was changed in the settings lately."""

from typing import Final

from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views.home.changes import say_change
from handlers.views.home.settings import Section
from handlers.views.mrkdwn import in_lines
from handlers.views.records.turning import history_button
from storage.database import Tx
from storage.records.history import changes_of_settings

CHANGES_AT_MOST: Final = 8


def latest_changes(tx: Tx, visit: Visit) -> Section:
    """Say who changed what lately."""
    lines = [f"• {say_change(change)}" for change in changes_of_settings(tx, visit.workspace_id, limit=CHANGES_AT_MOST)]
    every = (history_button(Topic.SETTINGS, label="Every change"),) if lines else ()
    return Section(title="Latest changes", said=in_lines(*lines) or "None yet.", buttons=every)
