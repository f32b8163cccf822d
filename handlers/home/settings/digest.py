"""Settings of the weekly digest: when and where it comes, and whom it does not name."""

from typing import Final

from engagement.calendar import DAY_NAMES
from engagement.digest.voices import Unlisted
from engagement.records.lookup import Topic
from engagement.workspace import digest_goes_to
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.home.settings import Section, first_rows
from handlers.views.mrkdwn import channel, inline, user
from storage.database import Tx
from storage.digest.unlisted import unlisted_people
from storage.listening.watches import watches_of
from storage.workspaces import asking_workspace

UNNAMED_AT_MOST: Final = 8


def schedule(tx: Tx, visit: Visit) -> Section:
    """Say when and where the weekly digest comes."""
    workspace = asking_workspace(tx, visit.workspace_id)
    weekly = workspace.schedule
    where = digest_goes_to(workspace.digest_channel, watches_of(tx, visit.workspace_id))
    at = f"{DAY_NAMES[weekly.weekday]} at {weekly.hour:02}:00 ({weekly.zone.key})"
    source = f"set by {user(workspace.digest_set_by)}" if workspace.digest_set_by else "as the bot's environment says"
    return Section(
        topic=Topic.DIGEST,
        said=f"{at}{f' in {channel(where)}' if where else ''}, {source}",
        buttons=(blocks.button("Change…", "settings.digest", "digest"),),
    )


def unnamed(tx: Tx, visit: Visit) -> Section:
    """List whom digests do not name, each with a button that takes it back."""
    people = [_person(each) for each in unlisted_people(tx, visit.workspace_id)]
    none = "The digest may name everybody. A card's *History*, then *Labels…*, takes a person out."
    said = "The digest counts these people, and neither lists nor quotes them among people:" if people else none
    return Section(topic=Topic.UNNAMED, said=said, below=first_rows(people, UNNAMED_AT_MOST))


def _person(unlisted: Unlisted) -> Block:
    by = f", by {user(unlisted.by)}" if unlisted.by else ""
    said = f"• {inline(unlisted.person.author)} on {inline(unlisted.person.community)}{by}"
    return blocks.section(said, blocks.button("Name again", "settings.name_again", str(unlisted.id)))
