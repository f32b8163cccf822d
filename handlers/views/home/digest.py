"""When and where the digest comes: the form of the settings."""

import json
from typing import Final

from engagement.calendar import DAY_NAMES, HOURS_A_DAY
from engagement.workspace import Workspace
from handlers.views import blocks
from handlers.views.blocks import View

# The names under which what was entered comes back (block_id and action_id alike).
DAY: Final = "day"
HOUR: Final = "hour"
ZONE: Final = "zone"
CHANNEL: Final = "channel"

ZONE_LENGTH: Final = 60


def digest_modal(workspace: Workspace) -> View:
    """Return the form that says when and where the weekly digest comes, and from which version it was drawn."""
    schedule = workspace.schedule
    days = [blocks.option(name, str(number)) for number, name in enumerate(DAY_NAMES)]
    hours = [blocks.option(f"{hour:02}:00", str(hour)) for hour in range(HOURS_A_DAY)]
    return blocks.form(
        "Digest",
        [
            blocks.field(DAY, "Day", blocks.static_select(DAY, days, days[schedule.weekday])),
            blocks.field(HOUR, "Hour", blocks.static_select(HOUR, hours, hours[schedule.hour])),
            blocks.field(
                ZONE,
                "The team's time zone",
                blocks.text_input(ZONE, "Europe/Berlin", value=schedule.zone.key, longest=ZONE_LENGTH),
                hint="Replies are due in it as well.",
            ),
            blocks.field(
                CHANNEL,
                "Channel",
                blocks.channel_select(CHANNEL, "The channel of the first watch", chosen=workspace.digest_channel),
                optional=True,
            ),
            blocks.context("From now on this counts, whatever the bot's environment says about the digest."),
        ],
        submit="Save",
        callback_id="settings.digest_submit",
        private_metadata=json.dumps({"digest": workspace.digest_version}),
    )
