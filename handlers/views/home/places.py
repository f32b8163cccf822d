"""Every place with how we hear it, in the settings of the App Home, a page at a time."""

from typing import Final

from engagement.listening.places import Sources
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.listening.sources import headline_of, lines_of, paused_rows
from handlers.views.long_lists import in_sections

PLACES_A_PAGE: Final = 50


def draw_places(sources: Sources, *, first: int) -> list[Block]:
    """Return the page that begins with line `first` (from 1 on), those in trouble on the first one.

    The addresses are linked as they are: they must carry no secret any more.
    """
    lines = lines_of(sources)
    start = first - 1 if 0 < first <= len(lines) else 0
    shown = lines[start : start + PLACES_A_PAGE]
    return [
        blocks.header("Places"),
        blocks.context(headline_of(sources)),
        *(paused_rows(sources.ailments) if start == 0 else []),
        *in_sections(shown),
        *_turns(start, len(lines)),
        blocks.actions(
            blocks.button("Add a place…", "places.add", "add"),
            blocks.button("Leave places…", "places.leave", "leave"),
            blocks.button("Back to the settings", "home.tab.back", "settings"),
        ),
    ]


def _turns(start: int, total: int) -> list[Block]:
    end = min(start + PLACES_A_PAGE, total)
    buttons = [
        *([blocks.button("◂ Previous", "home.places.back", str(max(1, start + 1 - PLACES_A_PAGE)))] if start else []),
        *([blocks.button("Next ▸", "home.places.on", str(end + 1))] if end < total else []),
    ]
    numbers = blocks.context(f"{start + 1:,}\N{EN DASH}{end:,} of {total:,}")
    return [numbers, blocks.actions(*buttons)] if buttons else []
