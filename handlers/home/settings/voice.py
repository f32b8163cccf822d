"""Settings of what we sound like, and who may speak."""

from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.home.roles import roles_said
from handlers.views.home.settings import Section
from handlers.views.home.voice import guide_said
from storage.database import Tx
from storage.listening.watches import watches_of
from storage.voice.guide import find_guide, find_roles


def guide(tx: Tx, visit: Visit) -> Section:
    """Show what the team wants to sound like, everywhere and in each place."""
    return Section(
        topic=Topic.VOICE,
        said=guide_said(find_guide(tx, visit.workspace_id)),
        buttons=(
            blocks.button("Edit the guide…", "voice.guide", "guide"),
            blocks.button("Rules of a place…", "voice.community", "community"),
        ),
    )


def roles(tx: Tx, visit: Visit) -> Section:
    """Say who may answer, approve and change these settings."""
    return Section(
        topic=Topic.ROLES,
        said=roles_said(find_roles(tx, visit.workspace_id), watches_of(tx, visit.workspace_id)),
        buttons=(blocks.button("Change…", "voice.roles", "roles"),),
    )
