"""The form *Calm*: when cards come, what is urgent and where it is said, quiet hours."""

import json
from typing import Final

from engagement.calendar import HOURS_A_DAY
from engagement.calm.calm import SCORE_AT_MOST, Calm
from engagement.calm.surge import LIKED_AT_LEAST
from engagement.prose import times
from engagement.watch import Watch
from engagement.workspace import QuietHours, Workspace
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.listening.watch import delivery_select
from handlers.views.mrkdwn import channel, in_lines, inline, some
from handlers.views.words import DELIVERY_NAME

# The names under which the form's values come back (block_id and action_id alike).
URGENT_CHANNEL: Final = "urgent_channel"
URGENT_SCORE: Final = "urgent_score"
QUIET_FROM: Final = "quiet_from"
QUIET_TO: Final = "quiet_to"
# What stands for no quiet hours.
NEVER: Final = "never"
WATCHES_AT_MOST: Final = 40
NAMES_AT_MOST: Final = 5


def delivery_field(watch_id: int) -> str:
    """Return the name under which the delivery of a watch comes back."""
    return f"delivery-{watch_id}"


def calm_modal(calm: Calm) -> View:
    """Return the form, filled in; `private_metadata` names the versions it was drawn from."""
    workspace, shown = calm.workspace, calm.watches[:WATCHES_AT_MOST]
    more = len(calm.watches) - len(shown)
    return blocks.form(
        "Calm",
        [
            *map(_delivery, shown),
            *([blocks.context(f"{more:,} more: their `delivery` stands in `watchlist.toml`.")] if more else []),
            blocks.field(
                URGENT_CHANNEL,
                "Urgent channel",
                blocks.channel_select(URGENT_CHANNEL, "The channel of the watch", chosen=workspace.urgent_channel),
                hint="Where I tell of a surge, and of a post that a great many people like.",
                optional=True,
            ),
            blocks.field(
                URGENT_SCORE,
                "A post is urgent when so many people like it",
                blocks.number_input(
                    URGENT_SCORE, least=LIKED_AT_LEAST, most=SCORE_AT_MOST, value=workspace.urgent_score
                ),
            ),
            *_quiet_fields(workspace),
        ],
        submit="Save",
        callback_id="calm.submit",
        private_metadata=json.dumps(
            {"calm": calm.version, "watches": [[watch.id, watch.version] for watch in shown]}, separators=(",", ":")
        ),
    )


def _delivery(watch: Watch) -> Block:
    name = delivery_field(watch.id)
    return blocks.field(name, f"Cards about {' '.join(watch.name.split())}", delivery_select(name, watch.delivery))


def _quiet_fields(workspace: Workspace) -> list[Block]:
    quiet, zone = workspace.quiet, workspace.schedule.zone.key
    never = blocks.option("No quiet hours", NEVER)
    hours = [blocks.option(f"{hour:02}:00", str(hour)) for hour in range(HOURS_A_DAY)]
    until = hours[quiet.to_hour] if quiet else hours[7]
    return [
        blocks.field(
            QUIET_FROM,
            "Quiet from",
            blocks.static_select(QUIET_FROM, [never, *hours], hours[quiet.from_hour] if quiet else never),
            hint=f"On the clock of {zone}. Alerts and reminders wait, cards do not.",
        ),
        blocks.field(QUIET_TO, "Quiet until", blocks.static_select(QUIET_TO, hours, until)),
    ]


def calm_said(calm: Calm) -> str:
    """Return how calm it is kept, in a few lines."""
    workspace = calm.workspace
    lines = []
    for delivery, label in DELIVERY_NAME.items():
        names = [f"*{inline(watch.name)}*" for watch in calm.watches if watch.delivery is delivery]
        lines += [f"{label}: {some(names, NAMES_AT_MOST)}"] if names else []
    urgent = channel(workspace.urgent_channel) if workspace.urgent_channel else "the channel of the watch"
    return in_lines(
        *lines,
        f"{times(calm.waiting, 'card waits', 'cards wait')} for the next message." if calm.waiting else "",
        f"Surges, and posts that {workspace.urgent_score:,} people like, are told in {urgent}.",
        _quiet_said(workspace.quiet, workspace.schedule.zone.key),
    )


def _quiet_said(quiet: QuietHours | None, zone: str) -> str:
    if quiet is None:
        return "No quiet hours."
    return f"Quiet from {quiet.from_hour:02}:00 to {quiet.to_hour:02}:00 ({zone}): alerts and reminders wait."
