"""Settings of what we listen for, and where."""

from typing import Final

from engagement.records.lookup import Topic
from engagement.watch import Watch
from handlers.home.visit import Visit
from handlers.understanding.bad_queries import bad_queries
from handlers.views import blocks
from handlers.views.home.settings import Section, first_lines
from handlers.views.listening.hearing import sick_lines, verdict
from handlers.views.mrkdwn import channel, in_lines, inline, some
from handlers.views.understanding.queries import say_bad_query
from storage.database import Tx
from storage.listening.hearing import how_we_hear
from storage.listening.watches import watches_of

WATCHES_AT_MOST: Final = 10
NAMES_AT_MOST: Final = 3
SICK_AT_MOST: Final = 3


def watches(tx: Tx, visit: Visit) -> Section:
    """Say what is listened for, and where that goes."""
    mistakes = {watch.id: mistake for watch, mistake in bad_queries(tx, visit.workspace_id)}
    lines = [_watch(watch, mistakes.get(watch.id, "")) for watch in watches_of(tx, visit.workspace_id)]
    add = blocks.button("Listen for more…", "home.start", "start")
    change = blocks.button("Change or stop…", "watch.change", "change")
    return Section(
        topic=Topic.WATCHES,
        said=first_lines(lines, WATCHES_AT_MOST) or "Nothing yet.",
        buttons=(add, change) if lines else (add,),
    )


def _watch(watch: Watch, mistake: str) -> str:
    names = some([inline(name) for name in watch.terms.names], NAMES_AT_MOST)
    said = f"• *{inline(watch.name)}* in {channel(watch.channel)}: {names}"
    return in_lines(said, say_bad_query(mistake) if mistake else "")


def places(tx: Tx, visit: Visit) -> Section:
    """Say how well we hear."""
    hearing = how_we_hear(tx, visit.workspace_id, now=visit.now)
    sick = [f"⚠️ {line}" for line in sick_lines(hearing, SICK_AT_MOST)]
    return Section(
        topic=Topic.PLACES,
        said=in_lines(verdict(hearing), *sick),
        buttons=(
            *([blocks.button("Every place", "home.places", "1")] if hearing.places else []),
            blocks.button("Add a place…", "places.add", "add"),
            blocks.button("Leave places…", "places.leave", "leave"),
        ),
    )
