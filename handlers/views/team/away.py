"""I am away: the form, and what others read of it."""

from datetime import UTC, datetime
from typing import Final

from engagement.prose import times
from engagement.team.team import Availability
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.mrkdwn import user, when

# The names under which what was entered comes back (block_id and action_id alike).
BACK_ON: Final = "back_on"
COVER: Final = "cover"
PAST: Final = "Please choose a day to come."
NOT_YOURSELF: Final = "Somebody else, please: you are away then."
NOT_ME: Final = "I cannot write replies. Please choose a person, or nobody."


def say_away(person: Availability) -> str:
    """Return why nothing can be given to somebody, as plain text: a form shows no formatting."""
    zone = person.hours.zone if person.hours else UTC
    back = person.away_until.astimezone(zone) if person.away_until else None
    until = f" until {back:%A}, {back.day} {back:%B}" if back else ""
    return f"They are away{until}. Please choose somebody else."


def away_modal(*, tomorrow: str) -> View:
    """Return the form in which somebody says that they are away; `tomorrow` is a date like 2026-11-29."""
    return blocks.form(
        "I am away",
        [
            blocks.field(BACK_ON, "I am back on", blocks.date_input(BACK_ON, tomorrow)),
            blocks.field(
                COVER,
                "Who has my replies meanwhile?",
                blocks.user_select(COVER, "A teammate"),
                hint="They are told at once. Leave it empty, and the replies go back to the team.",
                optional=True,
            ),
        ],
        submit="Save",
        callback_id="me.away_submit",
        private_metadata="{}",
    )


def gone_modal(covered: int, handed_back: int, *, cover: str, until: datetime, barred: bool = False) -> View:
    """Return what the form says when it is done: where the replies went; `barred`: `cover` may not have them."""
    moved = f"{user(cover)} has {times(covered, 'reply', 'replies')} of yours now, and was told." if covered else ""
    back = f"{times(handed_back, 'reply', 'replies')} of yours went back to the team." if handed_back else ""
    why = f"{user(cover)} is not among those who may answer for the team, so nobody covers for you." if barred else ""
    away = f"You are away until {when(until, '{date_short_pretty}')}; nobody can give you a reply meanwhile."
    return blocks.modal("I am away", [blocks.section("\n".join(part for part in (away, why, moved, back) if part))])
