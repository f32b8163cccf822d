"""What we changed because of what people said, as the digest tells it."""

from typing import Final
from zoneinfo import ZoneInfo

from engagement.improvements.asked_for import Changed
from engagement.listing import Digest
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.improvements.improvement import how_long_after, show_the_people
from handlers.views.mrkdwn import link, separated

CHANGES_AT_MOST: Final = 2
# All of a digest shares the 11,000 characters that Slack was seen to accept in one message.
TITLE_LENGTH: Final = 60
URL_LENGTH: Final = 500


def what_we_changed(digest: Digest, *, at_most: int = CHANGES_AT_MOST) -> list[Block]:
    """Return what shipped and who knows of it, and how much was reacted to without saying what is to change."""
    shown = digest.changed[:at_most]
    more = len(digest.changed) - len(shown)
    rows = [
        blocks.section(
            ("" if number else "*What we changed*\n") + _sentence(each, ZoneInfo(digest.zone)),
            show_the_people(each.improvement_id, each.untold) if each.untold else None,
        )
        for number, each in enumerate(shown)
    ]
    rest = separated([f"and {more:,} more that shipped" if more else "", _unimproved(digest.unimproved)])
    return [*rows, *([blocks.context(rest)] if rest else [])]


def _unimproved(count: int) -> str:
    """Return how many conversations nobody has said of what is to change because of them."""
    if not count:
        return ""
    have = "has" if count == 1 else "have"
    return f"{times(count, 'conversation')} tagged *React* {have} no improvement yet: see *Everything* in my Home"


def _sentence(changed: Changed, zone: ZoneInfo) -> str:
    day = f"{changed.shipped_at.astimezone(zone):%A}"
    title = f"_{link(changed.url, changed.title, limit=TITLE_LENGTH, longest=URL_LENGTH)}_"
    if changed.seconds is None:
        return f"{title} shipped on {day}; nobody had asked."
    after = how_long_after(changed.seconds, changed.people)
    return f"{title} shipped on {day}, {after}. {_told(changed)}".strip()


def _told(changed: Changed) -> str:
    """Return who knows of it; empty where nobody can be told."""
    if not changed.told and not changed.untold:
        return ""
    if not changed.untold:
        return "All who can be reached were told."
    were = "was" if changed.told == 1 else "were"
    return f"{changed.told:,} {were} told, {changed.untold:,} not yet."
